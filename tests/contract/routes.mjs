// Finds the operation of an OpenAPI document that a request belongs to.

export const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];

// Web servers take request lines of 8 KiB (RFC 9112, section 3, asks for 8000 bytes at least).
const targetLimit = 8000;

// The last path parameter of a record is "all the rest" of the path. OpenAPI cannot say so: a document marks such a
// parameter with `x-rest: true` or writes it {*key}; one called `key` at the end of a template is one by convention.
const restNames = new Set(['key']);

/** Every operation as {method, template, label, operation, pathItem, segments}, most specific template first. */
export function listRoutes(document) {
  const routes = [];
  for (const [template, pathItem] of Object.entries(document.paths ?? {})) {
    const segments = parseTemplate(template, pathItem);
    for (const method of methods) {
      const operation = pathItem[method];
      if (!operation) continue;
      const label = `${method.toUpperCase()} ${template}`;
      routes.push({ method: method.toUpperCase(), template, label, operation, pathItem, segments });
    }
  }
  return routes.sort((a, b) => compareSpecificity(a.segments, b.segments));
}

/** True when the target is an origin-form request target that a web server has to accept. */
export function isValidTarget(target) {
  return (
    target.length <= targetLimit &&
    /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*$/.test(target) &&
    !/%(?![0-9A-Fa-f]{2})/.test(target) &&
    !/%00/.test(target)
  ); // Legal syntax, but web servers refuse a NUL before any application sees it.
}

export class Router {
  constructor(routes) {
    this.routes = routes;
    this.byFirst = new Map();
    for (const route of routes) {
      const first = route.segments[0];
      const bucket = first.text === undefined ? '*' : first.text.toLowerCase();
      if (!this.byFirst.has(bucket)) this.byFirst.set(bucket, []);
      this.byFirst.get(bucket).push(route);
    }
  }

  /**
   * The routes the server may have taken, likeliest first; null, the last, is "no such route". There are several only
   * where the document leaves it open: other case, a slash at the end, dot segments, HEAD where GET is documented,
   * a method in lower case; and a `#`, which no target may have, and which servers take for a part of the path.
   */
  candidates(method, target) {
    const path = pathOf(target);
    const raw = path.slice(1).split('/');
    const byQuery = this.findByQuery(method, raw, target);
    if (byQuery) return [byQuery];
    if (method !== method.toUpperCase()) return addUnrouted(this.candidates(method.toUpperCase(), target));
    const found = [this.find(method, raw)];
    const normalized = normalize(raw);
    if (normalized) found.push(this.find(method, normalized, true));
    if (method === 'HEAD' && found[0] === null) found.push(this.find('GET', normalized ?? raw, true));
    const routes = [...new Set(found.filter((route) => route !== null))];
    return found.includes(null) || target.includes('#') ? addUnrouted(routes) : routes;
  }

  /** A route whose rest stands in the query, in a parameter of the same name: `/store/ns?key=a` is `/store/ns/a`. */
  findByQuery(method, segments, target) {
    const query = new URLSearchParams(/\?([^#]*)/.exec(target)?.[1] ?? '');
    const route = this.find(method === 'HEAD' ? 'GET' : method, [...segments.filter((part, at) => part !== '' || at === 0), '-'], true);
    const rest = route?.segments[route.segments.length - 1];
    if (!rest?.isRest || !query.get(rest.name) || route.segments.length !== segments.filter((part) => part !== '').length + 1)
      return null;
    const isKnown = (parameter) => parameter.in === 'query' && parameter.name === rest.name;
    return route.operation.parameters?.some(isKnown) ? this.find(method, [...segments, '-'], true) : null;
  }

  find(method, segments, lenient = false) {
    const first = segments[0].toLowerCase();
    for (const bucket of [this.byFirst.get(first), this.byFirst.get('*')]) {
      for (const route of bucket ?? []) {
        if (route.method === method && matches(route.segments, segments, lenient)) return route;
      }
    }
    return null;
  }
}

function addUnrouted(routes) {
  return [...routes.filter((route) => route !== null), null];
}

function parseTemplate(template, pathItem) {
  const parts = template.slice(1).split('/');
  return parts.map((part, index) => {
    const parameter = /^\{(\*{0,2})(.+?)(\+?)\}$/.exec(part);
    if (!parameter) return { text: part };
    const name = parameter[2];
    const isLast = index === parts.length - 1;
    const isRest = parameter[1] !== '' || parameter[3] !== '' || isMarkedRest(pathItem, name) || restNames.has(name);
    return { name, isRest: isLast && isRest };
  });
}

function isMarkedRest(pathItem, name) {
  const isMarked = (parameter) => parameter.in === 'path' && parameter.name === name && parameter['x-rest'] === true;
  return [pathItem, ...methods.map((method) => pathItem[method])].some((item) => item?.parameters?.some(isMarked));
}

function compareSpecificity(a, b) {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = rank(a[index]) - rank(b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rank(segment) {
  if (segment === undefined) return 3;
  if (segment.text !== undefined) return 0;
  return segment.isRest ? 2 : 1;
}

function matches(template, segments, lenient) {
  const { isRest } = template[template.length - 1];
  if (segments.length < template.length || (!isRest && segments.length > template.length)) return false;
  return template.every((part, index) => {
    const segment = segments[index];
    if (part.text === undefined) return segment !== '' || (part.isRest && segments.length > template.length);
    return lenient ? part.text.toLowerCase() === segment.toLowerCase() : part.text === segment;
  });
}

function pathOf(target) {
  const origin = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
  const end = origin.search(/[?#]/);
  const path = end < 0 ? origin : origin.slice(0, end);
  return path.startsWith('/') ? path : `/${path}`;
}

/** The segments as a lenient server reads them, or null when there is nothing to be lenient about. */
function normalize(segments) {
  if (!segments.some((segment) => /^\.{0,2}$|[A-Z%]/.test(segment))) return null;
  const result = [];
  for (const segment of segments) {
    const decoded = segment.replace(/%(?!2f)[0-7][0-9a-f]/gi, decodeEscape);
    if (decoded === '..') result.pop();
    else if (decoded !== '.') result.push(decoded);
  }
  while (result.length > 1 && result[result.length - 1] === '') result.pop();
  return result.length > 0 ? result : [''];
}

function decodeEscape(escape) {
  return String.fromCharCode(parseInt(escape.slice(1), 16));
}
