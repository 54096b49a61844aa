// The checker must fail when it must: a tiny document, good exchanges, and one bad exchange per rule.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { main } from './check.mjs';
import { Contract } from './contract.mjs';
import { checkDocument } from './document.mjs';
import { isValidTarget } from './routes.mjs';

const content = (type, name) => ({ [type]: name ? { schema: { $ref: `#/components/schemas/${name}` } } : {} });
const problem = { description: 'An error.', content: content('application/problem+json', 'Problem') };
const etag = { required: true, schema: { type: 'string', pattern: '^"' } };
const nameParameter = { name: 'name', in: 'path', required: true, schema: { type: 'string' } };

function sample() {
  return {
    openapi: '3.1.1',
    info: { title: 'Sample', version: '1' },
    security: [{ key: [] }],
    'x-common-error-codes': { 401: ['auth.missing'], 404: ['route.not_found'], 405: ['route.method_not_allowed'] },
    paths: {
      '/thing/{name}': {
        parameters: [nameParameter],
        get: {
          operationId: 'getThing',
          summary: 'Gets a thing.',
          'x-error-codes': { 404: ['thing.not_found'] },
          responses: {
            200: { description: 'Any bytes.', headers: { ETag: etag }, content: content('*/*') },
            204: { description: 'Not yet.' },
            401: problem,
            404: problem,
          },
        },
        put: {
          operationId: 'putThing',
          summary: 'Puts a thing.',
          responses: {
            201: { description: 'Made.', content: content('application/json', 'Thing') },
            '4XX': problem,
          },
        },
      },
      '/thing/latest': {
        get: {
          operationId: 'latest',
          summary: 'Gets the latest.',
          responses: { 200: { description: 'It.', content: content('text/plain') }, default: problem },
        },
      },
      '/store/{ns}/{key}': {
        parameters: [
          { ...nameParameter, name: 'ns' },
          { ...nameParameter, name: 'key' },
        ],
        get: {
          operationId: 'getRecord',
          summary: 'Gets a record.',
          responses: { 200: { description: 'JSON.', content: content('application/json') }, 401: problem },
        },
      },
      '/events': {
        get: {
          operationId: 'events',
          summary: 'Follows.',
          responses: {
            200: {
              description: 'Open.',
              content: { ...content('text/event-stream'), ...content('application/x-ndjson', 'Thing') },
            },
            401: problem,
          },
        },
      },
    },
    components: {
      schemas: {
        Problem: {
          type: 'object',
          required: ['code'],
          properties: { code: { type: 'string' }, status: { type: 'integer' } },
        },
        Thing: {
          type: 'object',
          required: ['name'],
          additionalProperties: false,
          examples: [{ $id: 'x', $ref: '#/nowhere' }],
          properties: {
            name: { type: 'string' },
            at: { type: 'string', format: 'date-time' },
            parent: { $ref: '#/components/schemas/Thing' },
          },
        },
      },
    },
  };
}

const json = { 'content-type': 'application/json; charset=utf-8' };
const problemJson = { 'content-type': 'application/problem+json' };
const exchange = (method, target, status, headers = {}, body = '') => ({ method, target, status, headers, body });
const refusal = (target, code, status) =>
  exchange('GET', target, status, problemJson, JSON.stringify({ code, status }));
const failure = (code, status) => JSON.stringify({ code, status });

