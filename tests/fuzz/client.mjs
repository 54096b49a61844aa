// Sends requests over keep-alive connections, or raw bytes over a socket of their own, and reads the first answer.
import http from 'node:http';
import net from 'node:net';

const timeoutMs = 10_000;
const streamGraceMs = 150;
const unfinishedGraceMs = 150;
const answerLimit = 32 * 1024 * 1024;

export class Client {
  constructor(url, connections) {
    const { hostname, port } = new URL(url);
    this.hostname = hostname;
    this.port = Number(port);
    this.agent = new http.Agent({
      keepAlive: true,
      maxSockets: connections,
      maxFreeSockets: connections,
      scheduling: 'lifo',
    });
  }

  /** {status, headers, bytes, isStream}, or {fault} when there is no answer; {isClosed: true} where that is allowed. */
  async send(request) {
    if (request.raw !== undefined) return this.sendRaw(request);
    const first = await this.sendHttp(request);
    return first.wasIdle ? this.sendHttp(request) : first; // The server may close an idle connection at any moment.
  }

  sendHttp(request) {
    const { promise, settle, deadline } = pending(timeoutMs, () => outgoing?.destroy());
    let outgoing;
    try {
      outgoing = http.request(this.optionsOf(request));
    } catch (error) {
      settle({ fault: `the fuzzer made a request that it cannot send: ${error.message}` });
      return promise;
    }
    let answered = false;
    outgoing.on('response', (incoming) => {
      answered = true;
      readAnswer(incoming, outgoing, settle);
    });
    outgoing.on('upgrade', (incoming, socket) => {
      socket.destroy();
      settle({ status: incoming.statusCode, headers: incoming.headers, bytes: Buffer.alloc(0), isStream: true });
    });
    outgoing.on('error', (error) => {
      if (answered) return;
      settle({
        wasIdle: outgoing.reusedSocket && error.code === 'ECONNRESET',
        code: error.code,
        fault: `no answer: ${error.code ?? error.message}`,
      });
    });
    outgoing.on('close', () => clearTimeout(deadline));
    outgoing.end(request.body ?? undefined);
    return promise;
  }

  optionsOf(request) {
    const { method, target } = request;
    return {
      agent: this.agent,
      host: this.hostname,
      port: this.port,
      method,
      path: target,
      headers: this.rawHeaders(request),
    };
  }

  rawHeaders(request) {
    const result = ['Host', `${this.hostname}:${this.port}`];
    for (const [name, value] of request.headers) result.push(name, value);
    if (request.isChunked && request.body) result.push('Transfer-Encoding', 'chunked');
    else if (request.body || /^(PUT|POST|PATCH)$/.test(request.method))
      result.push('Content-Length', String(request.body?.length ?? 0));
    return result;
  }

  /** The first of the answers; all that the request wants must come, unless the connection closes before. */
  sendRaw(request) {
    const wanted = request.answersWanted ?? 1;
    const chunks = [];
    let count = 0;
    const { promise, settle } = pending(
      timeoutMs,
      () => socket.destroy(),
      () => `${count} of ${wanted} answers`,
    );
    const socket = net.connect(this.port, this.hostname, () => socket.write(request.raw));
    const look = (isEnded) => {
      const answers = parseAnswers(Buffer.concat(chunks), isEnded, request.method);
      count = answers.length;
      if (count === 0 || (count < wanted && !isEnded && answers[0].fault === undefined)) return false;
      settle(answers[0]);
      socket.destroy();
      return true;
    };
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      look(false);
    });
    // Without an answer is how a server may end a connection that carried no valid or no complete request.
    socket.on('close', () => {
      if (!look(true)) settle(request.isMalformed ? { isClosed: true } : { fault: 'closed without an answer' });
    });
    socket.on('error', () => {});
    if (request.isUnfinished) setTimeout(() => socket.end(), unfinishedGraceMs);
    return promise;
  }

  close() {
    this.agent.destroy();
  }
}

