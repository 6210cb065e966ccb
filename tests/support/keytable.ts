/** Reads the table of keys in docs/redis.md, and tells which of its rows a key belongs to. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAPER = fileURLToPath(new URL('../../docs/redis.md', import.meta.url));
const ROW = /^\| `([^`]+)` \|(.*)\|$/gm;

export interface KeyKind {
  /** As in the table: `entry:ENTRY`. */
  readonly name: string;
  /** Something of it remains with no source left. */
  readonly stays: boolean;
  readonly matches: (key: string) => boolean;
}

/** The rows, those with the longest fixed part first: `words:waiting` is no `words:DAY`. */
export function readKeyTable(): readonly KeyKind[] {
  const table = readFileSync(PAPER, 'utf8');
  const kinds = [...table.matchAll(ROW)].map(([, name = '', rest = '']) => {
    const form = new RegExp(
      `^${name.replaceAll(/[A-Z]+/g, (word) => (/^(?:DAY|NUMBER)$/.test(word) ? '\\d+' : '.+'))}$`,
    );
    return { name, stays: /\bstays\b/.test(rest), matches: (key: string) => form.test(key) };
  });
  const fixed = ({ name }: KeyKind) => name.replaceAll(/[A-Z]+/g, '').length;
  return kinds.toSorted((a, b) => fixed(b) - fixed(a));
}

/** The row of a key without its prefix; undefined where none names it. */
export function kindOf(table: readonly KeyKind[], key: string): KeyKind | undefined {
  return table.find(({ matches }) => matches(key));
}
