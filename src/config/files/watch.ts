/** Turns changes of the config folder on disk into whole new configs, or into the faults that keep the last good one. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { watch } from 'chokidar';
import type { Config, Fault } from '../../model/config.ts';
import type { Checks } from '../schema/checks.ts';
import { loadConfig } from './load.ts';
import type { LoadResult } from './load.ts';
import { FILE_NAMES } from '../schema/schema.ts';

export interface WatchHandlers {
  /** A valid config whose content differs from the last good one, or the last good one again after faults. */
  readonly onConfig: (config: Config) => void;
  /** The content is faulty; the last good config stays in force. Told once for the same faults. */
  readonly onFaults: (faults: readonly Fault[]) => void;
}

export interface WatchOptions {
  /** Version of the config in force, so that no change since it was loaded is missed; default: what is there now. */
  readonly version?: string;
}

// Editors write, rename and set times within a few milliseconds; one load for all of it.
const DEBOUNCE_MS = 150;
const MAX_DEBOUNCE_MS = 500;
// An empty or vanished file, or a fault, is believed only when it lasts: some editors truncate or unlink, then write.
const CONFIRM_MS = 300;
const MAX_ROUNDS = 5;
// Bind mounts, network folders and a folder removed and made again bring no events; four stat calls a second do.
const SWEEP_MS = 750;

/** Inode, size and times of each file behind its links; differs as soon as one is written, swapped or removed. */
async function signatureOf(folder: string): Promise<string> {
  const parts = await Promise.all(
    FILE_NAMES.map(async (name) => {
      const found = await stat(join(folder, name), { bigint: true }).catch(() => null);
      return found === null ? '-' : `${found.dev}.${found.ino}.${found.size}.${found.mtimeNs}.${found.ctimeNs}`;
    }),
  );
  return parts.join(' ');
}

const hasGap = (signature: string, before: string): boolean => {
  const earlier = before.split(' ');
  return signature
    .split(' ')
    .some((part, index) => part.split('.')[2] === '0' || (part === '-' && earlier[index] !== '-'));
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Watches the folder until closed. A change is in force within 2 s. Unchanged content is not announced; content that
 * is good again after faults is, so that they clear. `close` waits for a load under way, after which no handler runs.
 */
export async function watchConfig(
  folder: string,
  env: NodeJS.ProcessEnv,
  checks: Checks,
  handlers: WatchHandlers,
  options: WatchOptions = {},
): Promise<{ close: () => Promise<void> }> {
  const state = {
    closed: false,
    /** Version of the last good config. */
    good: options.version ?? null,
    /** Faults last told; null once they are mended. */
    told: null as string | null,
    seen: await signatureOf(folder),
    pendingSince: null as number | null,
  };
  let timer: NodeJS.Timeout | undefined;
  let loading: Promise<void> = Promise.resolve();

  const announce = (result: LoadResult): void => {
    if (state.closed) return;
    if (!result.ok) {
      const told = JSON.stringify(result.faults);
      if (told === state.told) return;
      state.told = told;
      handlers.onFaults(result.faults);
      return;
    }
    if (result.config.version === state.good && state.told === null) return;
    state.good = result.config.version;
    state.told = null;
    handlers.onConfig(result.config);
  };

  const reload = async (): Promise<void> => {
    for (let round = 1; round <= MAX_ROUNDS && !state.closed; round++) {
      const before = await signatureOf(folder);
      const result = await loadConfig(folder, env, checks, Date.now());
      if (!result.ok || hasGap(before, state.seen)) await wait(CONFIRM_MS);
      const after = await signatureOf(folder);
      // Under a writer that never rests the last reading stands; the next sweep reads again.
      if (after !== before && round < MAX_ROUNDS) continue;
      state.seen = before;
      announce(result);
      return;
    }
  };

  const run = (): void => {
    state.pendingSince = null;
    loading = loading.then(reload);
  };
  const schedule = (): void => {
    if (state.closed) return;
    const now = Date.now();
    state.pendingSince ??= now;
    if (now - state.pendingSince > MAX_DEBOUNCE_MS) return;
    clearTimeout(timer);
    timer = setTimeout(run, DEBOUNCE_MS);
  };

  const watcher = watch(folder, {
    ignoreInitial: true,
    depth: 0,
    ignored: (path, stats) => stats?.isFile() === true && !/\.ya?ml$/.test(path),
  });
  watcher.on('all', schedule);
  watcher.on('error', schedule);

  if (state.good === null) {
    const first = await loadConfig(folder, env, checks, Date.now());
    if (first.ok) state.good = first.config.version;
    else announce(first);
  } else run();
  await loading;

  let sweeping = false;
  const sweep = async (): Promise<void> => {
    if (sweeping) return;
    sweeping = true;
    if ((await signatureOf(folder)) !== state.seen) schedule();
    sweeping = false;
  };
  const sweeper = setInterval(() => void sweep(), SWEEP_MS);

  const close = async (): Promise<void> => {
    state.closed = true;
    clearTimeout(timer);
    clearInterval(sweeper);
    await watcher.close();
    await loading;
  };
  return { close };
}
