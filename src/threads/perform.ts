/** Runs in a thread of its own: builds the editor of the config that it was started with, and does the tasks it is given. */
import { getPriority, setPriority } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { Tinypool } from 'tinypool';
import type { Editor } from '../pipeline/editorial.ts';
import { collectGarbage } from './collectgarbage.ts';
import { threadNumber } from './processortime.ts';
import { type Call, STEPS, type TaskName, TASKS, type ThreadData, type Tools } from './tasks.ts';
import { warmUpReading } from './warmup.ts';

const THREAD = threadNumber();

/** Characters of a task whose garbage is collected when it is done. */
const LARGE = 1_048_576;
/** Bytes that V8 has taken for the thread of long tasks, of which half is garbage: what it needs lasting are some 20 MB. */
const GROWN = 48 * 1_048_576;

const { config, edits } = Tinypool.workerData as ThreadData;
let built: Promise<Editor> | null = null;

async function build(): Promise<Editor> {
  const [{ createEditor }, { warmUpEditing }] = await Promise.all([
    import('../pipeline/editorial.ts'),
    import('./warmupediting.ts'),
  ]);
  const editor = createEditor(config);
  await warmUpEditing(editor);
  // Half of what building it took is garbage.
  collectGarbage();
  return editor;
}

/**
 * Where processors are few, the thread of long tasks has a third of the share of one that serves readers or reads short
 * news; its time is limited by what it takes of the processor, so that it may have less (Linux alone has both).
 */
const LONG_NICENESS = 5;
const LEAST_PRIORITY = 19;

/** Linux keeps a niceness for each thread (sched(7)); elsewhere this would be the whole program's. */
function yieldToOthers(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, Math.min(LEAST_PRIORITY, getPriority(0) + LONG_NICENESS));
  } catch {
    // A sandbox that forbids it: all threads are alike there.
  }
}

function getEditor(): Promise<Editor> {
  built ??= build();
  return built;
}

if (edits) await getEditor();
else {
  yieldToOthers();
  await warmUpReading();
}

/**
 * What large documents took goes once the answer has gone: V8 waits for more garbage, and between tasks there is none.
 */
function collectSoon(): void {
  setImmediate(collectGarbage);
}

export async function perform<T extends TaskName>({ task, input, steps }: Call<T>): Promise<unknown> {
  Atomics.store(steps, STEPS.thread, THREAD);
  const tools: Tools = {
    editor: getEditor,
    begin(at) {
      Atomics.store(steps, STEPS.at, at);
      Atomics.add(steps, STEPS.begun, 1);
    },
  };
  const { length, perform: done } = TASKS[task];
  const isLarge = length(input) > LARGE;
  const output = await done(input, tools);
  if (isLarge || (!edits && getHeapStatistics().total_heap_size > GROWN)) collectSoon();
  return output;
}
