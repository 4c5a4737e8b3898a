// The line between a script and the Java tests: one command per line on stdin, one message per line on stdout.
import { createInterface } from 'node:readline';

/** The requests to the Java tests that have no answer yet, by number. */
const requests = new Map();
let lastNumber = 0;

/** Runs each command as the operation of its name, and tells its result if it is a call. Ends with the Java tests. */
export function serve(operations, end = () => {}) {
  createInterface({ input: process.stdin })
    .on('line', line => handle(operations, JSON.parse(line)))
    .on('close', async () => {
      await end();
      process.exit(0);
    });
}

export function tell(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Asks the Java tests for something, and returns the result. */
export function ask(request) {
  lastNumber += 1;
  return new Promise((resolve, reject) => {
    requests.set(lastNumber, { resolve, reject });
    tell({ ...request, request: lastNumber });
  });
}

async function handle(operations, { call, op, ...command }) {
  if (op === 'answer') {
    settle(command);
    return;
  }
  try {
    const result = await operations[op](command);
    if (call) {
      tell({ call, result: result ?? null });
    }
  } catch (error) {
    if (!call) {
      throw error;
    }
    tell({ call, error: error.stack });
  }
}

function settle({ request, result, error }) {
  const { resolve, reject } = requests.get(request);
  requests.delete(request);
  if (error) {
    reject(new Error(error));
  } else {
    resolve(result);
  }
}
