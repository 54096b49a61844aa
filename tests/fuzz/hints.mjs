// What a sensible value is, by the name of a parameter or member: schemas alone cannot tell that a name should be one
// that exists. A name without a hint gets a value made from its schema.
import { names } from './world.mjs';

const definitions = [
  { type: 'object' },
  { type: 'object', properties: { a: { type: 'integer' } } },
  { type: 'object', required: ['a'], properties: { a: { type: 'string', maxLength: 8 } }, additionalProperties: false },
  {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: ['object', 'array', 'string', 'number', 'null', 'boolean'],
  },
  {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: { n: { type: 'number' } },
    items: { $ref: '#/$defs/n' },
  },
  true,
  { $ref: '#' },
  { type: 'nonsense' },
  { type: 'string', pattern: '(a+)+$' },
  { allOf: [{ $ref: '#/$defs/absent' }] },
];

const pointers = ['/status', '/n', '/log', '/a/b', '', '/a~1b', '/0', '/log/-'];

export function hint(name, context) {
  const make = byName[name];
  return make === undefined ? undefined : make(context);
}

const byName = {
  name: (context) => nameFor(context),
  id: (context) => nameFor(context),
  ns: ({ random }) => random.pick(names.namespace),
  namespace: ({ random }) => random.pick(names.namespace),
  key: ({ random }) => random.pick(names.record),
  keys: ({ random }) => someOf(random, names.record),
  agent_id: ({ random }) => random.pick(names.agent),
  consumer: ({ random }) => random.pick(names.consumer),
  label: ({ random }) => random.pick(names.label),
  stream: (context) => streamName(context),
  stream_id: (context) => streamName(context),
  linked_stash: ({ random }) => random.pick(names.stash),
  linked_to: ({ random }) => random.pick(names.stash),
  schema_id: (context) => known(context, 'schema_id'),
  claim_id: (context) => known(context, 'claim_id') ?? 'clm_unknown',
  message_id: (context) => known(context, 'message_id') ?? 'msg_unknown',
  delivery_id: (context) => known(context, 'delivery_id') ?? 'dlv_unknown',
  delivery_ids: (context) => [known(context, 'delivery_id') ?? 'dlv_unknown'],
  key_id: (context) => known(context, 'key_id') ?? 'key_unknown',
  cursor: (context) => known(context, 'next_cursor'),
  entry_id: (context) => known(context, 'entry_id') ?? 1,
  version: ({ random }) => random.between(1, 6),
  if_version: ({ random }) => random.between(0, 6),
  after: (context) => (context.random.chance(0.1) ? 'now' : context.random.between(0, 40)),
  after_version: ({ random }) => random.between(0, 5),
  from: ({ random }) => random.between(1, 50),
  to: ({ random }) => random.between(50, 200),
  expect_seq: (context) => known(context, 'seq'),
  expect_hash: (context) => known(context, 'hash'),
  limit: ({ random }) => random.pick([1, 2, 10, 50, 1000]),
  count: ({ random }) => random.between(1, 5),
  depth: ({ random }) => random.between(1, 10),
  ttl: ({ random }) => random.pick([1, 60, 3600, 86400]),
  lease_seconds: ({ random }) => random.pick([1, 5, 60]),
  grace_seconds: ({ random }) => random.pick([0, 1, 60]),
  expires_in: ({ random }) => random.pick([1, 60, 3600]),
  extra_time: ({ random }) => random.pick([1, 60]),
  retention_seconds: ({ random }) => random.pick([60, 3600]),
  max_entries: ({ random }) => random.pick([1, 10, 1000]),
  role: ({ random }) => random.pick(['agent', 'agent', 'reader', 'admin']),
  rate_limit: ({ random }) => ({ requests: random.between(1, 100), window_seconds: random.between(1, 60) }),
  wait: ({ random }) => random.pick([0, 0, 0, 0, 0, 0, 0, 1]),
  timeout: ({ random }) => random.pick([0, 0, 0, 0, 0, 0, 0, 1]),
  prefix: ({ random }) => random.pick(['', 's-', 'k-', 'job/', 'x']),
  q: ({ random }) => random.pick(['s', 'a', 'K', '\u00e9', 'status']),
  resource: ({ random }) => random.pick(['stash:*', 'stash:s-1', 'store:*', 'stream:*', 'key:*', '*']),
  action: ({ random }) => random.pick(['stash.*', 'stash.put', 'store.set', '*']),
  distinct: ({ random }) => random.pick(['/agent', '/a', '']),
  pointer: ({ random }) => random.pick(pointers),
  path: ({ random }) => random.pick(['/events', '/stash/s-1', '/stashes', '/stream/log-1', '/store/jobs/k-1']),
  ticket: () => undefined,
  definition: ({ random }) => random.pick(definitions),
  metadata: ({ random, where }) =>
    where === 'query' ? JSON.stringify({ n: random.below(9) }) : { n: random.below(9) },
  match: ({ random }) => ({ '/status': random.pick(['pending', 'processing']) }),
  increment: ({ random }) => ({ [random.pick(['/n', '/completed'])]: random.between(-5, 5) }),
  append: ({ random }) => ({ '/log': random.below(100) }),
  delete: ({ random }) => someOf(random, names.record).slice(0, 2),
  // Else as the schemas of all operations say, with every member there is.
  operations: (context) =>
    context.random.chance(0.5)
      ? Array.from({ length: context.random.between(1, 4) }, () => operationOf(context))
      : undefined,
  old: ({ random }) => random.pick(['a', 'e', 'the', 'x']),
  new: ({ random }) => random.text(random.below(6)),
  content_type: ({ random }) => random.pick(['text/plain', 'application/json', 'application/octet-stream']),
  set: (context) => setMembers(context),
  'If-Match': (context) => currentVersion(context),
  'If-None-Match': (context) => (context.random.chance(0.5) ? '*' : currentVersion(context)),
  'Idempotency-Key': ({ random }) => `idem-${random.below(400)}`,
  'Baton-Agent': ({ random }) => random.pick(names.agent),
  'Baton-Model': ({ random }) => random.pick(['claude-sonnet-4-6', 'gpt', 'local/llama:8b']),
  'Baton-Sources': (context) => sources(context),
  'Baton-Min-Seq': ({ random }) => random.between(0, 50),
  'Baton-Workspace': (context) => (context.random.chance(0.7) ? 'default' : known(context, 'workspace')),
  traceparent: ({ random }) => `00-${random.text(32, '0123456789abcdef')}-${random.text(16, '123456789abcdef')}-01`,
  'Last-Event-ID': (context) => `${known(context, 'seq') ?? 0}`,
};

