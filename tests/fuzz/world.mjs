// What the fuzzer knows about the server it talks to: fixed names that requests share, so that most of them meet
// something that exists, and ids, versions and cursors picked up from answers. Every pool is bounded.

const poolLimit = 64;
const valueLengthLimit = 2048;
const range = (count, name) => Array.from({ length: count }, (_, index) => name(index));

export const names = {
  stash: range(30, (index) => `s-${index}`),
  stream: range(8, (index) => `log-${index}`),
  schema: range(6, (index) => `shape-${index}`),
  namespace: ['default', 'jobs', 'files: a', 'a/b', 'caf\u00e9', 'pipeline:job-1'],
  record: [
    ...range(20, (index) => `k-${index}`),
    'job/1',
    'job/2',
    'repo/src.py',
    'a b',
    '\u00fc',
    'x:y',
    'a%2Fb',
    'claim',
    'get',
  ],
  agent: ['planner', 'worker-1', 'worker-2', 'critic'],
  consumer: ['c-1', 'c-2', 'c-3'],
  label: ['stage-complete', 'note', 'error'],
};

// Ids found in answers. `key_id` is missing on purpose: only keys made to be thrown away may be revoked or rotated.
const harvested = new Set([
  'stream_id',
  'schema_id',
  'claim_id',
  'message_id',
  'delivery_id',
  'next_cursor',
  'entry_id',
  'fence',
  'hash',
  'seq',
  'salt',
]);

export class World {
  constructor() {
    this.pools = new Map();
    this.versions = new Map();
    this.replayable = [];
    this.tickets = [];
    this.head = 0;
    this.made = { keys: 0, workspaces: 0 };
  }

  /** A known value of the kind, or undefined while there is none. */
  known(random, kind) {
    const pool = this.pools.get(kind);
    return pool === undefined ? undefined : random.pick(pool);
  }

  remember(kind, value) {
    if (typeof value === 'string' && value.length > valueLengthLimit) return;
    if (!this.pools.has(kind)) this.pools.set(kind, []);
    const pool = this.pools.get(kind);
    if (pool.length < poolLimit) pool.push(value);
    else pool[this.head % poolLimit] = value;
    this.head++;
  }

  /** Picks up what an answer tells. */
  learn(request, status, headers, value) {
    if (status >= 300) return;
    if (headers.etag !== undefined) this.rememberVersion(request.target, headers.etag);
    if (value === null || typeof value !== 'object') return;
    const template = request.route?.template ?? '';
    if (request.method === 'POST' && template === '/keys' && status === 201) {
      this.made.keys++;
      this.remember('key_id', value.key_id);
      this.remember('throw-away key', value.key);
    }
    if (request.method === 'POST' && template === '/workspaces') {
      this.made.workspaces++;
      this.remember('workspace', value.name);
    }
    if (typeof value.ticket === 'string' && request.ticketPath !== undefined) {
      this.tickets.push({ path: request.ticketPath, ticket: value.ticket });
      if (this.tickets.length > poolLimit) this.tickets.shift();
    }
    this.harvest(value);
    for (const item of (value.items ?? value.entries ?? []).slice?.(0, 3) ?? []) this.harvest(item);
  }

  harvest(value) {
    if (value === null || typeof value !== 'object') return;
    for (const [name, member] of Object.entries(value)) {
      if (harvested.has(name) && (typeof member === 'string' || typeof member === 'number'))
        this.remember(name, member);
    }
    if (value.message !== undefined) this.harvest(value.message);
  }

  rememberVersion(target, etag) {
    if (this.versions.size > 500) this.versions.clear();
    this.versions.set(thingOf(target), etag);
  }

  versionOf(path) {
    return this.versions.get(thingOf(path));
  }

  /** Keeps a request that carried an Idempotency-Key, to send the same one again. */
  keepForReplay(request) {
    this.replayable.push(request);
    if (this.replayable.length > poolLimit) this.replayable.shift();
  }
}

/** The path of the thing itself: `/stash/a` for `/stash/a/append`. */
function thingOf(target) {
  const path = target.split('?')[0];
  return path.startsWith('/stash/') ? path.split('/').slice(0, 3).join('/') : path;
}
