// Checks one HTTP exchange against an OpenAPI document. Used by check.mjs on recordings and by the fuzzer on the fly.
import { isUtf8 } from 'node:buffer';
import { codesFor, documentedResponse } from './document.mjs';
import { Router, isValidTarget, listRoutes } from './routes.mjs';
import { Schemas, dereference } from './schemas.mjs';

const problemType = 'application/problem+json';

// What a web server says on its own, without a body, about bytes that are no HTTP request.
const webServerStatuses = new Set([400, 404, 405, 408, 411, 413, 414, 417, 426, 431, 501, 505]);

// A caller may be stopped before routing: a common code of one of these statuses is an answer to an unknown path, too.
const beforeRouting = new Set([401, 413, 429, 503]);

const statusesWithoutBody = new Set([204, 304]);

export class Contract {
  constructor(document) {
    this.document = document;
    this.schemas = new Schemas(document);
    this.routes = listRoutes(document);
    this.router = new Router(this.routes);
    this.commonCodes = document['x-common-error-codes'];
    this.responses = new Map();
    this.problemSchema = this.findProblemSchema();
  }

  /**
   * `exchange` is {method, target, status, headers, body | body_base64 | bytes, malformed?}; `malformed` marks a
   * request whose bytes, apart from the target, are no valid HTTP. Returns {route, label, code, failures: [text],
   * value}; `value` is the JSON body, if there is one.
   */
  check(exchange) {
    const body = readBody(exchange);
    const mayBeRefusedByWebServer = exchange.malformed === true || !isValidTarget(exchange.target);
    if (mayBeRefusedByWebServer && body.length === 0 && webServerStatuses.has(exchange.status)) {
      return { route: null, label: '(malformed request)', code: null, failures: [] };
    }
    let first;
    for (const route of this.router.candidates(exchange.method, exchange.target)) {
      const result = route === null ? this.checkUnrouted(exchange, body) : this.checkRouted(route, exchange, body);
      if (result.failures.length === 0) return result;
      first ??= result;
    }
    return first;
  }

  checkRouted(route, exchange, body) {
    const result = { route, label: route.label, code: null, failures: [] };
    const response = this.describe(route, exchange.status);
    if (!response) {
      result.failures.push(`status ${exchange.status} is not documented`);
      result.code = problemCode(exchange, body);
      return result;
    }
    const type = mediaType(exchange.headers['content-type']);
    // Status and type are all that is said about an open stream.
    if (type !== 'text/event-stream') this.checkHeaders(response, exchange, result.failures);
    if (exchange.method === 'HEAD' || statusesWithoutBody.has(exchange.status)) {
      if (body.length > 0) result.failures.push(`${body.length} bytes of body where there is none`);
      return result;
    }
    const media = this.chooseMedia(response, type, body, result.failures);
    if (media) this.checkBody(media, route, exchange, body, result);
    return result;
  }

  checkUnrouted(exchange, body) {
    const { status } = exchange;
    const result = { route: null, label: '(no route)', code: null, failures: [] };
    const isCommon = beforeRouting.has(status) && codesFor(this.commonCodes, status).length > 0;
    const isBadTarget = status === 400 && !isValidTarget(exchange.target);
    // A browser's question before a cross-origin request is answered by the CORS rules, for any route.
    const isPreflight = exchange.method === 'OPTIONS' && status === 204 && 'access-control-allow-methods' in exchange.headers;
    if (isPreflight) return result;
    if (status !== 404 && status !== 405 && !isCommon && !isBadTarget) {
      result.failures.push(`status ${status} for a request that no documented route takes; expected 404 or 405`);
      return result;
    }
    if (status === 405 && !exchange.headers.allow) result.failures.push('405 without Allow (RFC 9110, 15.5.6)');
    if (exchange.method === 'HEAD') return result;
    const type = mediaType(exchange.headers['content-type']);
    if (type !== problemType) {
      result.failures.push(`content type ${type || 'none'}; expected ${problemType}`);
      return result;
    }
    this.checkBody({ schema: this.problemSchema }, null, exchange, body, result);
    return result;
  }

  checkHeaders(response, exchange, failures) {
    for (const { name, required, schema, isNumber } of response.headers) {
      const value = exchange.headers[name];
      if (value === undefined) {
        if (required) failures.push(`header ${name} is missing`);
      } else if (schema !== undefined) {
        const fault = this.schemas.explain(schema, isNumber && /^-?[0-9.]+$/.test(value) ? Number(value) : value);
        if (fault) failures.push(`header ${name}: ${JSON.stringify(value)} ${fault}`);
      }
    }
  }

