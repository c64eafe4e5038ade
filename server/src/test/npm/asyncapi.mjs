// Prints every error and warning that AsyncAPI's parser finds in a document, one a line. AsyncAPI's
// CLI wraps the same parser, but needs a newer Node and a gigabyte.
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const SEVERITIES = ['error', 'warning', 'information', 'hint'];

const file = process.argv[2];
const found = await new Parser().validate(readFileSync(file, 'utf8'), { source: file });
for (const { severity, code, path, message } of found) {
  console.log(`${SEVERITIES[severity]} ${code} at /${path.join('/')}: ${message}`);
}
process.exitCode = found.length > 0 ? 1 : 0;
