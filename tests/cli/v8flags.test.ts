/** How much V8 lets a thread of the program make before it looks what of it is needed. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** Megabytes that the heap of a thread may have, which is started by a program that begins with these statements. */
function heapOfThread(statements: string): number {
  const program = `${statements}
    import { Worker } from 'node:worker_threads';
    const body = "require('node:worker_threads').parentPort.postMessage(require('node:v8').getHeapStatistics().heap_size_limit)";
    new Worker(body, { eval: true, execArgv: [] }).on('message', (bytes) => console.log(bytes / 2 ** 20));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  return Number(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' }));
}

it('has 12 MB for what is new, 36 less than V8 gives', () => {
  const flags = new URL('../../src/cli/v8flags.ts', import.meta.url).href;
  expect(heapOfThread('') - heapOfThread(`import ${JSON.stringify(flags)};`)).toBe(36);
});
