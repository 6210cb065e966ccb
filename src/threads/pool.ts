/** Does tasks on foreign text in threads, so that readers are served meanwhile; one that takes too long ends its thread. */
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { Logger } from 'pino';
import { Tinypool } from 'tinypool';
import type { Config } from '../model/config.ts';
import type { Editor, EditorConfig } from '../pipeline/editorial.ts';
import { messageOf } from '../text/messageof.ts';
import type { TaskFault } from './taskfault.ts';
import { compileSources } from './compilesources.ts';
import { processorTimeOf } from './processortime.ts';
import { type Call, LONG, STEPS, type TaskName, TASKS, type Tasks, type ThreadData } from './tasks.ts';

export interface Threads {
  /**
   * Does a task under the config in force. A step that cannot be done is a value, and `at` says which; what fails before
   * the first step is the program's own affair, and throws. `given`: bytes of the input that the caller needs no more.
   * What has its memory for itself is moved to the thread instead of copied, and is empty here from then on.
   */
  readonly run: <T extends TaskName>(
    task: T,
    input: Tasks[T]['input'],
    given?: readonly Uint8Array[],
  ) => Promise<Done<T>>;
  readonly stop: () => Promise<void>;
}

export type Done<T extends TaskName> =
  | { readonly ok: true; readonly value: Tasks[T]['output'] }
  | { readonly ok: false; readonly at: number; readonly fault: TaskFault };

export interface ThreadsDeps {
  readonly config: () => Config;
  /** The editor of the config in force, for a program without threads. */
  readonly editor: () => Promise<Editor>;
  readonly log: Logger;
  /** Milliseconds without a task after which the threads that edit end; 120,000 unless given. */
  readonly idleMs?: number;
}

/** More threads than this only where the config says so: each takes memory, and Redis and the network set the pace. */
const MOST_BY_DEFAULT = 4;
/** A thread beyond the first that has nothing to do ends after this. */
const IDLE_MS = 60_000;
/** A document's time grows with it: a step has its limit once, and once more for each of these. */
const BYTES_PER_LIMIT = 1_048_576;
/** The thread of long tasks ends after this without one, and gives back what memory they took. */
const LONG_IDLE_MS = 10_000;
/**
 * The threads that edit end after this without a task: they take some 60 MB, and a second of processor time to start. Where
 * news comes more seldom, that is a hundredth of one processor.
 */
const SHORT_IDLE_MS = 120_000;
/** Looks at a thread within one limit: a program that was halted meanwhile has looked once, and takes no thread for slow. */
const LOOKS = 5;
/** A step whose thread gets hardly any processor time, or waits for what never comes, ends after this many limits by the clock. */
const LIMITS_BY_CLOCK = 30;

/** How many threads: a core is left to the thread that serves readers. */
export function countThreads({ count }: Config['settings']['threads']): number {
  return count ?? Math.min(MOST_BY_DEFAULT, Math.max(1, availableParallelism() - 1));
}

/** Starts threads when the first task comes, and others once another config is in force. */
export function openThreads(deps: ThreadsDeps): Threads {
  let pool: Pool | null = null;
  let stopped = false;
  return {
    async run(task, input, given = []) {
      const config = deps.config();
      if (countThreads(config.settings.threads) === 0) return performHere(task, input, deps.editor);
      if (pool?.version !== config.version) {
        pool?.retire();
        pool = openPool(config, deps);
      }
      try {
        return await pool.run(task, input, given);
      } catch (error) {
        // Who waits is cut off with the program, and runs again: an error now would be taken for the task's own.
        if (stopped) return new Promise(() => undefined);
        throw error;
      }
    },
    async stop() {
      stopped = true;
      await pool?.end();
    },
  };
}

const TYPE = extname(import.meta.url);

interface Pool extends Pick<Threads, 'run'> {
  readonly version: string;
  /** Ends once what runs is done. */
  readonly retire: () => void;
  readonly end: () => Promise<void>;
}

/** Threads for short tasks, and one for long ones, while there are any: no short task waits behind a long one. */
function openPool(
  { version, editions, regions, settings }: Config,
  { log, idleMs = SHORT_IDLE_MS }: ThreadsDeps,
): Pool {
  const { timeoutMs } = settings.threads;
  const config: EditorConfig = { editions, regions };
  const short = openAtNeed(() => openThread({ config, edits: true }, countThreads(settings.threads), log), idleMs);
  const long = openAtNeed(() => openThread({ config, edits: false }, 1, log), LONG_IDLE_MS);
  const running = new Set<Promise<unknown>>();
  let ending = false;
  const end = async () => {
    ending = true;
    await Promise.all([short.end(), long.end()]);
  };
  return {
    version,
    run(task, input, given = []) {
      const { bytes, length } = TASKS[task];
      const limitMs = Math.round(timeoutMs * (1 + bytes(input) / BYTES_PER_LIMIT));
      const order = { task, input, moved: given.flatMap(ownMemoryOf), limitMs };
      const perform = (threads: Tinypool) => performThere(threads, order, () => ending);
      const done = (length(input) > LONG ? long : short).use(perform);
      running.add(done);
      const forget = () => void running.delete(done);
      done.then(forget, forget);
      return done;
    },
    retire: () => void Promise.allSettled(running).then(end),
    end,
  };
}

