/** Writes docs/config.md and docs/config.zh-CN.md from the schemas of the config: every key with its form, default and meaning. */
import { FILE_NAMES, type FileName } from '../../src/config/filenames.ts';
import { jsonSchema } from '../../src/config/schema/schema.ts';
import type { Language } from '../../src/reasons/language.ts';

/** What is used of a JSON Schema. */
interface Node {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly additionalProperties?: Node | boolean;
}

/** A key as it is written in the file: `sources[].select.item`. */
interface Key {
  readonly path: string;
  readonly node: Node;
  readonly isRequired: boolean;
}

const WORDS = {
  title: ['# 配置项', '# Config reference'],
  intro: [
    '由 `npm run docs` 根据 `src/config/schema` 生成，请不要在这里修改。文件里的键、写法、默认值和说明如下；`[]` 是列表里的每一项，`*` 是任意名字。改动存盘后两秒内生效，`npx deltawire check` 检查。',
    'Written by `npm run docs` from `src/config/schema`; change it there, not here. Each key of the files with its form, default and meaning; `[]` stands for each item of a list, `*` for any name. A change is in force within two seconds; `npx deltawire check` looks it over.',
  ],
  head: ['| 键 | 写法 | 默认 | 说明 |', '| key | form | default | meaning |'],
  required: ['必填', 'required'],
  or: [' 或 ', ' or '],
  string: ['文字', 'text'],
  integer: ['整数', 'whole number'],
  number: ['数', 'number'],
  boolean: ['`true` 或 `false`', '`true` or `false`'],
  array: ['列表', 'list'],
  object: ['一段', 'block'],
  example: ['如', 'as'],
  before: ['（', ' ('],
  after: ['）', ')'],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>;

type Say = (word: keyof typeof WORDS) => string;

/** Whichever part of a description is in the language: they are written as `中文 · English`. */
export function partOf(description: string, language: Language): string {
  const at = description.search(/ ?· (?=[^·]*$)/);
  if (at < 0) return description;
  return language === 'zh' ? description.slice(0, at) : description.slice(at).replace(/^ ?· /, '');
}

/** Every key of a file, those of blocks and lists below their own. */
export function keysOf(file: FileName): readonly Key[] {
  return below(jsonSchema(file), '');
}

function below(node: Node, path: string): readonly Key[] {
  const branches = [node, ...(node.anyOf ?? [])];
  const named = branches.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties)
      .filter(([name]) => name !== '$schema')
      .flatMap(([name, one]) => {
        const own = path === '' ? name : `${path}.${name}`;
        const key: Key = { path: own, node: one, isRequired: required.includes(name) };
        return [key].concat(below(one, own));
      }),
  );
  const items = branches.flatMap(({ items: one }) => (one === undefined ? [] : below(one, `${path}[]`)));
  return [...named, ...items];
}

/** The whole page. */
export function writeConfigPaper(language: Language): string {
  const say: Say = (word) => WORDS[word][language === 'zh' ? 0 : 1];
  return `${[
    say('title'),
    say('intro'),
    ...FILE_NAMES.flatMap((file) => [
      `## ${file}`,
      [say('head'), '|---|---|---|---|', ...keysOf(file).map((key) => row(key, language, say))].join('\n'),
    ]),
  ].join('\n\n')}\n`;
}

function row({ path, node, isRequired }: Key, language: Language, say: Say): string {
  const usual = 'default' in node && node.default !== null ? code(node.default) : isRequired ? say('required') : '';
  const meaning = node.description === undefined ? '' : partOf(node.description, language);
  const [example] = node.examples ?? [];
  const shown = example === undefined ? '' : `${say('before')}${say('example')} ${code(example)}${say('after')}`;
  return `| \`${path}\` | ${formOf(node, say)} | ${usual} | ${cell(meaning)}${shown} |`;
}

function formOf(node: Node, say: Say): string {
  if (node.anyOf !== undefined)
    return [...new Set(node.anyOf.filter(isNamed).map((one) => formOf(one, say)))].join(say('or'));
  if (node.enum !== undefined)
    return node.enum
      .filter((one) => one !== null)
      .map(code)
      .join(say('or'));
  if (node.const !== undefined) return code(node.const);
  const types = [node.type ?? []].flat().filter((type) => type !== 'null');
  const bounds =
    node.minimum === undefined || Math.abs(node.minimum) === Number.MAX_SAFE_INTEGER
      ? ''
      : ` ${node.minimum}–${node.maximum === Number.MAX_SAFE_INTEGER ? '' : (node.maximum ?? '')}`;
  return types
    .map((type) => say(type as keyof typeof WORDS) + (/integer|number/.test(type) ? bounds : ''))
    .join(say('or'));
}

/** Every key may be empty; that it is, is not worth a word. */
const isNamed = ({ type }: Node) => type !== 'null';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (value: unknown) => `\`${cell(typeof value === 'string' ? value : JSON.stringify(value))}\``;
