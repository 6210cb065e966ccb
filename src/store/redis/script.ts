/** Runs a Lua script by its hash, and sends it whole only where the server does not know it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

export type Script = (redis: Redis, names: readonly string[], values: readonly (string | number)[]) => Promise<unknown>;

/** These files of this folder as one script, in this order: what is shared, then what uses it. */
export function readLua(...names: readonly string[]): string {
  return names.map((name) => readFileSync(new URL(`../lua/${name}.lua`, import.meta.url), 'utf8')).join('');
}

/** What EVALSHA calls a script. */
export function scriptHash(lua: string): string {
  return createHash('sha1').update(lua).digest('hex');
}

/** Names are the script's KEYS, values its ARGV. */
export function toScript(lua: string): Script {
  const hash = scriptHash(lua);
  return async (redis, names, values) => {
    try {
      return await redis.evalsha(hash, names.length, ...names, ...values);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.eval(lua, names.length, ...names, ...values);
    }
  };
}
