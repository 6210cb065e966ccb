/** Shapes and short forms for writing down faulty configs. */
import type { FileName } from '../../src/config/filenames.ts';

export interface FaultyCase {
  readonly name: string;
  readonly files: Readonly<Partial<Record<FileName, string>>>;
  readonly env?: Readonly<Record<string, string>>;
  /** `file:line:column` and a part of the message, in order. */
  readonly faults: readonly (readonly [at: string, fragment: string])[];
}

export const source = (lines: string): FaultyCase['files'] => ({
  'sources.yaml': `sources:\n  - id: a\n    url: http://x.cn/rss\n${lines}`,
});
export const edition = (lines: string): FaultyCase['files'] => ({ 'editions.yaml': `editions:\n  - id: a\n${lines}` });
export const settings = (text: string): FaultyCase['files'] => ({ 'settings.yaml': text });
export const regions = (text: string): FaultyCase['files'] => ({ 'regions.yaml': text });
export const sources = (text: string): FaultyCase['files'] => ({ 'sources.yaml': text });

export function one(name: string, files: FaultyCase['files'], at: string, fragment: string): FaultyCase {
  const [file] = Object.keys(files);
  return { name, files, faults: [[`${file}:${at}`, fragment]] };
}
