/** Runs in a thread of its own: builds the editor of the config that it was started with, and does the tasks it is given. */
import { Tinypool } from 'tinypool';
import { createEditor, type EditorConfig } from '../pipeline/editorial.ts';
import { type Call, STEPS, type TaskName, TASKS, type Tools } from './tasks.ts';
import { warmUp } from './warmup.ts';

const editor = createEditor(Tinypool.workerData as EditorConfig);
await warmUp(editor);

export function perform<T extends TaskName>({ task, input, steps }: Call<T>): unknown {
  const tools: Tools = {
    editor: () => editor,
    begin(at) {
      Atomics.store(steps, STEPS.at, at);
      Atomics.add(steps, STEPS.begun, 1);
    },
  };
  return TASKS[task].perform(input, tools);
}
