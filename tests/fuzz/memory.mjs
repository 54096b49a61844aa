// Watches the resident memory of the server process.
import { readFileSync } from 'node:fs';

const intervalMs = 500;
const smoothed = 6;

export class Memory {
  constructor(pid) {
    this.pid = pid;
    this.samples = [];
    this.warm = null;
    if (pid === undefined) return;
    this.timer = setInterval(() => this.sample(), intervalMs);
    this.timer.unref();
    this.sample();
  }

  sample() {
    const megabytes = readMegabytes(this.pid);
    if (megabytes !== null) this.samples.push(megabytes);
  }

  /** The mean of the newest samples: one sample alone depends on when the last collection was. */
  now() {
    const newest = this.samples.slice(-smoothed);
    return newest.reduce((sum, value) => sum + value, 0) / newest.length;
  }

  markWarm() {
    if (this.pid !== undefined) this.warm = this.now();
  }

  /** {text, failure}: growth since the warm-up against the limit in MB. */
  finish(limit) {
    if (this.pid === undefined) return { text: 'memory: not watched (no --pid)', failure: null };
    clearInterval(this.timer);
    this.sample();
    if (this.samples.length === 0) return { text: 'memory: unknown', failure: `process ${this.pid} cannot be watched` };
    const end = this.now();
    const growth = end - (this.warm ?? end);
    const highest = Math.max(...this.samples);
    const show = (value) => `${Math.round(value)} MB`;
    const steps = [`${show(this.samples[0])} at start`, `${show(this.warm ?? end)} warm`, `${show(end)} at end`];
    const text = `memory: ${steps.join(', ')}, ${show(highest)} at most`;
    return { text, failure: growth > limit ? `memory grew by ${show(growth)} after the warm-up` : null };
  }
}

/** Null when there is no such process any more. */
function readMegabytes(pid) {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
