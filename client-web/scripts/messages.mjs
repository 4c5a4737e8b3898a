// Keeps src/protocol/messages.ts equal to the declarations that Maven generates from the Java records.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const generated = fileURLToPath(new URL('../../protocol/target/typescript/messages.ts', import.meta.url));
const committed = fileURLToPath(new URL('../src/protocol/messages.ts', import.meta.url));

const command = process.argv[2];
if (command === 'update') {
  update();
} else if (command === 'check') {
  check();
} else {
  fail(`command: ${command} (expected: check or update)`);
}

function update() {
  if (!existsSync(generated)) {
    fail(
      'protocol/target/typescript/messages.ts is not there: run `mvn -pl protocol process-classes` first.',
    );
  }
  copyFileSync(generated, committed);
  console.log('src/protocol/messages.ts is up to date.');
}

function check() {
  // Without a build of the protocol there is nothing to compare; Maven always builds it first.
  if (!existsSync(generated) || readFileSync(generated, 'utf8') === readFileSync(committed, 'utf8')) {
    return;
  }
  fail(
    'src/protocol/messages.ts differs from what the Java records declare: run `npm run types:update`, ' +
      'fix what no longer compiles, and commit both.',
  );
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
