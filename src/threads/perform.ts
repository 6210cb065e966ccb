/** Runs in a thread of its own: builds the editor of the config that it was started with, and does the tasks it is given. */
import { Tinypool } from 'tinypool';
import { createEditor, type Editor } from '../pipeline/editorial.ts';
import { type Call, STEPS, type TaskName, TASKS, type ThreadData, type Tools } from './tasks.ts';
import { warmUpEditing, warmUpReading } from './warmup.ts';

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

export function perform<T extends TaskName>({ task, input, steps }: Call<T>): unknown {
  const tools: Tools = {
    editor: getEditor,
    begin(at) {
      Atomics.store(steps, STEPS.at, at);
      Atomics.add(steps, STEPS.begun, 1);
    },
  };
  return TASKS[task].perform(input, tools);
}
