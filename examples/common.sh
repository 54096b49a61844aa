# What the examples have in common; they source it. They meet at $BATON with the key $BATON_KEY: the server that these
# variables name, or one of their own on a free port, which ends with the example.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
json='Content-Type: application/json'

# Whatever still runs in the background ends with the example, its own server too.
end_example() {
  local running
  running=$(jobs -p)
  [[ -z "$running" ]] || kill $running 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap end_example EXIT

if [[ -z "${BATON:-}" ]]; then
  [[ -f "$root/artifacts/bin/Baton.Server/release/Baton.Server.dll" ]] ||
    dotnet build "$root/src/Baton.Server" -c Release -v quiet --nologo
  BATON_KEY=btn_example_0123456789abcdef0123456789
  : >"$work/log"
  BATON_URL=http://127.0.0.1:0 BATON_DATA="$work/data" BATON_ADMIN_KEY=$BATON_KEY \
    "$root/script/server" --no-build >"$work/log" 2>&1 &
  "$root/script/await-lines" "$work/log" $! 1 'Baton is ready on ' || { cat "$work/log"; exit 1; }
  BATON=$(sed -n 's/^Baton is ready on //p' "$work/log")
fi
export BATON BATON_KEY

say() { printf '\n== %s\n' "$*"; }

# The secret of a new key for an agent.
new_key() {
  curl -sf "$BATON/keys" -H "X-API-KEY: $BATON_KEY" -H "$json" \
    -d "{\"name\": \"$1\", \"agent_id\": \"$1\", \"role\": \"agent\"}" | jq -r .key
}
