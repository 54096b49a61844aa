// Makes the keys that the fuzzer runs with: one of every role, which it never revokes or rotates.

/** {credentials: {server, admin, bound, unbound, reader}, unknownRouteCode}; throws when the server refuses. */
export async function makeCredentials(url, key) {
  const make = async (name, body) => {
    const answer = await fetch(`${url}/keys`, {
      method: 'POST',
      headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: `fuzz ${name}`, ...body }),
    });
    if (answer.status !== 201) throw new Error(`POST /keys for ${name}: ${answer.status} ${await answer.text()}`);
    return { role: name, key: (await answer.json()).key };
  };
  const credentials = {
    server: { role: 'server', key },
    admin: await make('admin', { role: 'admin' }),
    bound: await make('bound', { role: 'agent', agent_id: 'planner' }),
    unbound: await make('unbound', { role: 'agent' }),
    reader: await make('reader', { role: 'reader' }),
  };
  const unknown = await fetch(`${url}/no-such-route-at-all`, { headers: { 'X-API-KEY': key } });
  const problem = await unknown.json().catch(() => ({}));
  return { credentials, unknownRouteCode: problem.code };
}
