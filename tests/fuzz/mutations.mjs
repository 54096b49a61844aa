// How a draft of a request is spoilt: one table by kind, each mutation with the name that a failure shows.
import { textMutations, valueMutations } from './bodies.mjs';
import { headerMutations, set, without } from './headers.mjs';
import { encodePart, oddParameter, pathMutations, queryMutations } from './targets.mjs';

const verbs = ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE'];
const badCredentials = [
  ['X-API-KEY', ''],
  ['X-API-KEY', 'btn_'],
  ['X-API-KEY', 'x'.repeat(5000)],
  ['X-API-KEY', '\u00e9'],
  ['Authorization', 'Bearer'],
  ['Authorization', 'Bearer '],
  ['Authorization', 'Basic YTpi'],
  ['Authorization', 'btn_x'],
  ['Authorization', 'Bearer a b'],
];

export const mutations = {
  path: fromParts(pathMutations, (draft, change, random) => {
    draft.path = change(draft.path, random);
  }),
  query: {
    ...fromParts(queryMutations, (draft, change, random) => {
      draft.query = change(draft.query, random);
    }),
    odd(draft, random) {
      if (draft.optional.length > 0) draft.query.push(oddParameter(random.pick(draft.optional), random));
      else draft.query = queryMutations.oddValue(draft.query, random);
    },
  },
  header: fromParts(headerMutations, (draft, change, random) => {
    draft.headers = change(draft.headers, random);
  }),
  value: fromParts(valueMutations, (draft, change, random) => {
    draft.value = change(draft.value, random);
  }),
  text: fromParts(textMutations, (draft, change, random) => {
    const bytes = draft.text ?? Buffer.from(JSON.stringify(clampWaits(draft.value)) ?? '');
    draft.text = Buffer.from(change(bytes.toString('latin1'), random), 'latin1');
  }),
  method: {
    other(draft, random) {
      draft.method = random.pick(verbs);
    },
    head(draft) {
      draft.method = 'HEAD';
    },
    options(draft) {
      draft.method = 'OPTIONS';
    },
  },
  credential: {
    none(draft) {
      draft.headers = without(without(draft.headers, 'X-API-KEY'), 'Authorization');
      draft.role = 'none';
    },
    odd(draft, random) {
      mutations.credential.none(draft);
      draft.headers.push(random.pick(badCredentials));
    },
    ticket(draft, random, world) {
      const made = random.pick([{ ticket: 'nonsense', path: draft.path }, ...world.tickets]);
      mutations.credential.none(draft);
      const query = [['ticket', encodePart(made.ticket)]];
      Object.assign(draft, { method: 'GET', path: made.path.split('?')[0], query, role: 'ticket' });
    },
    ticketAmiss(draft, random, world) {
      const { headers } = draft;
      mutations.credential.ticket(draft, random, world);
      random.pick([
        () => Object.assign(draft, { method: random.pick(verbs) }),
        () => Object.assign(draft, { headers }),
        () => draft.headers.push([random.pick(['Baton-Workspace', 'Baton-Agent']), random.pick(['default', 'critic'])]),
        () => Object.assign(draft, { query: [[random.pick(['Ticket', '%74icket', 'TICKET']), draft.query[0][1]]] }),
        () => draft.query.push(draft.query[0]),
        () => Object.assign(draft, { path: pathMutations.dotSegments(draft.path, random) }),
      ])();
    },
    both(draft) {
      draft.headers.push(['Authorization', 'Bearer btn_other']);
    },
  },
  framing: {
    chunked(draft) {
      draft.isChunked = true;
    },
    bodyWithoutNeed(draft) {
      draft.body ??= Buffer.from('{}');
    },
    closing(draft) {
      draft.headers = set(draft.headers, 'Connection', 'close');
    },
  },
};

function fromParts(changes, apply) {
  return Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, (draft, random) => apply(draft, change, random)]),
  );
}

/** Nothing may wait for more than a second, whatever a mutation made of it. */
export function clampWaits(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  for (const name of ['wait', 'timeout']) if (value[name] > 1 && value[name] <= 60) value[name] = 1;
  return value;
}
