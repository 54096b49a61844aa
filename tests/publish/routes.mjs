// Calls every route of a server at least once: node tests/publish/routes.mjs URL KEY
// What compiles ahead of time can leave out what is only found at run time, so a new route has to be entered here: one
// that the served document has and that nobody called is a failure.

const [url, key] = process.argv.slice(2);
const called = new Set();
const failures = [];

/** Sends a request and answers its body, parsed where it is JSON. A status that was not expected is noted. */
async function call(route, target, expected, { body, headers = {} } = {}) {
  const [method] = route.split(' ');
  called.add(route);
  const isText = body === undefined || typeof body === 'string';
  const answer = await fetch(url + target, {
    method,
    headers: {
      'X-API-KEY': key,
      ...(body === undefined ? {} : { 'Content-Type': isText ? 'text/plain' : 'application/json' }),
      ...headers,
    },
    body: isText ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status !== expected) failures.push(`${method} ${target}: ${answer.status}, not ${expected}: ${text}`);
  return answer.headers.get('Content-Type')?.startsWith('application/json') && text !== '' ? JSON.parse(text) : text;
}

/** Follows an event stream until an event has come whose text has that in it. */
async function follow(route, target, awaited, trigger) {
  called.add(route);
  const stop = new AbortController();
  const deadline = setTimeout(() => stop.abort(), 30_000);
  try {
    const answer = await fetch(url + target, {
      headers: { 'X-API-KEY': key, Accept: 'text/event-stream' },
      signal: stop.signal,
    });
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    // The answer has begun, so whatever is committed from now on is told.
    await trigger();
    let seen = '';
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
      seen += part;
      if (seen.includes(awaited)) return;
    }
    throw new Error(`it ended before "${awaited}": ${seen}`);
  } catch (failure) {
    failures.push(`following ${target}: ${failure.message}`);
  } finally {
    clearTimeout(deadline);
    stop.abort();
  }
}

await call('GET /', '/', 200);
await call('GET /healthz', '/healthz', 200);
await call('GET /readyz', '/readyz', 200);
const document = await call('GET /openapi/v1.json', '/openapi/v1.json', 200);

const made = await call('POST /keys', '/keys', 201, {
  body: { name: 'published', agent_id: 'published', role: 'agent', rate_limit: { requests: 1000, window_seconds: 1 } },
});
await call('GET /keys', '/keys?limit=10', 200);
await call('POST /keys/{key_id}/rotate', `/keys/${made.key_id}/rotate`, 200, { body: { grace_seconds: 1 } });
await call('DELETE /keys/{key_id}', `/keys/${made.key_id}`, 200);
await call('POST /workspaces', '/workspaces', 201, { body: { name: 'published' } });
await call('GET /workspaces', '/workspaces', 200);
await call('POST /tickets', '/tickets', 201, { body: { path: '/events' } });

await call('PUT /stash/{name}', '/stash/p?ttl=600&discoverable=true', 201, { body: 'one' });
await call('GET /stash/{name}', '/stash/p?version=1', 200);
await call('GET /stash/{name}', '/stash/p?wait=0&after_version=1', 204);
await call('PATCH /stash/{name}/append', '/stash/p/append', 200, { body: ' two' });
await call('PATCH /stash/{name}/replace', '/stash/p/replace', 200, { body: { old: 'two', new: '2', all: true } });
await call('PATCH /stash/{name}/replace', '/stash/p/replace', 400, { body: { old: '', new: null, odd: 1 } });
await call('GET /stash/{name}/versions', '/stash/p/versions', 200);
await call('PUT /stash/{name}', '/stash/q', 201, {
  body: 'made of it', headers: { 'Baton-Sources': 'stash:p', 'Baton-Model': 'm' },
});
await call('GET /stash/{name}/lineage', '/stash/q/lineage', 200);
await call('GET /stashes', '/stashes?q=p&limit=1', 200);
await follow('GET /stash/{name}', '/stash/p', '"version":4', () => call('PUT /stash/{name}', '/stash/p', 200, { body: 'four' }));
await call('DELETE /stash/{name}', '/stash/q', 200);

const definition = (properties) => ({ type: 'object', properties, required: ['a'], additionalProperties: false });
const letters = { type: 'string', pattern: '^[a-z]+$', format: 'hostname' };
const schema = await call('POST /schema', '/schema', 201, {
  body: { name: 'form', definition: definition({ a: letters }), target_type: 'stash', compatibility: 'backward' },
});
await call('POST /schema', '/schema', 201, { body: { name: 'form', definition: definition({ a: letters, b: { enum: [1, 'x"é'] } }) } });
await call('POST /schema', '/schema', 409, { body: { name: 'form', definition: definition({ a: { type: 'string', pattern: '^[0-9]+$' } }) } });
await call('GET /schema/{schema_id}', `/schema/${schema.schema_id}`, 200);
await call('POST /schema/{schema_id}/validate', `/schema/${schema.schema_id}/validate`, 200, { body: { a: 'x', c: 1 } });
await call('PUT /stash/{name}', `/stash/bound?schema_id=${schema.schema_id}`, 422, { body: { a: 1 } });
await call('GET /schema/{name}/versions', '/schema/form/versions', 200);
await call('GET /schemas', '/schemas?q=form', 200);
await call('DELETE /schema/{schema_id}', `/schema/${schema.schema_id}`, 200);
await call('GET /discover', '/discover?type=stash&limit=5', 200);

