/**
 * Runs the Lua scripts of store/lua: gives their keys and arguments names, and sends a script whole only where the
 * server does not know it.
 *
 * Nothing comes between what a script reads and what it writes. Some scripts make further names from how they begin (of
 * editions, stories, shelves of the ledger), since only they know which; a Redis Cluster wants to know every key
 * before, so a store needs a single server.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

interface Call<Key extends string, Argument extends string> {
  readonly keys: Readonly<Record<Key, string>>;
  readonly args: Readonly<Record<Argument, string | number | Buffer>>;
  /** Further keys, of a script that takes any number of them (`…-more.lua`). */
  readonly more?: readonly string[];
}

/** A pipeline or the connection: whatever takes commands. */
interface Caller<T> {
  evalsha(sha: string, keyCount: number, ...values: (string | number | Buffer)[]): T;
}

export interface Script<Key extends string, Argument extends string> {
  run(redis: Redis, call: Call<Key, Argument>): Promise<unknown>;
  /** Has the server know the script, as `send` needs. */
  load(redis: Redis): Promise<void>;
  /** Calls the script by its hash alone, for pipelines. A server that restarted since `load` answers with an error. */
  send<T>(caller: Caller<T>, call: Call<Key, Argument>): T;
}

const FOLDER = new URL('../lua/', import.meta.url);

/**
 * A script and the order of its KEYS and ARGV, which stands here alone: the script has them as `keys.<name>` and
 * `args.<name>`, further keys as `more`. Throws where the head of the file names others, or its name another number.
 */
export function defineScript<const Key extends string, const Argument extends string>(
  file: `${string}-${number}` | `${string}-${number}-more`,
  keys: readonly Key[],
  args: readonly Argument[],
): Script<Key, Argument> {
  const own = readFileSync(new URL(`${file}.lua`, FOLDER), 'utf8');
  checkHead(file, own, keys, args);
  const lua = `${prelude(keys, args)}\n${withIncludes(own, new Set())}`;
  const hash = createHash('sha1').update(lua).digest('hex');
  const valuesOf = (call: Call<Key, Argument>): [number, ...(string | number | Buffer)[]] => {
    const names = [...keys.map((key) => call.keys[key]), ...(call.more ?? [])];
    return [names.length, ...names, ...args.map((name) => call.args[name])];
  };
  return {
    async run(redis, call) {
      try {
        return await redis.evalsha(hash, ...valuesOf(call));
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return redis.eval(lua, ...valuesOf(call));
      }
    },
    async load(redis) {
      // Its hash first: the text of a long script takes more than what it does.
      const [isKnown] = (await redis.script('EXISTS', hash)) as number[];
      if (isKnown !== 1) await redis.script('LOAD', lua);
    },
    send: (caller, call) => caller.evalsha(hash, ...valuesOf(call)),
  };
}

function prelude(keys: readonly string[], args: readonly string[]): string {
  const table = (names: readonly string[], from: string) =>
    `{ ${names.map((name, i) => `${name} = ${from}[${i + 1}]`).join(', ')} }`;
  return `local keys, args, more = ${table(keys, 'KEYS')}, ${table(args, 'ARGV')}, { unpack(KEYS, ${keys.length + 1}) }`;
}

/** The text with what its lines `-- @include <name>` name in their place, each part once. */
function withIncludes(lua: string, met: Set<string>): string {
  return lua.replaceAll(/^-- @include (\w+)$/gm, (_, name: string) => {
    if (met.has(name)) return '';
    met.add(name);
    return withIncludes(readFileSync(new URL(`includes/${name}.lua`, FOLDER), 'utf8'), met);
  });
}

function checkHead(file: string, lua: string, keys: readonly string[], args: readonly string[]): void {
  const [, count = '', further] = /-(\d+)(-more)?$/.exec(file) ?? [];
  if (Number(count) !== keys.length) throw new Error(`${file}.lua takes ${count} keys by its name, not ${keys.length}`);
  const head = lua.slice(0, lua.search(/^(?!--)/m));
  const named = [...head.matchAll(/^--(?: KEYS| ARGV| {5}) {2}(\w+):/gm)].map((match) => match[1]);
  const wanted = [...keys, ...(further === undefined ? [] : ['more']), ...args];
  if (named.join() !== wanted.join())
    throw new Error(`${file}.lua names ${named.join()} in its head, not ${wanted.join()}`);
  if (!/^-- Returns /m.test(head)) throw new Error(`${file}.lua does not say in its head what it returns`);
}
