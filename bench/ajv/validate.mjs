// Validates documents with Ajv, on command: a line `MODE DOCUMENT COUNT` on standard input is answered with a line of
// nanoseconds. MODE: parse (decode, parse and validate bytes) or object (validate what was parsed before).
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [schemaPath, ...documentPaths] = process.argv.slice(2);
const ajv = new Ajv2020();
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schemaPath, "utf8")));
const documents = documentPaths.map((path) => {
  const bytes = readFileSync(path);
  return { bytes, object: JSON.parse(bytes.toString()) };
});

const modes = {
  parse: ({ bytes }) => validate(JSON.parse(bytes.toString())),
  object: ({ object }) => validate(object),
};

// Both sides must come to the same verdicts: the last document is not valid.
const verdicts = documents.map(modes.parse);
console.log(`ready ${verdicts.join(" ")}`);

for await (const line of createInterface({ input: process.stdin })) {
  const [mode, document, count] = line.split(" ");
  const run = modes[mode];
  const subject = documents[Number(document)];
  const start = process.hrtime.bigint();
  let valid = 0;
  for (let index = 0; index < Number(count); index++) if (run(subject)) valid++;
  const elapsed = process.hrtime.bigint() - start;
  console.log(valid === Number(count) ? `${elapsed}` : "invalid");
}
