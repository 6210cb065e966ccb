/** Turns Chinese text of either script into Simplified or Traditional. */
import { createRequire } from 'node:module';
import type * as OpenCC from 'opencc-js';
import type { Script } from '../model/entry.ts';

type Convert = (text: string) => string;

/** OpenCC, with a chain's table, takes some 45 MB, and most installations convert nothing: it is loaded for the first text. */
function lazily(from: string, to: string): Convert {
  let convert: Convert | undefined;
  return (text) => (convert ??= load(from, to))(text);
}

function load(from: string, to: string): Convert {
  const { Converter } = createRequire(import.meta.url)('opencc-js') as typeof OpenCC;
  return Converter({ from, to });
}

// OpenCC's phrase-aware chains: s2tw's vocabulary stays the publisher's, only characters and their phrases change.
const toHant = lazily('cn', 'tw');
const toHans = lazily('t', 'cn');

/** `text` in `script`, by phrases, not character by character (OpenCC). Text already in that script comes back as it is. */
export function convertScript(text: string, script: Script): string {
  return script === 'hans' ? toHans(text) : toHant(text);
}
