#!/usr/bin/env node
// Sends valid and spoilt requests to every operation of the server's OpenAPI document; checks every answer against it.
// node fuzz.mjs --url http://127.0.0.1:PORT --key KEY [--requests 100000] [--seed 1] [--exchanges DIR] [--pid PID]
//   [--log FILE] [--openapi FILE]
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Contract } from '../contract/contract.mjs';
import { checkDocument } from '../contract/document.mjs';
import { Tally } from '../contract/tally.mjs';
import { Client } from './client.mjs';
import { Judge } from './judge.mjs';
import { ServerLog } from './log.mjs';
import { Memory } from './memory.mjs';
import { Report } from './report.mjs';
import { Requests } from './requests.mjs';
import { makeCredentials } from './credentials.mjs';
import { Values } from './values.mjs';
import { World } from './world.mjs';

const connections = 48;
const growthLimitMegabytes = 150;
const leastDecidedShare = 0.5;
const carefulBelow = 0.57;
const recordedPerRouteAndStatus = 20;
const recordedBytes = 64 * 1024;
const refusedInARow = 50;

class Fuzzer {
  constructor(options, document, credentials, unknownRouteCode) {
    this.options = options;
    this.contract = new Contract(document);
    this.world = new World();
    this.client = new Client(options.url, connections);
    this.judge = new Judge(this.contract, unknownRouteCode);
    this.tally = new Tally();
    this.report = new Report(options.url, credentials, options.exchanges);
    this.memory = new Memory(options.pid);
    this.log = new ServerLog(options.log);
    this.requests = new Requests({
      document,
      routes: this.contract.routes,
      world: this.world,
      values: new Values(document),
      credentials,
      seed: options.seed,
    });
    this.next = 0;
    this.done = 0;
    this.decided = 0;
    this.decidedRoutes = new Set();
    this.recorded = [];
    this.refused = 0;
  }

  async run() {
    const startedAt = performance.now();
    const progress = setInterval(() => console.error(`${this.done} requests, ${this.report.failed} failed`), 10_000);
    await Promise.all(Array.from({ length: connections }, () => this.work()));
    clearInterval(progress);
    this.seconds = (performance.now() - startedAt) / 1000;
    this.client.close();
  }

  async work() {
    while (this.next < this.options.requests && this.refused < refusedInARow) {
      const index = this.next++;
      const request = this.requests.make(index, this.decided < carefulBelow * this.done);
      const answer = await this.client.send(request);
      this.take(request, answer);
    }
  }

  take(request, answer) {
    this.done++;
    this.refused = answer.code === 'ECONNREFUSED' ? this.refused + 1 : 0;
    if (this.done === Math.floor(this.options.requests / 5)) this.memory.markWarm();
    if (answer.isClosed) {
      this.tally.add('(closed without an answer)', 0);
      return;
    }
    const verdict = this.judge.judge(request, answer);
    const count = this.tally.add(verdict.label, answer.status ?? 0);
    if (verdict.isDecided) {
      this.decided++;
      this.decidedRoutes.add(verdict.label);
    }
    if (verdict.failures.length > 0) this.report.add(request, answer, verdict);
    else this.world.learn(request, answer.status, answer.headers, verdict.value);
    if (count <= recordedPerRouteAndStatus && answer.fault === undefined) this.record(request, answer);
  }

  record(request, answer) {
    if (this.options.exchanges === undefined || answer.bytes.length > recordedBytes) return;
    const { method, target, isMalformed } = request;
    const content = { body_base64: answer.bytes.toString('base64') };
    this.recorded.push(
      JSON.stringify({
        method,
        target,
        malformed: isMalformed,
        status: answer.status,
        headers: answer.headers,
        ...content,
      }),
    );
  }

  /** Prints everything and returns the number of failures. */
  finish(faults) {
    const { options, tally, report } = this;
    if (this.recorded.length > 0) {
      mkdirSync(options.exchanges, { recursive: true });
      appendFileSync(join(options.exchanges, `fuzz-${options.seed}.jsonl`), `${this.recorded.join('\n')}\n`);
    }
    console.log(tally.table());
    report.print(console.log);
    const general = [...faults.map((fault) => `document: ${fault}`)];
    const labels = this.contract.routes.map((route) => route.label);
    const missed = labels.filter((label) => !tally.has(label));
    const undecided = labels.filter((label) => tally.has(label) && !this.decidedRoutes.has(label));
    if (undecided.length > 0) console.log(`never decided: ${undecided.join(', ')}`);
    if (missed.length > 0) general.push(`never sent: ${missed.join(', ')}`);
    const share = this.decided / Math.max(this.done, 1);
    console.log(`authenticated and decided: ${(100 * share).toFixed(1)} % (at least ${100 * leastDecidedShare} %)`);
    if (share < leastDecidedShare) general.push('too few requests came as far as a decision');
    if (this.done < options.requests)
      general.push(`the server is gone: ${this.done} of ${options.requests} requests sent`);
    const memory = this.memory.finish(growthLimitMegabytes);
    console.log(memory.text);
    if (memory.failure) general.push(memory.failure);
    general.push(...this.log.faults());
    for (const text of general) console.log(`FAILED ${text}`);
    console.log(
      `seed ${options.seed}: ${this.seconds.toFixed(1)} s, ${Math.round(this.done / this.seconds)} requests/s`,
    );
    return report.failed + general.length;
  }
}

async function main() {
  const options = readOptions();
  const document = await loadDocument(options);
  const faults = checkDocument(document);
  const { credentials, unknownRouteCode } = await makeCredentials(options.url, options.key);
  const fuzzer = new Fuzzer(options, document, credentials, unknownRouteCode);
  await fuzzer.run();
  const failed = fuzzer.finish(faults);
  console.log(`fuzz: ${fuzzer.done} requests, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

/** The server's own document, or another one, such as that of an older version. */
async function loadDocument({ url, openapi }) {
  if (openapi !== undefined) return JSON.parse(readFileSync(openapi, 'utf8'));
  const answer = await fetch(`${url}/openapi/v1.json`);
  if (!answer.ok) throw new Error(`GET /openapi/v1.json: ${answer.status}`);
  return answer.json();
}

function readOptions() {
  const text = { type: 'string' };
  const { values } = parseArgs({
    options: { url: text, key: text, requests: text, seed: text, exchanges: text, pid: text, openapi: text, log: text },
  });
  if (!values.url || !values.key) {
    console.error(
      'usage: node fuzz.mjs --url URL --key KEY [--requests N] [--seed N] [--exchanges DIR] [--pid PID] [--log FILE]',
    );
    process.exit(2);
  }
  const { url, key, exchanges, pid, openapi, log } = values;
  return {
    url: url.replace(/\/$/, ''),
    key,
    exchanges,
    pid,
    openapi,
    log,
    requests: Number(values.requests ?? 100_000),
    seed: Number(values.seed ?? 1),
  };
}

process.exitCode = await main();
