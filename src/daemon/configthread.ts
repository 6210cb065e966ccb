/** Runs in a thread of its own: loads the config that it was started for, and tells what came of it. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadConfig } from '../config/files/load.ts';
import { CONFIG_CHECKS } from '../pipeline/checks.ts';

/** What the thread is started with; `now`: epoch ms. */
export interface ConfigThreadData {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly now: number;
}

const { folder, env, now } = workerData as ConfigThreadData;
parentPort?.postMessage(await loadConfig(folder, env, CONFIG_CHECKS, now), []);
