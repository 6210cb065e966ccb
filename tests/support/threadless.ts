/** Does the tasks of threads in this process: a thread that runs the sources takes seconds to start. */
import { pino } from 'pino';
import type { Config } from '../../src/model/config.ts';
import { createEditor } from '../../src/pipeline/editorial.ts';
import { openThreads, type Threads } from '../../src/threads/pool.ts';

export function threadless(config: Config): Threads {
  const { settings } = config;
  const here = { ...config, settings: { ...settings, threads: { ...settings.threads, count: 0 } } };
  const editor = createEditor(config);
  return openThreads({ config: () => here, editor: async () => editor, log: pino({ level: 'silent' }) });
}
