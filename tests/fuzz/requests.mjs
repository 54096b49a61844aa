// Makes the requests: a valid one for some operation of the document first, then, often, spoilt in one to three ways.
import { isUtf8 } from 'node:buffer';
import { dereference } from '../contract/schemas.mjs';
import { readParameters } from '../contract/document.mjs';
import { set, without } from './headers.mjs';
import { clampWaits, mutations } from './mutations.mjs';
import { Random } from './random.mjs';
import { encodePart, fillPath, joinTarget } from './targets.mjs';
import { likelihood } from './values.mjs';
import { makeRaw } from './wire.mjs';
import { names } from './world.mjs';

const keyLimit = 150;
const workspaceLimit = 40;
const mutatingMethods = new Set(['PUT', 'POST', 'PATCH', 'DELETE']);
const storedTypes = [
  'text/plain',
  'text/markdown; charset=utf-8',
  'application/json',
  'application/octet-stream',
  'image/png',
  'text/x; a="b c"',
];

export class Requests {
  constructor({ document, routes, world, values, credentials, seed }) {
    Object.assign(this, { document, routes, world, values, credentials, seed });
    this.weights = routes.map(weightOf);
  }

  /** The request of an index. `isCareful` asks for one that will most likely be decided. */
  make(index, isCareful) {
    const random = new Random(this.seed, index);
    const count = isCareful ? Number(random.chance(0.1)) : random.weighted([45, 35, 15, 5], [0, 1, 2, 3]);
    const again = random.chance(0.03) ? this.replay(index, random) : undefined;
    if (again) return again;
    const draft = this.draft(index, random);
    for (let round = 0; round < count; round++) this.mutate(draft, random);
    this.finish(draft);
    if (random.chance(isCareful ? 0.01 : 0.03)) makeRaw(draft, random);
    return draft;
  }

  /** A valid request for an operation, in parts. */
  draft(index, random) {
    const route = random.weighted(this.weights, this.routes);
    const draft = {
      index,
      route,
      method: route.method,
      mutations: [],
      query: [],
      headers: [],
      value: undefined,
      body: null,
    };
    const context = { random, world: this.world, route, where: 'path' };
    const parameters = [
      ...readParameters(this.document, route.pathItem),
      ...readParameters(this.document, route.operation),
    ];
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    const filled = inPath.map(({ name, schema }) => [name, this.values.named(name, schema, context)]);
    draft.path = fillPath(route.segments, Object.fromEntries(filled));
    this.addParameters(draft, parameters, { ...context, target: draft.path });
    this.addBody(draft, { ...context, where: 'body' });
    this.addCredential(draft, random);
    const streams = dereference(this.document, route.operation.responses?.[200])?.content?.['text/event-stream'];
    if (streams && random.chance(0.12)) draft.headers = set(draft.headers, 'Accept', 'text/event-stream');
    return draft;
  }

  addParameters(draft, parameters, context) {
    const { random } = context;
    draft.optional = [];
    for (const { name, in: where, required, schema } of parameters) {
      if (where !== 'query' && where !== 'header') continue;
      const isWaiting = name === 'timeout'; // Its default may be long.
      const isWanted =
        required || isWaiting || random.chance(where === 'header' ? headerLikelihood(name) : likelihood(name) / 2);
      if (!isWanted || (name === 'ticket' && !required)) {
        if (where === 'query' && name !== 'ticket') draft.optional.push(name);
        continue;
      }
      const value = this.values.named(name, schema, { ...context, where });
      if (where === 'query') draft.query.push([encodePart(name), encodePart(value)]);
      else draft.headers = set(draft.headers, name, Buffer.from(String(value).toWellFormed()).toString('latin1'));
    }
  }

  addBody(draft, context) {
    const content = dereference(this.document, draft.route.operation.requestBody)?.content;
    if (!content) return;
    const { random } = context;
    const type = random.pick(Object.keys(content));
    if (/json/.test(type)) {
      draft.value = this.values.make(content[type].schema, context);
      if (draft.route.template === '/tickets') draft.ticketPath = draft.value?.path;
      draft.headers = set(draft.headers, 'Content-Type', type);
    } else {
      draft.body = storedBytes(random);
      if (draft.body[0] === 0x7b) draft.text = draft.body; // JSON, and spoilt like the others.
      draft.headers = set(draft.headers, 'Content-Type', type.includes('*') ? random.pick(storedTypes) : type);
    }
  }

