#!/usr/bin/env node
// node check.mjs OPENAPI.json EXCHANGES_DIR: checks the document, and every exchange of every *.jsonl file against it.
import { createReadStream, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Contract } from './contract.mjs';
import { checkDocument } from './document.mjs';
import { Tally } from './tally.mjs';

const shownFailures = 20;

export async function main([documentPath, directory], print = console.log) {
  if (!documentPath || !directory) {
    print('usage: node check.mjs OPENAPI.json EXCHANGES_DIR');
    return 2;
  }
  const document = JSON.parse(readFileSync(documentPath, 'utf8'));
  const faults = checkDocument(document);
  for (const fault of faults) print(`document: ${fault}`);
  const tally = new Tally();
  let failed = faults.length;
  try {
    failed += await checkExchanges(new Contract(document), directory, tally, print);
  } catch (error) {
    if (faults.length === 0) throw error;
    print(`the document is too broken to check exchanges: ${error.message}`);
  }
  print(`contract: ${tally.total} checked, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

/** Prints the table and the first failures; returns how many exchanges failed. */
async function checkExchanges(contract, directory, tally, print) {
  let failed = 0;
  for await (const { place, exchange } of readExchanges(directory)) {
    const isReadable = typeof exchange !== 'string';
    const result = isReadable ? contract.check(exchange) : { label: '(unreadable)', failures: [exchange] };
    tally.add(result.label, exchange.status ?? 0);
    if (result.failures.length > 0 && ++failed <= shownFailures) printFailure(print, place, exchange, result);
  }
  print(tally.table());
  const untouched = contract.routes.map((route) => route.label).filter((label) => !tally.has(label));
  if (untouched.length > 0) print(`without any exchange: ${untouched.join(', ')}`);
  return failed;
}

async function* readExchanges(directory) {
  for (const name of readdirSync(directory)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()) {
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(join(directory, name)), crlfDelay: Infinity })) {
      line++;
      if (text.trim() !== '') yield { place: `${name}:${line}`, exchange: readExchange(text) };
    }
  }
}

/** The exchange, or a text saying why the line is none. */
function readExchange(text) {
  try {
    const exchange = JSON.parse(text);
    const { method, target, status, headers } = exchange;
    const isComplete = typeof method === 'string' && typeof target === 'string' && Number.isInteger(status);
    return isComplete ? { ...exchange, headers: headers ?? {} } : 'an exchange needs method, target and status';
  } catch (error) {
    return `not JSON: ${error.message}`;
  }
}

function printFailure(print, place, exchange, { label, failures }) {
  print(`FAILED ${place} ${label}`);
  for (const failure of failures) print(`  ${failure}`);
  print(`  ${typeof exchange === 'string' ? exchange : JSON.stringify(exchange)}`);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