function nameFor({ route, random, world, where }) {
  const area = route.template.split('/')[1];
  if (area.startsWith('stash')) return random.pick(names.stash);
  if (area.startsWith('stream')) return streamName({ random, world, where });
  if (area.startsWith('schema'))
    return where === 'path' && random.chance(0.5) ? world.known(random, 'schema_id') : random.pick(names.schema);
  if (area === 'transaction') return random.pick([random.pick(names.stash), random.pick(names.stream)]);
  if (area.startsWith('agent') || area === 'state') return random.pick(names.agent);
  return `n-${random.below(1000)}`;
}

function streamName({ random, world, where }) {
  const id = where === 'path' && random.chance(0.3) ? world.known(random, 'stream_id') : undefined;
  return id ?? random.pick(names.stream);
}

function known({ random, world }, kind) {
  return world.known(random, kind);
}

function someOf(random, list) {
  return [...new Set(Array.from({ length: random.between(1, 4) }, () => random.pick(list)))];
}

function setMembers({ route, random }) {
  if (/claim/.test(route.template)) return { '/status': random.pick(['processing', 'done']) };
  return Object.fromEntries(
    someOf(random, names.record).map((key) => [key, { status: 'pending', n: random.below(9), log: [] }]),
  );
}

function currentVersion({ random, world, target }) {
  const known = world.versionOf(target ?? '');
  return known !== undefined && random.chance(0.8) ? known : `"${random.between(0, 9)}"`;
}

function sources({ random }) {
  const all = ['stash:s-1', 'stash:s-2@1', 'store:jobs:k-1', 'store:jobs:k-2@1'];
  return someOf(random, all).slice(0, 2).join(', ');
}

function operationOf(context) {
  const { random } = context;
  const record = { namespace: random.pick(names.namespace), key: random.pick(names.record) };
  const stash = { name: random.pick(names.stash) };
  return random.pick([
    { op: 'stash.put', ...stash, content: random.text(20), content_type: 'text/plain' },
    { op: 'stash.put', ...stash, content_base64: random.bytes(9).toString('base64'), content_type: 'image/png' },
    { op: 'stash.append', ...stash, content: random.text(5) },
    { op: 'stash.delete', ...stash },
    { op: 'store.set', ...record, value: { status: 'pending', n: random.below(9) } },
    { op: 'store.set', ...record, value: random.below(100), if_version: random.below(3) },
    { op: 'store.patch', ...record, increment: { '/n': 1 } },
    { op: 'store.delete', ...record },
    { op: 'state.set', agent_id: random.pick(names.agent), key: record.key, value: random.below(10) },
    { op: 'stream.append', stream: streamName(context), data: { n: random.below(10) } },
  ]);
}