  addCredential(draft, random) {
    const { server, admin, bound, unbound, reader } = this.credentials;
    const isAdministration = /^\/(keys|workspaces)/.test(draft.route.template);
    const shares = isAdministration ? [60, 25, 5, 0, 5] : [25, 15, 25, 25, 8];
    const thrownAway = random.chance(0.02) ? this.world.known(random, 'throw-away key') : undefined;
    let credential = random.weighted(shares, [server, admin, bound, unbound, reader]);
    if (thrownAway) credential = { role: 'throw-away', key: thrownAway };
    draft.isLocked = this.hasMadeEnough(draft.route);
    if (draft.isLocked) credential = reader;
    draft.role = credential.role;
    draft.headers = without(draft.headers, 'Baton-Agent');
    draft.headers.push(
      random.chance(0.8) ? ['X-API-KEY', credential.key] : ['Authorization', `Bearer ${credential.key}`],
    );
    const likelihoods = { unbound: 0.9, server: 0.3, admin: 0.3 };
    if (random.chance(likelihoods[credential.role] ?? 0)) draft.headers.push(['Baton-Agent', random.pick(names.agent)]);
  }

  /** Keys and workspaces stay few: later requests for more come from a key that may not make them. */
  hasMadeEnough(route) {
    if (route.method !== 'POST') return false;
    if (/^\/keys/.test(route.template)) return this.world.made.keys >= keyLimit;
    return route.template === '/workspaces' && this.world.made.workspaces >= workspaceLimit;
  }

  mutate(draft, random) {
    const isJson = draft.value !== undefined || draft.text !== undefined;
    const weights = { path: 14, query: 18, header: 22, method: 5, framing: 3 };
    if (isJson) weights.text = 18;
    if (isJson && draft.text === undefined) weights.value = 22;
    if (!draft.isLocked) weights.credential = 5;
    const kind = random.weighted(Object.values(weights), Object.keys(weights));
    const [name, change] = random.pick(Object.entries(mutations[kind]));
    change(draft, random, this.world);
    draft.mutations.push(`${kind}.${name}`);
  }

  /** Puts the parts together. */
  finish(draft) {
    if (draft.text === undefined && draft.value !== undefined)
      draft.text = Buffer.from(JSON.stringify(clampWaits(draft.value)));
    if (draft.text !== undefined) draft.body = draft.text;
    draft.target = joinTarget(draft.path, draft.query);
    draft.isMalformed = isRefusable(draft.headers);
    const isIdempotent = draft.headers.some(([name]) => name === 'Idempotency-Key');
    if (isIdempotent && mutatingMethods.has(draft.method) && draft.body !== null)
      this.world.keepForReplay({ ...draft });
  }

  /** An earlier request with its Idempotency-Key: the very same, or the same with another body. */
  replay(index, random) {
    if (this.world.replayable.length === 0) return undefined;
    const old = random.pick(this.world.replayable);
    if (/^\/(keys|workspaces)/.test(old.route.template)) return undefined;
    const body = random.chance(0.7) ? old.body : Buffer.concat([old.body, Buffer.from(' ')]);
    return { ...old, index, body, raw: undefined, mutations: [...old.mutations, 'replayed'] };
  }
}

/** Bytes over 127 that are not UTF-8, or more than 32 KiB of headers: a web server may refuse these by itself. */
function isRefusable(headers) {
  const bytes = Buffer.from(headers.flat().join('\n'), 'latin1');
  return bytes.length > 30_000 || !isUtf8(bytes);
}

function storedBytes(random) {
  const kind = random.below(100);
  if (kind < 3) return Buffer.alloc(0);
  if (kind < 4) return Buffer.from(random.text(random.pick([65_536, 200_000])));
  if (kind < 20) return random.bytes(random.below(300));
  if (kind < 40) return Buffer.from(JSON.stringify({ a: random.below(10), text: random.text(10) }));
  return Buffer.from(random.text(random.below(300), 'abcdefghijxyz-\n'));
}

function headerLikelihood(name) {
  if (/^(if-match|if-none-match)$/i.test(name)) return 0.12;
  if (/^idempotency-key$/i.test(name)) return 0.12;
  if (/^(x-api-key|authorization|baton-workspace)$/i.test(name)) return 0;
  return 0.08;
}

function isMaker(route, template) {
  return (
    route.method === 'POST' && (route.template === template || (template === '/keys' && /rotate$/.test(route.template)))
  );
}

function weightOf({ method, template }) {
  if (/^\/(healthz|readyz|openapi)/.test(template) || template === '/') return 0.15;
  if (isMaker({ method, template }, '/keys') || template === '/workspaces' || /\/clear$/.test(template)) return 0.25;
  if (template === '/transaction') return 4; // All the operations there are, each with members of its own.
  return method === 'DELETE' ? 0.35 : 1;
}
