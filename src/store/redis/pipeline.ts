/** Unwraps what a pipeline answers. */

/** Throws the first error of a pipeline, which ioredis reports as values. */
export async function check(running: Promise<[Error | null, unknown][] | null>): Promise<unknown[]> {
  const rows = (await running) ?? [];
  for (const [error] of rows) if (error !== null) throw error;
  return rows.map(([, value]) => value);
}