function openThread(workerData: ThreadData, maxThreads: number, log: Logger): Tinypool {
  const threads = new Tinypool({
    filename: new URL(`perform${TYPE}`, import.meta.url).href,
    name: 'perform',
    execArgv: TYPE === '.ts' ? ['--import', compileSources()] : [],
    minThreads: 1,
    maxThreads,
    idleTimeout: IDLE_MS,
    // A thread that waits by Atomics answers a short task sooner; it does nothing between tasks, such as to collect garbage.
    useAtomics: workerData.edits,
    workerData,
  });
  threads.on('error', (error: Error) => log.error({ error: error.message }, 'an idle thread ended'));
  return threads;
}

/** Opens threads for the first use, and ends them once there was none for `idleMs`. */
function openAtNeed(open: () => Tinypool, idleMs: number) {
  let threads: Tinypool | null = null;
  let uses = 0;
  let rest: NodeJS.Timeout | undefined;
  const end = async () => {
    clearTimeout(rest);
    const ended = threads;
    threads = null;
    await ended?.destroy();
  };
  return {
    async use<T>(run: (threads: Tinypool) => Promise<T>): Promise<T> {
      clearTimeout(rest);
      uses++;
      try {
        return await run((threads ??= open()));
      } finally {
        uses--;
        if (uses === 0) rest = setTimeout(() => void end(), idleMs).unref();
      }
    },
    end,
  };
}

/** A task for a thread. */
interface Order<T extends TaskName> {
  readonly task: T;
  readonly input: Tasks[T]['input'];
  /** Memory of the input that goes over to the thread. */
  readonly moved: readonly ArrayBuffer[];
  readonly limitMs: number;
}

/** The memory of these bytes, where nothing else lies in it: Node cuts small buffers from a common one. */
function ownMemoryOf({ buffer, byteLength }: Uint8Array): readonly ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

async function performThere<T extends TaskName>(
  threads: Tinypool,
  { task, input, moved, limitMs }: Order<T>,
  isEnding: () => boolean,
): Promise<Done<T>> {
  const steps = new Int32Array(new SharedArrayBuffer(STEPS.length * Int32Array.BYTES_PER_ELEMENT));
  const stop = new AbortController();
  const watch = setInterval(
    watcher(steps, limitMs, () => stop.abort()),
    limitMs / LOOKS,
  );
  try {
    const call: Call<T> = { task, input, steps };
    const done = await threads.run(call, { signal: stop.signal, transferList: [...moved] });
    return { ok: true, value: done as Tasks[T]['output'] };
  } catch (error) {
    if (isEnding() || Atomics.load(steps, STEPS.begun) === 0) throw error;
    const at = Atomics.load(steps, STEPS.at);
    return { ok: false, at, fault: stop.signal.aborted ? { kind: 'time', limitMs } : defect(error) };
  } finally {
    clearInterval(watch);
  }
}

/**
 * Is called at every look; calls `late` where one step has taken its limit of processor time. Where the system does not
 * tell that, where it was going on all the while. Before the first step nothing counts.
 */
function watcher(steps: Int32Array, limitMs: number, late: () => void): () => void {
  let [step, looks] = [0, 0];
  let before: number | null = null;
  const spent = () => processorTimeOf(Atomics.load(steps, STEPS.thread));
  return () => {
    const now = Atomics.load(steps, STEPS.begun);
    if (now !== step) {
      [step, looks] = [now, 0];
      before = spent();
      return;
    }
    looks++;
    if (step === 0 || looks < LOOKS) return;
    const after = spent();
    if (before === null || after === null || after - before >= limitMs || looks >= LOOKS * LIMITS_BY_CLOCK) late();
  };
}

async function performHere<T extends TaskName>(
  task: T,
  input: Tasks[T]['input'],
  editor: () => Promise<Editor>,
): Promise<Done<T>> {
  let at: number | null = null;
  const begin = (next: number) => {
    at = next;
  };
  try {
    return { ok: true, value: await TASKS[task].perform(input, { editor, begin }) };
  } catch (error) {
    if (at === null) throw error;
    return { ok: false, at, fault: defect(error) };
  }
}

function defect(error: unknown): TaskFault {
  return { kind: 'defect', said: messageOf(error) };
}
