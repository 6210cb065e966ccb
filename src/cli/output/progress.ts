/** Shows on a terminal how far a long command is; a file or a pipe gets nothing of it. */

const WIDTH = 20;

/** Writes `done` of `all` in place of what stood on the line. */
export function showProgress(done: number, all: number): void {
  const filled = all === 0 ? WIDTH : Math.round((WIDTH * done) / all);
  const bar = `[${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}]`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${bar} ${done}/${all}`);
}

/** Leaves an empty line for what comes. */
export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
