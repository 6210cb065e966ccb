/** Notices changes of the config folder on disk, and tells of the new config or of the faults that keep the last good one. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { watch } from 'chokidar';
import type { Config, Fault } from '../../model/config.ts';
import type { LoadResult } from '../build.ts';
import { FILE_NAMES } from '../filenames.ts';

export interface WatchHandlers {
  /** A valid config whose content differs from the last good one, or the last good one again after faults. */
  readonly onConfig: (config: Config) => void;
  /** The content is faulty; the last good config stays in force. Told once for the same faults. */
  readonly onFaults: (faults: readonly Fault[]) => void;
}

/** What is in force when the watch begins, so that no change since it was loaded is missed. */
interface LoadedBefore {
  readonly version: string;
  /** Of the files, from before they were read. */
  readonly signature: string;
}

// Editors write, rename and set times within a few milliseconds; one load for all of it.
const DEBOUNCE_MS = 150;
const MAX_DEBOUNCE_MS = 500;
// An empty or vanished file, or a fault, counts only when it lasts: some editors truncate or unlink, then write.
const CONFIRM_MS = 300;
const MAX_ROUNDS = 5;
// Bind mounts, network folders and a folder removed and made again bring no events; four stat calls a second do.
const SWEEP_MS = 750;

/** Inode, size and times of each file behind its links; differs as soon as one is written, swapped or removed. */
export async function configSignature(folder: string): Promise<string> {
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

/** What one watch knows of its folder. */
interface Watched {
  readonly folder: string;
  readonly handlers: WatchHandlers;
  readonly load: () => Promise<LoadResult>;
  closed: boolean;
  /** Version of the last good config; null before there was one. */
  good: string | null;
  /** Faults last told, as JSON; null once they are mended. */
  told: string | null;
  /** Signature of the files that were read last. */
  seen: string;
}

function announce(watched: Watched, result: LoadResult): void {
  if (watched.closed) return;
  if (!result.ok) {
    const told = JSON.stringify(result.faults);
    if (told === watched.told) return;
    watched.told = told;
    watched.handlers.onFaults(result.faults);
    return;
  }
  if (result.config.version === watched.good && watched.told === null) return;
  watched.good = result.config.version;
  watched.told = null;
  watched.handlers.onConfig(result.config);
}

/** Reads until two looks at the files agree, then tells what was read. */
async function reload(watched: Watched): Promise<void> {
  for (let round = 1; round <= MAX_ROUNDS && !watched.closed; round++) {
    const before = await configSignature(watched.folder);
    const result = await watched.load();
    if (!result.ok || hasGap(before, watched.seen)) await wait(CONFIRM_MS);
    const after = await configSignature(watched.folder);
    // Where something goes on writing, the last reading is taken; the next sweep reads again.
    if (after !== before && round < MAX_ROUNDS) continue;
    watched.seen = before;
    announce(watched, result);
    return;
  }
}

/** Runs `task` once for a burst of calls, never twice at a time. */
function debounce(task: () => Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  let waitingSince: number | null = null;
  let running: Promise<void> = Promise.resolve();
  const run = (): void => {
    waitingSince = null;
    running = running.then(task);
  };
  return {
    run,
    schedule(): void {
      const now = Date.now();
      waitingSince ??= now;
      if (now - waitingSince > MAX_DEBOUNCE_MS) return;
      clearTimeout(timer);
      timer = setTimeout(run, DEBOUNCE_MS);
    },
    cancel: () => clearTimeout(timer),
    /** Ends with the run under way. */
    finished: () => running,
  };
}

/**
 * Watches the folder until closed. `load` must not throw; without `before` what is there now counts as known. A change is
 * in force within 2 s. Unchanged content is not announced; content that is good again after faults is, so that they clear.
 * `close` waits for a load under way, after which no handler runs.
 */
export async function watchConfig(
  folder: string,
  load: () => Promise<LoadResult>,
  handlers: WatchHandlers,
  before?: LoadedBefore,
): Promise<{ close: () => Promise<void> }> {
  const watched: Watched = {
    folder,
    handlers,
    load,
    closed: false,
    good: before?.version ?? null,
    told: null,
    seen: await configSignature(folder),
  };
  const reloads = debounce(() => reload(watched));
  const schedule = (): void => {
    if (!watched.closed) reloads.schedule();
  };
  const watcher = watch(folder, {
    ignoreInitial: true,
    depth: 0,
    ignored: (path, stats) => stats?.isFile() === true && !/\.ya?ml$/.test(path),
  });
  watcher.on('all', schedule);
  watcher.on('error', schedule);

  if (watched.good === null) {
    const first = await watched.load();
    if (first.ok) watched.good = first.config.version;
    else announce(watched, first);
  } else if (watched.seen !== before?.signature) reloads.run();
  await reloads.finished();

  let sweeping = false;
  const sweep = async (): Promise<void> => {
    if (sweeping) return;
    sweeping = true;
    if ((await configSignature(folder)) !== watched.seen) schedule();
    sweeping = false;
  };
  const sweeper = setInterval(() => void sweep(), SWEEP_MS);

  const close = async (): Promise<void> => {
    watched.closed = true;
    reloads.cancel();
    clearInterval(sweeper);
    await watcher.close();
    await reloads.finished();
  };
  return { close };
}