const good = [
  exchange('GET', '/thing/a', 200, { etag: '"1"', 'content-type': 'image/png' }, 'bytes'),
  exchange('GET', '/thing/a', 200, { etag: '"1"', 'content-type': 'application/json' }, '{not json: stored bytes'),
  exchange('GET', '/thing/a?wait=1', 204),
  exchange('GET', '/thing/latest', 200, { 'content-type': 'text/plain' }, 'x'),
  refusal('/thing/a', 'thing.not_found', 404),
  refusal('/THING/a/', 'thing.not_found', 404),
  refusal('/THING/a/', 'route.not_found', 404),
  exchange('PUT', '/thing/a', 201, json, '{"name":"a","parent":{"name":"b"},"at":"2026-01-01T00:00:00.000001Z"}'),
  exchange('PUT', '/thing/a', 401, problemJson, failure('auth.missing', 401)),
  exchange('GET', '/store/n/a/b/c', 200, json, 'null'),
  exchange('GET', '/store/n%2Fm/a', 200, json, '0'),
  exchange('GET', '/events', 200, { 'content-type': 'text/event-stream' }, ': hello'),
  exchange('GET', '/events', 200, { 'content-type': 'application/x-ndjson' }, '{"name":"a"}\n{"name":"b"}\n'),
  refusal('/nothing', 'route.not_found', 404),
  exchange('DELETE', '/events', 405, { ...problemJson, allow: 'GET' }, failure('route.method_not_allowed', 405)),
  exchange('HEAD', '/nothing', 404, problemJson),
  exchange('GET', '/thing/%00', 400),
  exchange('GET', '/thing/%zz', 400),
  { ...exchange('GET', '/thing/a', 431), malformed: true },
];

const bad = [
  ['an undocumented status', refusal('/thing/a', 'x', 500), /status 500 is not documented/],
  [
    'an undocumented type',
    exchange('PUT', '/thing/a', 201, { 'content-type': 'text/html' }, 'x'),
    /content type text\/html/,
  ],
  ['no body', exchange('PUT', '/thing/a', 201), /content type none/],
  ['broken JSON', exchange('PUT', '/thing/a', 201, json, '{'), /not JSON/],
  [
    'an undocumented member',
    exchange('PUT', '/thing/a', 201, json, '{"name":"a","b":1}'),
    /additional properties \(b\)/,
  ],
  [
    'a deep mismatch',
    exchange('PUT', '/thing/a', 201, json, '{"name":"a","parent":{}}'),
    /\/parent must have required/,
  ],
  ['a wrong format', exchange('PUT', '/thing/a', 201, json, '{"name":"a","at":"yesterday"}'), /date-time/],
  [
    'bytes that are not UTF-8',
    { ...exchange('PUT', '/thing/a', 201, json), body: undefined, body_base64: 'Iv8i' },
    /UTF-8/,
  ],
  ['a missing header', exchange('GET', '/thing/a', 200, {}, 'x'), /etag is missing/],
  ['a header with a wrong value', exchange('GET', '/thing/a', 200, { etag: '1' }, 'x'), /header etag/],
  ['a body with 204', exchange('GET', '/thing/a', 204, {}, 'x'), /where there is none/],
  ['an undocumented code', refusal('/thing/a', 'thing.gone', 404), /thing\.gone is not documented/],
  ['a code of another status', refusal('/thing/a', 'thing.not_found', 401), /not documented for 401/],
  [
    'a problem without a code',
    exchange('GET', '/thing/a', 404, problemJson, '{}'),
    /must have required property 'code'/,
  ],
  [
    'a status that contradicts itself',
    exchange('GET', '/thing/a', 404, problemJson, failure('thing.not_found', 400)),
    /problem status 400/,
  ],
  ['success on no route', exchange('GET', '/nothing', 200, json, '{}'), /no documented route/],
  ['an empty 404', exchange('GET', '/nothing', 404), /content type none/],
  [
    '405 without Allow',
    exchange('DELETE', '/events', 405, problemJson, failure('route.method_not_allowed', 405)),
    /Allow/,
  ],
  ['an empty 400 to a valid request', exchange('GET', '/thing/a', 400), /not documented/],
  [
    'an error page for a malformed target',
    exchange('GET', '/thing/%zz', 400, { 'content-type': 'text/html' }, '<html>'),
    /400/,
  ],
  [
    'a bad line',
    exchange('GET', '/events', 200, { 'content-type': 'application/x-ndjson' }, '{"name":"a"}\n{}\n'),
    /required/,
  ],
  [
    'an event stream where none is documented',
    exchange('GET', '/store/n/k', 200, { 'content-type': 'text/event-stream' }),
    /not documented/,
  ],
];

