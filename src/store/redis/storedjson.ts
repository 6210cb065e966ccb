/**
 * Reads JSON out of the store. An older version of the program may have written it, or a person: what the rest of the
 * program leans on is looked at first, and a fault names the key.
 */
import { z } from 'zod';
import { messageOf } from '../../text/messageof.ts';
import { StoreError } from './storeerror.ts';

/** Looks at a value's outline and believes the rest; entries and stories are read too often for more. */
export interface Outline<T> {
  read(json: string, key: string): T;
}

/** `shape`: the fields that are looked at. Fields that versions before lacked have defaults there. */
export function outline<T>(shape: z.ZodRawShape): Outline<T> {
  const schema = z.looseObject(shape);
  return {
    read(json, key) {
      const seen = schema.safeParse(parse(json, key));
      if (seen.success) return seen.data as T;
      const [issue] = seen.error.issues;
      const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
      throw unlike(key, `${where}: ${issue?.message ?? ''}`);
    },
  };
}

/** What a field must be, and what stands in its place otherwise; undefined: nothing can. */
export interface Field {
  readonly fits: (value: unknown) => boolean;
  readonly otherwise: unknown;
}

/** An object of which each field is believed or replaced: several times cheaper than an outline, for what every poll reads. */
export function mended<T>(fields: Readonly<Record<keyof T, Field>>): Outline<T> {
  const table = Object.entries<Field>(fields);
  return {
    read(json, key) {
      const value = parse(json, key);
      if (!isRecord(value)) throw unlike(key, ': no object');
      for (const [name, { fits, otherwise }] of table) {
        if (fits(value[name])) continue;
        if (otherwise === undefined) throw unlike(key, ` at ${name}`);
        value[name] = otherwise;
      }
      return value as T;
    },
  };
}

function parse(json: string, key: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new StoreError('unreadable', `${key} holds no JSON: ${messageOf(error)}`, { cause: error });
  }
}

const unlike = (key: string, how: string) =>
  new StoreError('unreadable', `${key} holds something else than it should${how}`);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
