/** Holds how Lua scripts are named, headed and numbered. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineScript } from '../../src/store/redis/luascript.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const FOLDER = new URL('../../src/store/lua/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.lua'));

describe('a script', () => {
  it.each(files)('%s says in its name how many keys it takes, and in its head what it returns', (name) => {
    expect(name).toMatch(/^[a-z]+-\d+(?:-more)?\.lua$/);
    const lua = readFileSync(new URL(name, FOLDER), 'utf8');
    expect(lua).toMatch(/^-- Returns /m);
    // Keys and arguments go by name; their order stands where the script is defined.
    expect(lua).not.toMatch(/\b(?:KEYS|ARGV)\[/);
  });

  it('is refused where its keys are not as many as its name says', () => {
    expect(() => defineScript('release-1', ['lock', 'other'], ['token'])).toThrow('takes 1 keys by its name, not 2');
  });

  it('is refused where its head names keys or arguments otherwise', () => {
    expect(() => defineScript('release-1', ['key'], ['token'])).toThrow('names lock,token in its head, not key,token');
    expect(() => defineScript('inbox-3', ['inbox', 'body', 'source'], ['id'])).toThrow('in its head');
  });
});

describe('a call', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it('hands each key and argument over under its name, and survives a server that forgot the script', async () => {
    const { redis: connection } = redis.store();
    const script = defineScript('spam-1', ['spam'], ['source', 'marks', 'most']);
    const call = { keys: { spam: 'marks' }, args: { most: 3, marks: '01', source: 'hfrb' } };
    expect(await script.run(connection, call)).toBe(2);
    await connection.script('FLUSH');
    expect(await script.run(connection, call)).toBe(3);
    expect(await connection.hget('marks', 'hfrb')).toBe('101');
    await connection.script('FLUSH');
    await script.load(connection);
    expect(await script.send(connection.pipeline(), call).exec()).toEqual([[null, 3]]);
  });
});
