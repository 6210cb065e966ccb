/** Holds what a thread loads before its first task: one that reads a large document and ends takes memory for that alone. */
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** Files of `src/` that `file` loads at once, those that they load among them; types load nothing. */
function loadedBy(file: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const text = readFileSync(join(SRC, file), 'utf8');
  for (const [, target = ''] of text.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?'(\.[^']*)';/gm))
    loadedBy(normalize(join(dirname(file), target)), loaded);
  return loaded;
}

it('a thread reads documents without having loaded the editorial stages', () => {
  const loaded = [...loadedBy('threads/perform.ts')];
  expect(loaded).toContain('feed/readdocument.ts');
  expect(loaded.filter((file) => /^(?:pipeline|region|story|clean)\//.test(file))).toEqual([]);
});
