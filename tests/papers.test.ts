/** Holds that the papers for developers, and the comments in the code, name only files that exist. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const list = (folder: string): readonly string[] =>
  readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`);
const read = (file: string): string => readFileSync(ROOT + file, 'utf8');

const files = [...readdirSync(ROOT), ...['src', 'tests', 'scripts', 'eval', 'bench', 'config', 'docs'].flatMap(list)];
const code = files.filter((file) => /^(?:src|tests|scripts|eval)\/.*\.tsx?$/.test(file));
const papers = ['CONTRIBUTING.md', 'docs/architecture.md', ...list('docs/adr')];

const FILE = /^[\w./*{},-]+\.(?:tsx?|js|md|ya?ml|json|lua|tsv|txt)$/;
const QUOTED = /`([^`\n]+)`/g;
const COMMENT = /^\s*(?:\/\/|\/?\*).*$/gm;
const PATH = /[\w-]+(?:\/[\w.-]+)+\.(?:tsx?|lua|tsv|txt|md|ya?ml)\b/g;

/** `{a,b}.ts` → `a.ts`, `b.ts` */
function expand(name: string): readonly string[] {
  const [braces, inner = ''] = /\{([^}]*)\}/.exec(name) ?? [];
  return braces === undefined ? [name] : inner.split(',').map((part) => name.replace(braces, part));
}

/** Whether a file has this name, whole or from one of its folders on. */
function exists(name: string): boolean {
  const form = `/${name}`.replaceAll('.', '\\.').replaceAll('*', '[^/]*');
  const pattern = new RegExp(`${form}$`);
  return files.some((file) => pattern.test(`/${file}`));
}

it.each(papers)('%s names only files that exist', (paper) => {
  const named = [...read(paper).matchAll(QUOTED)].flatMap(([, name = '']) => (FILE.test(name) ? expand(name) : []));
  expect(named.filter((name) => !exists(name))).toEqual([]);
});

it('comments name only files that exist', () => {
  const named = code.flatMap((file) => {
    const comments = read(file).match(COMMENT) ?? [];
    return comments.flatMap((line) => line.match(PATH) ?? []).map((name) => ({ file, name }));
  });
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ name }) => !exists(name))).toEqual([]);
});

it('a file that does not exist would be found', () => {
  expect([exists('feed/readdocument.ts'), exists('feed/nowhere.ts')]).toEqual([true, false]);
});