  /** The documented media type of the answer; null when there is nothing more to check about its body. */
  chooseMedia(response, type, body, failures) {
    const documented = [...response.content.keys()].join(', ');
    if (response.content.size === 0) {
      if (body.length > 0) failures.push(`${body.length} bytes of ${type || 'a body'} where none is documented`);
      return null;
    }
    const exact = response.content.get(type);
    if (exact) return exact;
    // A wildcard stands for bytes that a client stored: they need not be what their type says.
    if (response.content.has('*/*') || response.content.has(`${type.split('/')[0]}/*`)) return null;
    failures.push(`content type ${type || 'none'} is not documented (${documented})`);
    return null;
  }

  checkBody(media, route, exchange, body, result) {
    const type = mediaType(exchange.headers['content-type']);
    if (type === 'text/event-stream') return;
    const isLines = type === 'application/x-ndjson' || type === 'application/jsonl';
    if (!isLines && type !== 'application/json' && !type.endsWith('+json')) return;
    if (!isUtf8(body)) {
      result.failures.push('the JSON body is not UTF-8');
      return;
    }
    const texts = isLines
      ? body
          .toString()
          .split('\n')
          .filter((line) => line !== '')
      : [body.toString()];
    for (const text of texts) {
      const value = parse(text, result.failures);
      if (value === undefined) return;
      result.value = value;
      this.checkValue(isLines ? (media.itemSchema ?? media.schema) : media.schema, value, isLines, result.failures);
      if (type === problemType) this.checkProblem(route, exchange.status, value, result);
    }
  }

  checkValue(schema, value, isLine, failures) {
    if (schema === undefined || (isLine && schema.type === 'string')) return;
    const fault = this.schemas.explain(schema, value);
    if (fault) failures.push(`body: ${fault}`);
  }

  checkProblem(route, status, problem, result) {
    const code = problem?.code;
    result.code = typeof code === 'string' ? code : null;
    if (typeof code !== 'string' || code === '') {
      result.failures.push('a problem document without a code');
      return;
    }
    if (problem.status !== undefined && problem.status !== status) {
      result.failures.push(`problem status ${problem.status} in an answer of ${status}`);
    }
    const own = route?.operation['x-error-codes'];
    if (own === undefined && this.commonCodes === undefined) return;
    const known = [...codesFor(own, status), ...codesFor(this.commonCodes, status)];
    if (!known.includes(code)) {
      result.failures.push(`code ${code} is not documented for ${status} (${known.join(', ') || 'none is'})`);
    }
  }

  describe(route, status) {
    let byStatus = this.responses.get(route.label);
    if (!byStatus) this.responses.set(route.label, (byStatus = new Map()));
    if (!byStatus.has(status)) byStatus.set(status, this.readResponse(documentedResponse(route.operation, status)));
    return byStatus.get(status);
  }

  readResponse(reference) {
    const response = dereference(this.document, reference);
    if (!response) return null;
    const headers = Object.entries(response.headers ?? {}).map(([name, value]) => this.readHeader(name, value));
    const content = Object.entries(response.content ?? {}).map(([type, media]) => [mediaType(type), media]);
    return { headers, content: new Map(content) };
  }

  readHeader(name, reference) {
    const { required, schema } = dereference(this.document, reference);
    const types = [dereference(this.document, schema)?.type].flat();
    const isNumber = types.includes('integer') || types.includes('number');
    return { name: name.toLowerCase(), required: required === true, schema, isNumber };
  }

  findProblemSchema() {
    for (const { operation } of this.routes) {
      for (const reference of Object.values(operation.responses ?? {})) {
        const schema = dereference(this.document, reference)?.content?.[problemType]?.schema;
        if (schema) return schema;
      }
    }
    return undefined;
  }
}

function readBody({ bytes, body, body_base64: base64 }) {
  return bytes ?? (base64 !== undefined ? Buffer.from(base64, 'base64') : Buffer.from(body ?? ''));
}

function mediaType(value) {
  return (value ?? '').split(';')[0].trim().toLowerCase();
}

function parse(text, failures) {
  try {
    return JSON.parse(text);
  } catch (error) {
    failures.push(`the body is not JSON: ${error.message}`);
    return undefined;
  }
}

function problemCode(exchange, body) {
  if (mediaType(exchange.headers['content-type']) !== problemType) return null;
  return parse(body.toString(), [])?.code ?? null;
}
