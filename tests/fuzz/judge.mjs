// Says of an answer whether it is a failure, and whether the request came as far as a decision.
import { codesFor } from '../contract/document.mjs';

// Signs of an exception or of the server's own files. The fuzzer never sends these texts, so no echo can hold them.
const leaks = ['   at ', '/src/', 'Exception', '.cs:line', 'Microsoft.', 'SQLite Error', 'Stack trace'];
const decidedStatuses = new Set([304, 403, 409, 410, 412, 422]);

export class Judge {
  /** `unknownRouteCode` is the code of the answer to a path that nobody has. */
  constructor(contract, unknownRouteCode) {
    this.contract = contract;
    this.unknownRouteCode = unknownRouteCode;
  }

  /** {label, failures, isDecided, value}: `value` is the parsed JSON body, where there is one. */
  judge(request, answer) {
    if (answer.fault !== undefined) return { label: labelOf(request), failures: [answer.fault], isDecided: false };
    const exchange = {
      method: request.method,
      target: request.target,
      status: answer.status,
      headers: answer.headers,
      bytes: answer.bytes,
      malformed: request.isMalformed === true,
    };
    const result = this.contract.check(exchange);
    const failures = [...result.failures];
    if (/`errors`/.test(result.value?.hint) && !(result.value.errors?.length > 0) && result.route) {
      failures.push(`the hint of ${result.code} points to errors, and there are none`);
    }
    const leak = leaks.find((text) => answer.bytes.includes(text));
    if (leak !== undefined) failures.push(`the body holds ${JSON.stringify(leak)}`);
    if (answer.status >= 500 && !this.isDocumented(request, answer.status, result))
      failures.unshift(`${answer.status} ${result.code ?? 'without a code'}`);
    return {
      label: result.label,
      failures,
      isDecided: this.isDecided(request, answer.status, result),
      value: result.value,
    };
  }

  /** A server that cannot serve now says so with a documented code; a 500 is always its own mistake. */
  isDocumented({ method }, status, { route, code }) {
    if (status === 500) return false;
    if (route === null && code === null) return true; // Judged as an answer of the web server to malformed bytes.
    if (method === 'HEAD') return true; // Its code is in the body that HEAD leaves out; the status was judged.
    const extensions = [route?.operation['x-error-codes'], this.contract.document['x-common-error-codes']];
    return extensions.some((extension) => codesFor(extension, status).includes(code));
  }

  isDecided(request, status, { route, code }) {
    if (route === null || request.role === 'none' || request.role === 'ticket') return false;
    if (status >= 200 && status < 300) return true;
    return decidedStatuses.has(status) || (status === 404 && code !== this.unknownRouteCode);
  }
}

function labelOf(request) {
  return request.isMalformed ? '(malformed request)' : request.route.label;
}
