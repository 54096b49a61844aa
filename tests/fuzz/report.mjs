// Collects failures by kind and prints how to repeat them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const kindLimit = 20;
const knownLimit = 200;
const bodyLimit = 3000;

export class Report {
  /** Bodies too long for a command line go to files in the directory, if there is one. */
  constructor(url, credentials, directory) {
    this.url = url;
    this.directory = directory;
    this.credentials = Object.entries(credentials);
    this.kinds = new Map();
    this.failed = 0;
  }

  add(request, answer, { label, failures }) {
    this.failed++;
    const kind = `${answer.status ?? 'no answer'}: ${failures[0].replace(/\d{4,}|"[^"]{20,}"/g, '…')}`;
    if (!this.kinds.has(kind)) {
      if (this.kinds.size >= knownLimit) return;
      this.kinds.set(kind, { count: 0, labels: new Set(), request, answer, failures });
    }
    const known = this.kinds.get(kind);
    known.count++;
    known.labels.add(label);
  }

  print(print) {
    const all = [...this.kinds];
    for (const [kind, { count, labels, request, answer, failures }] of all.slice(0, kindLimit)) {
      print(`FAILED ${count} times: ${kind}`);
      print(`  on ${[...labels].join(', ')}`);
      print(`  first: request ${request.index} (${request.mutations.join(', ') || 'valid'}) as ${request.role}`);
      for (const failure of failures) print(`  ${failure}`);
      if (answer.bytes?.length > 0) print(`  answered: ${printable(answer.bytes.toString('utf8', 0, 600))}`);
      print(`  ${this.reproduction(request)}`);
    }
    if (all.length > kindLimit) print(`and ${all.length - kindLimit} more kinds:`);
    for (const [kind, { count }] of all.slice(kindLimit)) print(`  ${count} times: ${kind}`);
  }

  /** A shell command that sends the same bytes; keys are variables such as $ADMIN_KEY. */
  reproduction(request) {
    if (request.raw !== undefined) {
      const { port, hostname } = new URL(this.url);
      const socket = `exec 3<>/dev/tcp/${hostname}/${port}; cat >&3; timeout 2 cat <&3`;
      return `${this.echo(request.raw, request)} | bash -c '${socket}'`;
    }
    const headers = request.headers.map(
      ([name, value]) => `-H ${this.quote(value === '' ? `${name};` : `${name}: ${value}`)}`,
    );
    const data = request.body === null ? [] : ['--data-binary @-'];
    if (request.isChunked) headers.push("-H 'Transfer-Encoding: chunked'");
    const method = request.method === 'HEAD' ? '-I' : `-X ${request.method}`;
    const command = [
      'curl -sik --path-as-is -g',
      method,
      ...headers,
      ...data,
      this.quote(this.url + request.target),
    ].join(' ');
    return request.body === null ? command : `${this.echo(request.body, request)} | ${command}`;
  }

  echo(bytes, { index }) {
    const text = bytes.toString('latin1');
    if (bytes.length > bodyLimit) return this.printFile(bytes, index);
    if (/^[\x20-\x7e]*$/.test(text) && this.mask(text) === text) return `printf %s ${this.quote(text)}`;
    return `printf ${this.quote(text.replace(/[\\%]|[^\x20-\x7e]/g, escapeForPrintf))}`;
  }

  printFile(bytes, index) {
    if (this.directory === undefined) {
      return `(${bytes.length} bytes, starting ${this.quote(printable(bytes.toString('latin1', 0, 100)))})`;
    }
    const path = join(this.directory, `request-${index}.bin`);
    mkdirSync(this.directory, { recursive: true });
    writeFileSync(path, bytes);
    return `cat ${path}`;
  }

  quote(text) {
    const quoted = `'${this.mask(text).replaceAll("'", "'\\''")}'`;
    return quoted.replace(/\$([A-Z]+_KEY)/g, `'"$$$1"'`);
  }

  mask(text) {
    return this.credentials.reduce(
      (masked, [name, { key }]) => masked.replaceAll(key, `$${name.toUpperCase()}_KEY`),
      text,
    );
  }
}

function escapeForPrintf(character) {
  if (character === '\\') return '\\\\';
  if (character === '%') return '%%';
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}

function printable(text) {
  return JSON.stringify(text).slice(1, -1);
}
