/** Runs in a thread of its own: builds the editor of the config that it was started with, and does the tasks it is given. */
import { Tinypool } from 'tinypool';
import { createEditor, type Editor } from '../pipeline/editorial.ts';
import { collectGarbage } from './collectgarbage.ts';
import { type Call, STEPS, type TaskName, TASKS, type ThreadData, type Tools } from './tasks.ts';
import { warmUpEditing, warmUpReading } from './warmup.ts';

/** Characters of a task whose garbage is collected when it is done. */
const LARGE = 1_048_576;

const { config, edits } = Tinypool.workerData as ThreadData;
let built: Promise<Editor> | null = null;

async function build(): Promise<Editor> {
  const editor = createEditor(config);
  await warmUpEditing(editor);
  return editor;
}

function getEditor(): Promise<Editor> {
  built ??= build();
  return built;
}

if (edits) await getEditor();
else await warmUpReading();

/**
 * What a large document took goes once its answer has gone: V8 waits for more garbage, and between tasks there is none.
 */
function collectSoon(): void {
  setImmediate(collectGarbage);
}

export async function perform<T extends TaskName>({ task, input, steps }: Call<T>): Promise<unknown> {
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
  if (isLarge) collectSoon();
  return output;
}
