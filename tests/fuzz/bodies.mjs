// Makes a good JSON value, or the bytes of a good JSON text, bad in one way. Each has a name, shown with a failure.

const numbers = [
  0,
  -1,
  1,
  60,
  1e3,
  2147483647,
  2147483648,
  -2147483649,
  9007199254740991,
  9007199254740993,
  9223372036854775807,
  1e19,
  -1e19,
  1e300,
  0.1,
  -0.5,
  1.5,
  5e-324,
  86400,
  604801,
  1e9 + 1,
];
const strings = [
  '',
  ' ',
  '.',
  '..',
  '\u0000',
  'a\u0000b',
  '\n',
  'a\r\nb',
  '\u001b[31m',
  '\ud800',
  'a\udc00',
  '\u202e',
  '\ufeff',
  '\ufffe',
  '\u0085',
  '%',
  '*',
  '%00',
  '../../etc',
  'null',
  'true',
  '0',
  '-1',
  '1e999',
  'NaN',
  'btn_x',
  'str_x',
  'sch_',
  'key_x',
  '{}',
  '"',
  "'; DROP TABLE stashes;--",
  'x'.repeat(129),
  'x'.repeat(513),
  'x'.repeat(9000),
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'I\u0307',
  '\u00df',
  '$ref',
  '__proto__',
  '2026-02-30T00:00:00Z',
];

/** Each returns a changed copy of the value. */
export const valueMutations = {
  wrongType: (value, random) => atRandomPlace(value, random, (old) => random.pick(otherTypes(old))),
  extremeNumber: (value, random) =>
    atRandomPlace(
      value,
      random,
      () => random.pick(numbers),
      (old) => typeof old === 'number',
    ),
  oddString: (value, random) =>
    atRandomPlace(
      value,
      random,
      () => random.pick(strings),
      (old) => typeof old === 'string',
    ),
  nullMember: (value, random) => atRandomPlace(value, random, () => null),
  dropMember: (value, random) =>
    inRandomObject(value, random, (object, name) => {
      delete object[name];
    }),
  misspeltMember: (value, random) =>
    inRandomObject(value, random, (object, name) => rename(object, name, misspell(name, random))),
  upperCaseMember: (value, random) =>
    inRandomObject(value, random, (object, name) => rename(object, name, name.toUpperCase())),
  unknownMember: (value, random) =>
    inRandomObject(value, random, (object) => {
      object[random.pick(['extra', 'Name', 'id', '', '$type', 'constructor'])] = 1;
    }),
  wrapped: (value, random) => random.pick([[value], { value }, JSON.stringify(value), null, [], {}, 0, '']),
  manyMembers: (value, random) =>
    inRandomObject(value, random, (object) => {
      for (let i = 0; i < 1100; i++) object[`m${i}`] = i;
    }),
  longArray: (value, random) =>
    atRandomPlace(
      value,
      random,
      (old) => Array.from({ length: 1001 }, () => old),
      (old) => old === null || typeof old !== 'object',
    ),
};

// Bytes that no UTF-8 has: cut short, overlong, half of a surrogate pair, past U+10FFFF, of no use anywhere.
const noUtf8 = [
  [0xff],
  [0xfe, 0xff],
  [0x80],
  [0xc0, 0x80],
  [0xc0, 0xaf],
  [0xe0, 0x80, 0xaf],
  [0xf0, 0x80, 0x80, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xed, 0xb0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xe2, 0x82],
].map((bytes) => Buffer.from(bytes).toString('latin1'));
const oddEscapes = [
  '\\ud800',
  '\\udc00',
  '\\udfffx',
  '\\ud800\\ud800',
  '\\udc00\\ud800',
  '\\ud83d\\u0041',
  '\\ud83d\\ude00',
  '\\u0000',
  '\\ufeff',
  '\\u0',
  '\\u{41}',
];
const oddNumbers = [
  '1e400',
  '-1e400',
  '1e-400',
  '1e9999999999',
  '-0',
  '-0.0',
  '01',
  '1.',
  '.5',
  '+1',
  '0x10',
  'NaN',
  '-Infinity',
  '9'.repeat(400),
  '9'.repeat(20_000),
  `0.${'0'.repeat(5000)}1`,
  '9223372036854775808',
  '-9223372036854775809',
  '1.0',
  '1e0',
];

/**
 * Changes the bytes of a JSON text, which is given with a character for each byte. Those that say "any" change a place
 * at any depth: a string, a name or a number of a member of a member.
 */
