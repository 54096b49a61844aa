// Reads what the server wrote to its log during the run: a fault behind a closed connection shows nowhere else.
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

const faultLine = /^(fail|crit): |"LogLevel":"(Error|Critical)"|^Unhandled exception/;
const readLimit = 32 * 1024 * 1024;
const shown = 10;

export class ServerLog {
  constructor(path) {
    this.path = path;
    this.start = path === undefined ? 0 : statSync(path).size;
  }

  /** One line for every kind of fault that the server logged. */
  faults() {
    if (this.path === undefined) return [];
    const kinds = new Map();
    for (const line of this.read()
      .split('\n')
      .filter((text) => faultLine.test(text))) {
      const kind = line.slice(0, 300).replace(/[0-9a-f]{32}|\d{4,}/g, '…');
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    return [...kinds].slice(0, shown).map(([kind, count]) => `${count} times in the server's log: ${kind}`);
  }

  read() {
    const file = openSync(this.path, 'r');
    const bytes = Buffer.alloc(Math.min(fstatSync(file).size - this.start, readLimit));
    readSync(file, bytes, 0, bytes.length, this.start);
    closeSync(file);
    return bytes.toString();
  }
}