function pending(limitMs, onTimeout, describe = () => 'no whole answer') {
  let settle;
  const promise = new Promise((resolve) => {
    settle = resolve;
  });
  const deadline = setTimeout(() => {
    settle({ fault: `hang: ${describe()} within ${limitMs / 1000} s`, isHang: true });
    onTimeout();
  }, limitMs);
  const finish = (answer) => {
    clearTimeout(deadline);
    settle(answer);
  };
  return { promise, deadline, settle: finish };
}

function readAnswer(incoming, outgoing, settle) {
  const chunks = [];
  let length = 0;
  const isStream = (incoming.headers['content-type'] ?? '').startsWith('text/event-stream');
  const done = (fault) =>
    settle({ status: incoming.statusCode, headers: incoming.headers, bytes: Buffer.concat(chunks), isStream, fault });
  let grace;
  const closeStream = () => {
    clearTimeout(grace);
    done();
    outgoing.destroy();
  };
  if (isStream) grace = setTimeout(closeStream, streamGraceMs);
  incoming.on('data', (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > answerLimit) outgoing.destroy();
    else if (isStream) closeStream();
  });
  incoming.on('end', () => {
    clearTimeout(grace);
    done();
  });
  incoming.on('error', (error) => {
    clearTimeout(grace);
    done(isStream ? undefined : `the answer broke off after ${length} bytes: ${error.code}`);
  });
}

/** The whole answers in the bytes; one with a fault ends the list. The first is to the method, the others to GET. */
function parseAnswers(bytes, isEnded, method) {
  const answers = [];
  for (let rest = bytes; rest.length > 0;) {
    const answer = parseAnswer(rest, isEnded, answers.length === 0 ? method : 'GET');
    if (answer === null) break;
    answers.push(answer);
    if (answer.fault !== undefined || answer.isStream) break;
    rest = rest.subarray(answer.length);
  }
  return answers;
}

/** The first final answer in the bytes, or null while it is not complete. */
function parseAnswer(bytes, isEnded, method) {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return isEnded ? { fault: 'an answer that is not HTTP', bytes } : null;
  const [line, ...fields] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1]);
  if (!(status >= 100)) return { fault: 'an answer that is not HTTP', bytes };
  const bodyStart = headEnd + 4;
  if (status < 200 && status !== 101) {
    const final = parseAnswer(bytes.subarray(bodyStart), isEnded, method);
    return final && { ...final, length: final.length + bodyStart };
  }
  const headers = {};
  for (const field of fields) {
    const colon = field.indexOf(':');
    headers[field.slice(0, colon).toLowerCase()] = field.slice(colon + 1).trim();
  }
  const body = readBody(bytes.subarray(bodyStart), headers, status, method, isEnded);
  if (body === null) return isEnded ? { fault: 'the answer broke off', bytes } : null;
  const isStream = (headers['content-type'] ?? '').startsWith('text/event-stream') && method !== 'HEAD';
  return { status, headers, bytes: body.bytes, isStream, length: bodyStart + body.length };
}

/** {bytes, length}: the body, and the bytes it takes on the wire. */
function readBody(rest, headers, status, method, isEnded) {
  if (method === 'HEAD' || status === 204 || status === 304 || status === 101)
    return { bytes: Buffer.alloc(0), length: 0 };
  if ((headers['content-type'] ?? '').startsWith('text/event-stream')) return { bytes: rest, length: rest.length };
  if (headers['transfer-encoding'] === 'chunked') return readChunks(rest);
  if (headers['content-length'] === undefined) return isEnded ? { bytes: rest, length: rest.length } : null;
  const length = Number(headers['content-length']);
  return rest.length >= length ? { bytes: rest.subarray(0, length), length } : null;
}

function readChunks(rest) {
  const chunks = [];
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = parseInt(rest.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + (size > 0 ? size : 0) + 2;
    if (rest.length < next) return null;
    if (!(size > 0)) return { bytes: Buffer.concat(chunks), length: next };
    chunks.push(rest.subarray(lineEnd + 2, next - 2));
    at = next;
  }
}
