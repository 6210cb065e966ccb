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

/**
 * `shape`: the fields that are looked at. Fields that versions before lacked have defaults there, or in `absent`, which
 * costs much less where many lack them.
 */
export function outline<T>(shape: z.ZodRawShape, absent: Readonly<Record<string, unknown>> = {}): Outline<T> {
  const schema = z.looseObject(shape);
  const names = Object.keys(absent);
  // To spread costs as much as to look at all fields: only where one is missing.
  const filled = (value: unknown) =>
    isRecord(value) && names.some((name) => !Object.hasOwn(value, name)) ? { ...absent, ...value } : value;
  return {
    read(json, key) {
      let value: unknown;
      try {
        value = JSON.parse(json);
      } catch (error) {
        throw new StoreError('unreadable', `${key} holds no JSON: ${messageOf(error)}`, { cause: error });
      }
      const seen = schema.safeParse(filled(value));
      if (seen.success) return seen.data as T;
      const [issue] = seen.error.issues;
      const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
      throw new StoreError('unreadable', `${key} holds something else than it should${where}: ${issue?.message ?? ''}`);
    },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