const { stream_id: stream } = await call('POST /stream', '/stream', 201, { body: { name: 'published', ttl: 600, discoverable: true } });
const entry = await call('POST /stream/{id}', `/stream/${stream}`, 201, { body: { data: { n: 1 }, label: 'done' } });
await call('POST /stream/{id}', `/stream/${stream}`, 201, { body: [{ data: 2 }, { data: 'three' }] });
await call('GET /stream/{id}', `/stream/${stream}?full=true&label=done`, 200);
await call('GET /stream/{id}/latest', `/stream/${stream}/latest`, 200);
await call('GET /stream/{id}/join', `/stream/${stream}/join?count=3`, 200);
await call('PUT /stream/{id}/cursors/{consumer}', `/stream/${stream}/cursors/c`, 200, {
  body: { entry_id: entry.entry_id ?? entry.first_entry_id ?? entry.entries?.[0]?.entry_id },
});
await call('GET /stream/{id}/cursors', `/stream/${stream}/cursors`, 200);
await call('DELETE /stream/{id}/cursors/{consumer}', `/stream/${stream}/cursors/c`, 200);
await call('PATCH /stream/{id}', `/stream/${stream}`, 200, { body: { extra_time: 60 } });
await call('GET /streams', '/streams?name=published', 200);
await follow('GET /stream/{id}', `/stream/${stream}`, '"followed"', () =>
  call('POST /stream/{id}', `/stream/${stream}`, 201, { body: { data: 'followed' } }));
await call('DELETE /stream/{id}', `/stream/${stream}`, 200);

for (const [space, route] of [['/store/n', '/store/{namespace}'], ['/state/a', '/state/{agent_id}']]) {
  await call(`PUT ${route}/{key}`, `${space}/k?ttl=600`, 201, { body: { n: 1, list: [] } });
  await call(`PATCH ${route}/{key}`, `${space}/k`, 200, { body: { set: { '/m': 1.50 }, increment: { '/n': 2 }, append: { '/list': 'x' } } });
  await call(`PATCH ${route}/{key}`, `${space}/k`, 200, { body: { o: null }, headers: { 'Content-Type': 'application/merge-patch+json' } });
  await call(`GET ${route}/{key}`, `${space}/k?full=true`, 200);
  await call(`POST ${route}`, space, 200, { body: { set: { 'task:1': { s: 'new' }, b: 2 }, delete: ['k'], ttl: 600 } });
  await call(`POST ${route}/get`, `${space}/get`, 200, { body: { keys: ['b', 'none'] } });
  await call(`GET ${route}`, `${space}?values=true&prefix=b`, 200);
  await follow(`GET ${route}`, space, '"late"', () => call(`PUT ${route}/{key}`, `${space}/late`, 201, { body: 1 }));
  await call(`DELETE ${route}/{key}`, `${space}/late`, 200);
}
await call('GET /store', '/store?prefix=n', 200);
await call('GET /search/store', '/search/store?q=b', 200);
await call('POST /store/{namespace}', '/store/n', 200, { body: { set: { 'task:2': { s: 'new' }, count: { n: 0 } } } });
for (const end of ['complete', 'release']) {
  const claims = await call('POST /store/{namespace}/claim', '/store/n/claim', 200, {
    body: { prefix: 'task:', match: { '/s': 'new' }, set: { '/s': 'mine' }, lease_seconds: 30, limit: 1, wait: 1 },
  });
  const claim = claims.items?.[0]?.claim_id;
  await call('POST /claim/{claim_id}/renew', `/claim/${claim}/renew`, 200, { body: { lease_seconds: 60 } });
  const body = end === 'release' ? undefined : { set: { '/s': 'done' }, increment: { key: 'count', pointer: '/n', by: 1 } };
  await call(`POST /claim/{claim_id}/${end}`, `/claim/${claim}/${end}`, 200, { body });
}

const operations = [
  { op: 'stash.put', name: 'of-a-transaction', content: 'text' },
  { op: 'store.set', namespace: 'n', key: 't', value: [1.0, { x: null }] },
  { op: 'state.patch', agent_id: 'a', key: 'b', set: { '': 3 } },
  { op: 'stream.create', name: 'of-a-transaction' },
];
await call('POST /transaction', '/transaction', 200, { body: { operations } });
await call('POST /transaction', '/transaction', 400, { body: { operations: [{ op: 'store.set', key: 1, odd: 2 }] } });
await call('POST /store/{namespace}/clear', '/store/n/clear', 200);
await call('POST /state/{agent_id}/clear', '/state/a/clear', 200);

await call('GET /events', '/events?after=0&limit=5', 200);
await follow('GET /events', '/events?after=0', 'of-a-transaction', () => {});
const head = await call('GET /ledger/head', '/ledger/head', 200);
await call('GET /ledger/verify', `/ledger/verify?expect_seq=${head.seq}&expect_hash=${head.hash}`, 200);

const routes = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
  Object.keys(methods).filter((method) => !['head', 'parameters'].includes(method)).map((method) => `${method.toUpperCase()} ${path}`));
const missing = routes.filter((route) => !called.has(route));
const unknown = [...called].filter((route) => !routes.includes(route));
if (missing.length > 0) failures.push(`Nobody called ${missing.join(', ')}.`);
if (unknown.length > 0) failures.push(`The document does not know ${unknown.join(', ')}.`);
console.log(`${called.size} of ${routes.length} routes called`);
for (const failure of failures) console.log(failure);
process.exit(failures.length > 0 || routes.length === 0 ? 1 : 0);
