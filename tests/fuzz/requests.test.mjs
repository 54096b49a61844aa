// The generator: the same for the same seed, sendable, never waiting long, never aimed at the keys it runs with.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { listRoutes } from '../contract/routes.mjs';
import { textMutations } from './bodies.mjs';
import { Random } from './random.mjs';
import { Requests } from './requests.mjs';
import { Values } from './values.mjs';
import { World } from './world.mjs';

const count = 5000;
const string = { type: 'string' };
const json = (schema) => ({ content: { 'application/json': { schema } } });
const inPath = (name) => ({ name, in: 'path', required: true, schema: string });
const inQuery = (name, type) => ({ name, in: 'query', schema: { type } });
const ok = { 200: { description: 'Good.', content: { 'application/json': {}, 'text/event-stream': {} } } };

const document = {
  openapi: '3.1.1',
  paths: {
    '/stash/{name}': {
      parameters: [inPath('name')],
      get: { parameters: [inQuery('wait', 'number'), inQuery('version', 'integer')], responses: ok },
      put: {
        parameters: [{ name: 'If-Match', in: 'header', schema: string }],
        requestBody: { content: { '*/*': {} } },
        responses: ok,
      },
    },
    '/stream/{id}/join': { get: { parameters: [inPath('id'), inQuery('timeout', 'number')], responses: ok } },
    '/store/{ns}/claim': {
      post: {
        parameters: [inPath('ns'), { name: 'Idempotency-Key', in: 'header', schema: string }],
        requestBody: json({
          type: 'object',
          properties: { prefix: string, wait: { type: 'number' }, limit: { type: 'integer' } },
        }),
        responses: ok,
      },
    },
    '/keys/{key_id}': { delete: { parameters: [inPath('key_id')], responses: ok } },
    '/keys': {
      post: { requestBody: json({ type: 'object', required: ['name'], properties: { name: string } }), responses: ok },
    },
  },
};

const roles = ['server', 'admin', 'bound', 'unbound', 'reader'];
const credentials = Object.fromEntries(roles.map((role) => [role, { role, key: `btn_${role}` }]));

function generate(seed, world = new World()) {
  const parts = { document, routes: listRoutes(document), world, values: new Values(document), credentials, seed };
  const requests = new Requests(parts);
  return Array.from({ length: count }, (_, index) => requests.make(index, index % 3 === 0));
}

const show = ({ method, target, headers, body, raw }) => JSON.stringify([method, target, headers, body, raw]);

test('Requests_OfOneSeed_AreTheSame', () => {
  assert.deepEqual(generate(5).map(show), generate(5).map(show));
  assert.notDeepEqual(generate(5).map(show), generate(6).map(show));
});

test('Requests_NotRaw_CanBeSent', () => {
  for (const { raw, method, target, headers } of generate(7)) {
    if (raw !== undefined) continue;
    assert.ok(http.METHODS.includes(method), method);
    assert.match(target, /^\/[\x21-\xff]*$/);
    for (const [name, value] of headers) http.validateHeaderValue(name, value);
  }
});

test('Requests_Always_WaitAtMostASecond', () => {
  for (const { target, value } of generate(8)) {
    for (const [, seconds] of target.matchAll(/[?&](?:wait|timeout)=([\d.]+)(?:&|$)/g)) {
      assert.ok(seconds <= 1 || seconds > 60, target);
    }
    assert.ok(!(value?.wait > 1 && value.wait <= 60), JSON.stringify(value));
  }
});

test('Requests_ToRevoke_NameOnlyKeysMadeToBeThrownAway', () => {
  const world = new World();
  const route = listRoutes(document).find(({ label }) => label === 'POST /keys');
  world.learn(
    { route: { template: '/keys' }, method: 'GET', target: '/keys' },
    200,
    {},
    { items: [{ key_id: 'key_own' }] },
  );
  world.learn({ route, method: 'POST', target: '/keys' }, 201, {}, { key_id: 'key_thrown', key: 'btn_thrown' });
  const targets = generate(9, world).map(({ target }) => target);
  assert.ok(targets.some((target) => target.includes('key_thrown')));
  assert.ok(!targets.some((target) => target.includes('key_own')));
});

test('Requests_PastTheLimitOfKeys_ComeFromAReader', () => {
  const world = new World();
  world.made.keys = 1000;
  const makers = generate(10, world).filter(({ method, target }) => method === 'POST' && target.startsWith('/keys'));
  assert.deepEqual(
    [...new Set(makers.filter(({ route }) => route.label === 'POST /keys').map(({ role }) => role))],
    ['reader'],
  );
});

test('TextMutations_OfATransaction_ReachNamesAndTextsAtAnyDepth', () => {
  const text = '{"operations":[{"op":"store.set","value":{"a":["b",{"c":"d"}],"n":12}}]}';
  const made = (name) => Array.from({ length: 500 }, (_, index) => textMutations[name](text, new Random(1, index)));
  for (const [name, bytes] of [
    ['noUtf8InAnyString', '\u00ed\u00a0\u0080'],
    ['escapeInAnyString', '\\ud800'],
  ]) {
    for (const start of ['"op":"', '"c":"', '{"', ',"', '["'])
      assert.ok(made(name).some((spoilt) => spoilt.includes(start + bytes)), `${name} after ${start}`);
  }
  const twice = made('anyMemberTwice').join('\n');
  for (const member of ['"op":null,"op":', '"\\u006fp":null,"op":', '"c":null,"c":']) assert.ok(twice.includes(member));
  assert.ok(made('anyNumber').every((spoilt) => !spoilt.includes('"n":12}')));
});
