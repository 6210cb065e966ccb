/** Loads a config again while the daemon runs: a large one in a thread, for the YAML of 20,000 sources holds a loop for seconds. */
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { freeze, type LoadResult } from '../config/build.ts';
import { loadConfig } from '../config/files/load.ts';
import { FILE_NAMES } from '../config/schema/schema.ts';
import { CONFIG_CHECKS } from '../pipeline/checks.ts';
import { messageOf } from '../text/messageof.ts';
import { compileSources } from '../threads/compilesources.ts';
import type { ConfigThreadData } from './configthread.ts';

/** Some four hundred sources: a tenth of a second of reading, which a thread takes to begin. */
const SMALL_BYTES = 64 * 1024;
const TYPE = extname(import.meta.url);

/** Never throws. `tell` hears where there was no thread to be had. */
export function configLoader(
  folder: string,
  env: NodeJS.ProcessEnv,
  tell: (message: string) => void,
): () => Promise<LoadResult> {
  return async () => {
    const now = Date.now();
    if ((await bytesOf(folder)) > SMALL_BYTES)
      try {
        return await loadInThread({ folder, env: { ...env }, now });
      } catch (error) {
        tell(messageOf(error));
      }
    return loadConfig(folder, env, CONFIG_CHECKS, now);
  };
}

async function bytesOf(folder: string): Promise<number> {
  const sizes = FILE_NAMES.map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function loadInThread(workerData: ConfigThreadData): Promise<LoadResult> {
  const thread = new Worker(new URL(`configthread${TYPE}`, import.meta.url), {
    workerData,
    execArgv: TYPE === '.ts' ? ['--import', compileSources()] : [],
  });
  const result = await new Promise<LoadResult>((done, fail) => {
    thread.once('message', done);
    thread.once('error', fail);
    thread.once('exit', (code) => fail(new Error(`the thread that loads the config ended (${code})`)));
  });
  await thread.terminate();
  // What a thread sends comes as a copy.
  return freeze(result);
}
