// Writes request targets, and spoils them: percent-encoding tricks, odd names, query strings nobody should send.
import { misspell } from './bodies.mjs';

const oddSegments = [
  '',
  '.',
  '..',
  '...',
  '%2e',
  '%2e%2e',
  '%2E%2E%2Fx',
  '%00',
  'a%00b',
  '%2F',
  'a%2Fb',
  '%252F',
  '%252e%252e',
  '%zz',
  '%',
  '%4',
  'a%',
  '%ff',
  '%c0%80',
  '%ed%a0%80',
  '%0a',
  '%0d%0aX-A:1',
  '%20',
  '+',
  '%2B',
  ';a=1',
  'a;b',
  '*',
  '%2A',
  '~',
  '-',
  '_',
  "'",
  '%22',
  '%3C',
  '%25',
  '%5C',
  '%7F',
  '%C2%85',
  '%E2%80%AE',
  'str_x',
  'sch_01',
  'key_',
  'x'.repeat(128),
  'x'.repeat(129),
  'x'.repeat(512),
  'x'.repeat(513),
  '%C3%BC'.repeat(257),
  'x'.repeat(4000),
  'CON',
  'null',
  '0',
  '-1',
  'caf%C3%A9',
  'I%CC%87',
  '\u00e9',
  '{name}',
  '<a>',
  '"',
  '|',
  '^',
  '`',
  '[a]',
  '\\',
  '%5c..%5c',
  'S-1',
];
const oddValues = [
  '',
  '0',
  '-1',
  '1.5',
  '1e3',
  '00',
  '+5',
  '%20',
  '5%20',
  '0x10',
  '2147483648',
  '-9223372036854775809',
  '9223372036854775807',
  '9223372036854775808',
  '99999999999999999999999999',
  'NaN',
  'Infinity',
  'null',
  'true',
  'TRUE',
  'yes',
  'now',
  'NOW',
  'a',
  '%00',
  '%ff',
  '%zz',
  '%',
  '%0a',
  '*',
  '**',
  'a*b*c',
  '%25',
  '%2A',
  'x'.repeat(3000),
  '%F0%9F%9A%80',
  '%ED%A0%80',
  '\u00e9',
  '[]',
  '{}',
  '{"a":',
  '%7B%22a%22:1%7D',
  '1,2',
  '1&1',
  '/',
  '/a/b',
  '~2',
  '/~',
  '%D9%A1',
  'sha256:',
  '"1"',
  'stash:*',
  'stash:%2525',
  'str_x:1',
];
// How long a request waits is never left to chance: only these values, and none that means between 2 and 60 seconds.
const oddWaits = ['-1', '61', '99999999999999999999', 'abc', '0x0', '1e99', 'NaN', '%00', '0.5', '00', '+0'];
const waiting = new Set(['wait', 'timeout']);

export function encodePart(value) {
  return encodeURIComponent(String(value).toWellFormed()).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The path of a template with its parameters filled in; a rest parameter keeps its slashes. */
export function fillPath(segments, values) {
  return segments
    .map((segment) => {
      if (segment.text !== undefined) return `/${segment.text}`;
      const value = values[segment.name];
      return segment.isRest ? `/${String(value).split('/').map(encodePart).join('/')}` : `/${encodePart(value)}`;
    })
    .join('');
}

export function joinTarget(path, query) {
  const pairs = query.map(([name, value]) => (value === null ? name : `${name}=${value}`));
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}

export const pathMutations = {
  oddSegment(path, random) {
    const segments = path.split('/');
    segments[random.between(Math.min(2, segments.length - 1), segments.length - 1)] = random.pick(oddSegments);
    return segments.join('/');
  },
  moreSegments: (path, random) => `${path}/${random.pick(oddSegments)}`,
  upperCase: (path) => path.toUpperCase(),
  trailingSlash: (path) => `${path}/`,
  doubleSlash: (path) => path.replace('/', '//'),
  dotSegments: (path, random) =>
    path.replace(
      /\/[^/]*$/,
      (last) => `${random.pick(['/.', '/x/..', '/%2e', '/x/%2e%2e', '/..', '/%2E%2E/..'])}${last}`,
    ),
  encodedLetter: (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  longPath: (path, random) => `${path}${'/a'.repeat(random.pick([20, 500, 3000]))}`,
  unknownPath: (path, random) => `/${random.text(6)}${path}`,
};

export const queryMutations = {
  misspelt(query, random) {
    const known = query.length > 0 ? random.pick(query)[0] : 'limit';
    return [...query.filter(([name]) => name !== known), [encodePart(misspell(known, random)), '1']];
  },
  unknown: (query, random) => [
    ...query,
    [
      random.pick(['foo', 'ttl', 'limit', 'key', 'a%5B%5D', '__proto__', 'wait_', '%00', '', 'ticket']),
      random.pick(['1', '', '0']),
    ],
  ],
  repeated: (query) =>
    query.length > 0
      ? [...query, query[0]]
      : [
          ['limit', '1'],
          ['limit', '2'],
        ],
  oddValue: (query, random) =>
    changeOne(query, random, (name) => random.pick(waiting.has(name) ? oddWaits : oddValues)),
  withoutValue: (query, random) => changeOne(query, random, (name) => (waiting.has(name) ? '0' : null)),
  dropped: (query, random) => query.filter(([name]) => waiting.has(name) || random.chance(0.5)),
  many: (query) => [...query, ...Array.from({ length: 500 }, (_, index) => [`q${index}`, '1'])],
  separators: (query, random) => [...query, [random.pick(['', '&', '&&;', '?', '#', ';a=1', '%26a', '=', '==']), null]],
  wordy: (query, random) => [...query, ['q', random.text(random.pick([2000, 7000]))]],
};

/** A query in which each documented parameter has an odd value, for the parameters a request did not have. */
export function oddParameter(name, random) {
  return [name, random.pick(waiting.has(name) ? oddWaits : oddValues)];
}

function changeOne(query, random, value) {
  if (query.length === 0) return query;
  const index = random.below(query.length);
  return query.map((pair, place) => (place === index ? [pair[0], value(pair[0])] : pair));
}
