/** Lets threads run the sources as they are, in tests and in development. */

/** A module that has a thread compile the sources, as tests run them; `--import tsx` itself does so in the first thread only. */
export function compileSources(): string {
  const tsx = import.meta.resolve('tsx/esm/api');
  return `data:text/javascript,import { register } from ${JSON.stringify(tsx)}; register();`;
}
