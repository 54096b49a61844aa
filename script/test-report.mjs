// Reads the report of an xunit run: prints `passed failed skipped`, and writes what failed, with its messages, to a file.
//   node script/test-report.mjs REPORT.xml FAILURES
import { readFileSync, writeFileSync } from 'node:fs';

const [report, failures] = process.argv.slice(2);
const xml = readFileSync(report, 'utf8');
const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const textOf = (escaped) => escaped.replace(/<!\[CDATA\[|\]\]>/g, '').replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name]);
const attribute = (tag, name) => textOf(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

const total = { passed: 0, failed: 0, skipped: 0 };
for (const [tag] of xml.matchAll(/<assembly [^>]*>/g)) {
  const number = (name) => Number(attribute(tag, name) || 0);
  total.passed += number('passed');
  total.failed += number('failed') + number('errors');
  total.skipped += number('skipped') + number('not-run');
}

const told = [];
// A test that failed, or an error outside of tests, such as in what cleans up after a class. A test that passed may be
// an element without content.
for (const [, tag, body] of xml.matchAll(/(<(?:test|error) [^>]*[^/]>)((?:(?!<\/(?:test|error)>)[^])*?<failure[^]*?<\/failure>)/g)) {
  const message = textOf(/<message>([^]*?)<\/message>/.exec(body)?.[1] ?? 'no message');
  const places = textOf(/<stack-trace>([^]*?)<\/stack-trace>/.exec(body)?.[1] ?? '').split('\n').filter((line) => / in \/.*:line \d+/.test(line));
  const lines = [...message.split('\n').slice(0, 20), ...places.slice(0, 2)].map((line) => `    ${line.trimEnd().slice(0, 500)}`);
  told.push([`${attribute(tag, 'name') || attribute(tag, 'type')}`, ...lines].join('\n'));
}

if (total.failed > 0) writeFileSync(failures, `${told.join('\n') || 'The report does not tell what failed.'}\n`);
console.log(`${total.passed} ${total.failed} ${total.skipped}`);