const faults = [
  [
    'another version',
    (d) => {
      d.openapi = '3.0.1';
    },
    /not 3\.1/,
  ],
  [
    'no operationId',
    (d) => {
      delete d.paths['/events'].get.operationId;
    },
    /no operationId/,
  ],
  [
    'a repeated operationId',
    (d) => {
      d.paths['/events'].get.operationId = 'latest';
    },
    /also that of/,
  ],
  [
    'no summary',
    (d) => {
      d.paths['/events'].get.summary = '';
    },
    /no summary/,
  ],
  [
    'no 401',
    (d) => {
      delete d.paths['/events'].get.responses[401];
    },
    /401 is not documented/,
  ],
  [
    'an undeclared path parameter',
    (d) => {
      delete d.paths['/thing/{name}'].parameters;
    },
    /\{name\} is not declared/,
  ],
  [
    'an optional path parameter',
    (d) => {
      d.paths['/store/{ns}/{key}'].parameters[0].required = false;
    },
    /not marked as required/,
  ],
  [
    'a dangling reference',
    (d) => {
      d.components.schemas.Thing.properties.parent.$ref = '#/components/schemas/Thin';
    },
    /does not resolve/,
  ],
  [
    'a schema that does not compile',
    (d) => {
      d.components.schemas.Thing.properties.name.pattern = '(';
    },
    /does not compile/,
  ],
  [
    'codes for an undocumented status',
    (d) => {
      d.paths['/events'].get['x-error-codes'] = { 409: ['x'] };
    },
    /status 409/,
  ],
  [
    'two templates of one shape',
    (d) => {
      d.paths['/thing/{id}'] = {};
    },
    /the same path/,
  ],
];

test('Document_Sound_HasNoFaults', () => assert.deepEqual(checkDocument(sample()), []));

for (const [name, damage, expected] of faults) {
  test(`Document_With ${name}_IsFaulty`, () => {
    const document = sample();
    damage(document);
    assert.match(checkDocument(document).join('\n'), expected);
  });
}

for (const one of good) {
  test(`Exchange_Good ${one.method} ${one.target} ${one.status}_Passes`, () => {
    assert.deepEqual(new Contract(sample()).check(one).failures, []);
  });
}

for (const [name, one, expected] of bad) {
  test(`Exchange_With ${name}_Fails`, () =>
    assert.match(new Contract(sample()).check(one).failures.join('\n'), expected));
}

test('Route_OfALiteralAndAParameter_IsTheLiteral', () => {
  const contract = new Contract(sample());
  assert.equal(contract.check(good[3]).label, 'GET /thing/latest');
  assert.equal(contract.check(good[9]).label, 'GET /store/{ns}/{key}');
});

test('Target_WithBytesNoUrlMayHold_IsNotValid', () => {
  assert.ok(isValidTarget("/a/%2F%e2%82%ac?x=!$&'()*+,;=:@"));
  for (const target of ['a', '/a b', '/%', '/%0', '/%zz', '/%00', '/a#b', '/\u00e9', '/"', '*']) {
    assert.ok(!isValidTarget(target), target);
  }
  assert.ok(!isValidTarget(`/${'x'.repeat(8000)}`));
});

test('Check_OfADirectory_PrintsCountsAndExitsByFailures', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'contract-'));
  try {
    writeFileSync(join(directory, 'openapi.json'), JSON.stringify(sample()));
    writeFileSync(join(directory, 'good.jsonl'), good.map((one) => JSON.stringify(one)).join('\n'));
    assert.deepEqual(await check(directory), [0, `contract: ${good.length} checked, 0 failed`]);
    writeFileSync(join(directory, 'bad.jsonl'), `${bad.map(([, one]) => JSON.stringify(one)).join('\n')}\nnonsense\n`);
    const total = good.length + bad.length + 1;
    assert.deepEqual(await check(directory), [1, `contract: ${total} checked, ${bad.length + 1} failed`]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

async function check(directory) {
  const lines = [];
  const exitCode = await main([join(directory, 'openapi.json'), directory], (line) => lines.push(line));
  return [exitCode, lines.at(-1)];
}
