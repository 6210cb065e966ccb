/**
 * Loads the config in a thread of its own: the YAML of 20,000 sources holds a loop for seconds, and what reads and checks it
 * takes 10 MB of heap, which end with the thread.
 */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LoadResult } from '../config/build.ts';
import { freeze, shareStrings } from '../config/freeze.ts';
import { messageOf } from '../text/messageof.ts';
import { compileSources } from '../threads/compilesources.ts';
import type { ConfigThreadData } from './configthread.ts';

const TYPE = extname(import.meta.url);

/** Never throws. `tell` hears where there was no thread to be had. */
export function configLoader(
  folder: string,
  env: NodeJS.ProcessEnv,
  tell: (message: string) => void,
): () => Promise<LoadResult> {
  return async () => {
    const now = Date.now();
    try {
      return await loadInThread({ folder, env: { ...env }, now });
    } catch (error) {
      tell(messageOf(error));
    }
    const [{ loadConfig }, { CONFIG_CHECKS }] = await Promise.all([
      import('../config/files/load.ts'),
      import('../pipeline/checks.ts'),
    ]);
    return loadConfig(folder, env, CONFIG_CHECKS, now);
  };
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
  return freeze(shareStrings(result));
}
