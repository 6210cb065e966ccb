/** Waits for something, but not for longer than it is given. */

/** Resolves once `running` has, or after `ms`; rejects where `running` does before. */
export async function within(running: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, ms);
  });
  try {
    await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
