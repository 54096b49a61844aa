// Requests that an HTTP client library refuses to send: written byte by byte to a socket of their own.

/** Turns a finished request into raw bytes, most of them broken. */
export function makeRaw(draft, random) {
  const [name, build] = random.pick(Object.entries(builders));
  const line = `${draft.method} ${draft.target} HTTP/1.1`;
  const headers = draft.headers.map(([header, value]) => `${header}: ${value}`);
  const parts = { line, host: 'Host: 127.0.0.1', headers, body: draft.body ?? Buffer.alloc(0), isMalformed: true };
  build(parts, random, draft);
  if (parts.method !== undefined) draft.method = parts.method;
  if (parts.target !== undefined) draft.target = parts.target;
  draft.raw = parts.bytes ?? serialize(parts);
  draft.isMalformed ||= parts.isMalformed;
  draft.answersWanted = parts.answersWanted;
  draft.isUnfinished = parts.isUnfinished === true;
  draft.mutations.push(`raw.${name}`);
}

function serialize({ line, host, headers, body, framing }) {
  const length = framing ?? `Content-Length: ${body.length}`;
  const head = [line, host, ...headers, length].filter((text) => text !== '').join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
}

function chunked(parts, text) {
  parts.framing = 'Transfer-Encoding: chunked';
  parts.body = Buffer.isBuffer(text) ? text : Buffer.from(text, 'latin1');
}

function setTarget(parts, draft, target) {
  parts.target = target;
  parts.line = `${draft.method} ${target} HTTP/1.1`;
}

const oddLines = [
  '',
  'GET',
  'GET /',
  'GET / HTTP/9.9',
  'GET / HTTP/0.9',
  'GET  / HTTP/1.1',
  'G\u0001T / HTTP/1.1',
  'get / HTTP/1.1',
  'GET\t/\tHTTP/1.1',
  '\u0016\u0003\u0001\u0002',
];
const oddLengths = ['-1', 'abc', '', '1.5', '0x10', '99999999999999999999', '+5', '5, 5', '5, 6', ' ', '2147483648'];
const oddFields = [
  'NoColon',
  ': empty',
  'Na me: x',
  'X-A : x',
  'X: \u0000',
  'X: a\u0001b',
  ' folded',
  'X: a\r\n b',
  'X\u00e9: 1',
  'X: \u00ff\u00fe',
  '\u0000: x',
  'X: a\nY: b',
  'X: a\rY: b',
];

