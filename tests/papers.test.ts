/** Holds that papers and comments name only files that exist, and that what is written in both languages says the same. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

const PAIRS = [
  ['README.md', 'README.zh-CN.md'],
  ['docs/operating.md', 'docs/operating.zh-CN.md'],
] as const;

/** What a paper holds whatever its language: headings, rows, points, what is to be typed, and where it leads. */
function shapeOf(paper: string) {
  const text = read(paper).replaceAll('.zh-CN.md', '.md');
  const count = (form: RegExp) => [...text.matchAll(form)].length;
  const unlike = (form: RegExp) => [...new Set([...text.matchAll(form)].map(([, found = '']) => found))].toSorted();
  return {
    headings: [...text.matchAll(/^#+(?= )/gm)].map(([marks]) => marks),
    rows: count(/^\|/gm),
    points: count(/^- /gm),
    blocks: unlike(/^```\w*\n([\s\S]*?)^```$/gm),
    typed: unlike(/(?<!`)`([^`\n]+)`(?!`)/g),
    links: unlike(/\]\(([^)\s]+)\)/g).filter((link) => !/^(?:README|operating)\.md$/.test(link)),
  };
}

it.each(PAIRS)('%s and %s say the same', (english, chinese) => {
  expect(shapeOf(chinese)).toEqual(shapeOf(english));
});

it.each(['README.md', 'README.zh-CN.md', ...list('docs').filter((file) => file.endsWith('.md'))])(
  '%s leads only to files that exist',
  (paper) => {
    const links = [...read(paper).matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(new URL(link, `file://${ROOT}${paper}`)))).toEqual([]);
  },
);

it('a file that does not exist would be found', () => {
  expect([exists('feed/readdocument.ts'), exists('feed/nowhere.ts')]).toEqual([true, false]);
});