export const textMutations = {
  noUtf8InAnyString: (text, random) => atAny(text, random, /"/g, (quote) => quote + random.pick(noUtf8)),
  noUtf8InAnyValue: (text, random) => atAny(text, random, /:"/g, (start) => start + random.pick(noUtf8)),
  escapeInAnyString: (text, random) => atAny(text, random, /"/g, (quote) => quote + random.pick(oddEscapes)),
  escapeInAnyValue: (text, random) => atAny(text, random, /:"/g, (start) => start + random.pick(oddEscapes)),
  anyMemberTwice: (text, random) =>
    atAny(text, random, /"(\w+)":/g, (member, name) => `${random.pick([member, escaped(name)])}null,${member}`),
  anyNameEscaped: (text, random) => atAny(text, random, /"(\w+)":/g, (member, name) => escaped(name)),
  anyNumber: (text, random) => atAny(text, random, /(?<=[:[,])-?\d[\d.eE+-]*/g, () => random.pick(oddNumbers)),
  anyByteOrderMark: (text, random) => atAny(text, random, /["{[,:]/g, (mark) => `${mark}\u00ef\u00bb\u00bf`),
  anyDeep: (text, random) =>
    atAny(text, random, /(?<=:)("(?:[^"\\]|\\.)*"|-?\d+|null)/g, (value) => {
      const depth = random.pick([2, 58, 61, 62, 63, 64, 65, 300]);
      return '['.repeat(depth) + value + ']'.repeat(depth);
    }),
  duplicateMember: (text) => text.replace(/^\{(\s*"(?:[^"\\]|\\.)*"\s*:)/, (all, member) => `{${member}null,${member}`),
  duplicateEscaped: (text) =>
    text.replace(
      /^\{\s*"([a-z])([^"\\]*)"\s*:/,
      (all, first, rest) => `{"\\u00${first.charCodeAt(0).toString(16)}${rest}":0,${all.slice(1)}`,
    ),
  truncated: (text, random) => text.slice(0, random.below(text.length + 1)),
  byteOrderMark: (text) => `\u00ef\u00bb\u00bf${text}`,
  noUtf8: (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.pick(noUtf8) + text.slice(at);
  },
  rawControlInString: (text) => text.replace('"', '"\u0000'),
  badEscape: (text, random) => text.replace('"', random.pick(['"\\x', '"\\u12', '"\\'])),
  trailing: (text, random) => `${text}${random.pick(['x', '{}', ',', ' \u0000', ']', '//c', '\n\n1'])}`,
  comment: (text) => `/* c */ ${text}`,
  trailingComma: (text) => text.replace(/([}\]])\s*$/, ',$1'),
  singleQuotes: (text) => text.replaceAll('"', "'"),
  deepArray: (text, random) => '['.repeat(random.pick([33, 65, 1000, 20000])),
  deepObject: (text, random) => {
    const depth = random.pick([63, 64, 65, 500, 5000]);
    return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  },
  deepMember: (text, random) => {
    const depth = random.pick([60, 64, 200, 3000]);
    return text.replace(/:[^:,}]*/, `:${'['.repeat(depth)}${']'.repeat(depth)}`);
  },
  empty: () => '',
  whitespace: () => ' \t\r\n ',
  utf16: (text) => Buffer.from(`\ufeff${text}`, 'utf16le').toString('latin1'),
  garbage: (text, random) => random.bytes(random.below(200)).toString('latin1'),
  bitFlip: (text, random) => flipBit(text, random),
  large: (text, random) => `${text}${' '.repeat(random.pick([70_000, 300_000]))}`,
  tooLarge: (text, random) => (random.chance(0.02) ? `${text}${' '.repeat(1_048_577)}` : `${text} `),
};

function otherTypes(old) {
  const all = [null, true, 0, -1.5, 'text', '12', [], [1], {}, { a: 1 }];
  return all.filter((value) => typeof value !== typeof old || Array.isArray(value) !== Array.isArray(old));
}

export function misspell(name, random) {
  const at = random.below(Math.max(name.length, 1));
  return random.pick(
    [
      name.slice(0, at) + name.slice(at + 1),
      `${name}s`,
      `${name.slice(0, at)}x${name.slice(at)}`,
      name.toUpperCase(),
      name.replace(/_(.)/, (all, letter) => letter.toUpperCase()),
      name.replace('_', '-'),
      ` ${name}`,
    ].filter((other) => other !== name),
  );
}

function places(value, found = [], holder = { '': value }, name = '') {
  found.push([holder, name]);
  if (value !== null && typeof value === 'object')
    for (const key of Object.keys(value)) places(value[key], found, value, key);
  return found;
}

function atRandomPlace(value, random, change, isWanted = () => true) {
  const root = { '': structuredClone(value) };
  const all = places(root[''], [], root).filter(([holder, name]) => isWanted(holder[name]));
  if (all.length === 0) return change(value);
  const [holder, name] = random.pick(all);
  holder[name] = change(holder[name]);
  return root[''];
}

function inRandomObject(value, random, change) {
  const root = { '': structuredClone(value) };
  const isObject = (one) => one !== null && typeof one === 'object' && !Array.isArray(one);
  const objects = places(root[''], [], root)
    .map(([holder, name]) => holder[name])
    .filter(isObject);
  if (objects.length === 0) return { extra: value };
  const object = random.chance(0.7) ? objects[0] : random.pick(objects);
  const names = Object.keys(object);
  change(object, names.length > 0 ? random.pick(names) : 'name');
  return root[''];
}

function rename(object, name, other) {
  object[other] = object[name];
  delete object[name];
}

/** Changes one of the places that a pattern finds; none, where there is none. */
function atAny(text, random, pattern, change) {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const match = random.pick(found);
  return text.slice(0, match.index) + change(...match) + text.slice(match.index + match[0].length);
}

/** The same name, its first letter written as an escape. */
function escaped(name) {
  return `"\\u00${name.charCodeAt(0).toString(16).padStart(2, '0')}${name.slice(1)}":`;
}

function flipBit(text, random) {
  const bytes = Buffer.from(text, 'latin1');
  if (bytes.length > 0) bytes[random.below(bytes.length)] ^= 1 << random.below(8);
  return bytes.toString('latin1');
}