// What each builder does is its name. `isMalformed` false: a correct request in an unusual form.
const builders = {
  requestLine(parts, random) {
    parts.line = random.pick(oddLines);
    parts.method = parts.line.startsWith('get') ? 'get' : 'GET';
    parts.target = '/';
  },
  noHost(parts) {
    parts.host = '';
  },
  twoHosts(parts) {
    parts.host = 'Host: a\r\nHost: b';
  },
  oddHost(parts, random) {
    parts.host = `Host: ${random.pick(['', 'a b', '/', 'a:b', '[', '\u00e9', 'evil.example', 'x'.repeat(5000)])}`;
  },
  longerLength(parts, random) {
    parts.framing = `Content-Length: ${parts.body.length + random.pick([1, 100, 50_000_000])}`;
    parts.isUnfinished = true;
  },
  shorterLength(parts) {
    parts.framing = `Content-Length: ${Math.floor(parts.body.length / 2)}`;
  },
  hugeLength(parts) {
    parts.framing = 'Content-Length: 31457280';
    parts.isUnfinished = true;
  },
  oddLength(parts, random) {
    parts.framing = `Content-Length: ${random.pick(oddLengths)}`;
    parts.isUnfinished = true;
  },
  twoLengths(parts) {
    parts.framing = `Content-Length: ${parts.body.length}\r\nContent-Length: ${parts.body.length + 1}`;
    parts.isUnfinished = true;
  },
  lengthAndChunks(parts) {
    chunked(parts, '5\r\nhello\r\n0\r\n\r\n');
    parts.framing += '\r\nContent-Length: 4';
  },
  chunks(parts, random) {
    chunked(parts, inChunks(parts.body, random));
    parts.isMalformed = false;
  },
  chunkExtension(parts) {
    chunked(parts, '2;a=b;c="d"\r\n{}\r\n0\r\n\r\n');
    parts.isMalformed = false;
  },
  trailers(parts) {
    chunked(parts, '2\r\n{}\r\n0\r\nX-API-KEY: x\r\nX-Trailer: 1\r\n\r\n');
    parts.isMalformed = false;
  },
  chunkSize(parts, random) {
    chunked(parts, `${random.pick(['zz', '-1', '', 'FFFFFFFFFFFFFFFFF', '5 ', '0x2'])}\r\n{}\r\n0\r\n\r\n`);
    parts.isUnfinished = true;
  },
  chunkWithoutEnd(parts) {
    chunked(parts, '2\r\n{}\r\n');
    parts.isUnfinished = true;
  },
  chunkOverrun(parts) {
    chunked(parts, '1\r\n{}\r\n0\r\n\r\n');
    parts.isUnfinished = true;
  },
  encoding(parts, random) {
    chunked(parts, '0\r\n\r\n');
    parts.framing = `Transfer-Encoding: ${random.pick(['gzip', 'chunked, chunked', 'identity', 'gzip, chunked', 'x'])}`;
  },
  field(parts, random) {
    parts.headers.push(random.pick(oddFields));
  },
  bigField(parts) {
    parts.headers.push(`X-Big: ${'x'.repeat(40_000)}`);
  },
  manyFields(parts) {
    for (let index = 0; index < 150; index++) parts.headers.push(`X-${index}: 1`);
  },
  lineFeeds(parts) {
    parts.bytes = Buffer.from(serialize(parts).toString('latin1').replace(/\r\n/g, '\n'), 'latin1');
    parts.isUnfinished = true;
  },
  absoluteTarget(parts, random, draft) {
    setTarget(parts, draft, `http://127.0.0.1${draft.target}`);
    parts.isMalformed = false;
  },
  otherAuthority(parts, random, draft) {
    setTarget(parts, draft, `http://evil.example:1${draft.target}`);
  },
  asterisk(parts, random, draft) {
    draft.method = 'OPTIONS';
    setTarget(parts, draft, '*');
  },
  connect(parts, random, draft) {
    draft.method = 'CONNECT';
    setTarget(parts, draft, '127.0.0.1:80');
  },
  noSlash(parts, random, draft) {
    setTarget(parts, draft, draft.target.slice(1));
  },
  targetBytes(parts, random, draft) {
    setTarget(parts, draft, `${draft.path}${random.pick(['\u00ff', '\u0001', ' x', '\t', '\u007f', '#a', '\u0000'])}`);
  },
  longTarget(parts, random, draft) {
    setTarget(parts, draft, `${draft.path}?q=${'x'.repeat(20_000)}`);
  },
  oldVersion(parts) {
    parts.line = parts.line.replace('HTTP/1.1', 'HTTP/1.0');
    parts.headers.push('Connection: close');
    parts.isMalformed = false;
  },
  unknownMethod(parts, random, draft) {
    parts.method = random.pick(['FOO', 'get', 'GETT', 'X'.repeat(300), 'QUERY']);
    parts.line = `${parts.method} ${draft.target} HTTP/1.1`;
  },
  expectation(parts, random) {
    parts.headers.push(`Expect: ${random.pick(['100-continue', 'nonsense'])}`);
  },
  upgrade(parts, random) {
    parts.headers.push(
      'Connection: Upgrade',
      `Upgrade: ${random.pick(['websocket', 'h2c', 'x'])}`,
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: x',
    );
  },
  pipelined(parts) {
    parts.isMalformed = false;
    parts.headers = parts.headers.filter((header) => !/^accept:/i.test(header));
    const once = serialize(parts);
    parts.bytes = Buffer.concat([once, once, once]);
    if (!/^HEAD/.test(parts.line)) parts.answersWanted = 3;
  },
  headThenNext(parts, random, draft) {
    parts.isMalformed = false;
    parts.method = 'HEAD';
    parts.line = `HEAD ${draft.target} HTTP/1.1`;
    if (random.chance(0.5)) parts.headers.push('Accept: text/event-stream');
    parts.bytes = Buffer.concat([serialize(parts), Buffer.from(`GET /healthz HTTP/1.1\r\n${parts.host}\r\n\r\n`)]);
    parts.answersWanted = 2;
  },
  hangUp(parts, random) {
    const all = serialize(parts);
    parts.bytes = all.subarray(0, random.below(all.length));
    parts.isUnfinished = true;
  },
  garbage(parts, random) {
    parts.bytes = random.bytes(random.between(1, 300));
    parts.isUnfinished = true;
  },
};

function inChunks(body, random) {
  const pieces = [];
  for (let at = 0; at < body.length;) {
    const size = Math.min(random.between(1, 2000), body.length - at);
    pieces.push(Buffer.from(`${size.toString(16)}\r\n`), body.subarray(at, at + size), Buffer.from('\r\n'));
    at += size;
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
}
