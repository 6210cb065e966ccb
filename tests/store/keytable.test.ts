/** Every key that the store names has a row in docs/redis.md that says what ends it, and every row is of such a key. */
import { expect, it } from 'vitest';
import { keys, queuePrefix, type Store } from '../../src/store/redis/keys.ts';
import { kindOf, readKeyTable } from '../support/keytable.ts';

const PREFIX = 'p:';
const store = { prefix: PREFIX } as Store;

/** Names that a script makes of one in `keys`. */
const OF_SCRIPTS = ['words:20000:0', 'post:3', 'name:7'];

const named = Object.entries(keys).map(([name, make]) => {
  const args = Array.from({ length: make.length - 1 }, () => '20261128');
  const key = (make as (store: Store, ...rest: string[]) => string)(store, ...args).slice(PREFIX.length);
  return [name, key] as const;
});

it('the store names no key without a row', () => {
  const table = readKeyTable();
  expect(table.length).toBeGreaterThan(60);
  const full = named.map(([name, key]) => [name, key.endsWith(':') ? `${key}1` : key] as const);
  expect(full.filter(([, key]) => kindOf(table, key) === undefined)).toEqual([]);
  expect(kindOf(table, 'nowhere:1')).toBeUndefined();
});

it('no row is of a key that there is not', () => {
  const table = readKeyTable();
  const all = [...named.map(([, key]) => key), ...OF_SCRIPTS, `${queuePrefix('')}:poll:wait`];
  const rows = new Set(all.map((key) => kindOf(table, key.endsWith(':') ? `${key}1` : key)?.name));
  expect(table.filter(({ name }) => !rows.has(name)).map(({ name }) => name)).toEqual([]);
});

it('where two rows fit, the narrower one is meant', () => {
  const table = readKeyTable();
  expect(
    ['words:waiting', 'words:20781', 'words:20781:3', 'guesses:of:10', 'push:all'].map(
      (key) => kindOf(table, key)?.name,
    ),
  ).toEqual(['words:waiting', 'words:DAY', 'words:DAY:NUMBER', 'guesses:of:NETWORK', 'push:all']);
});
