/** Turns foreign text into the script that a reader chose. */
import type { Script } from '../../model/entry.ts';
import { convertScript } from '../../zh/convert.ts';

export type Write = (text: string) => string;

/** `of`: the script of the text, null where that is not known; `script`: the one to write, null: as it was published. */
export function writerFor(of: Script | null, script: Script | null): Write {
  return script === null || of === script ? (text) => text : (text) => convertScript(text, script);
}
