/** Says when the memory that sources' entries stand in runs short. */
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { A } from './allowances.ts';

/** `maxBytes` null: no bound is known, and nothing is said. */
export function memoryShort({
  usedBytes,
  maxBytes,
}: {
  readonly usedBytes: number;
  readonly maxBytes: number | null;
}): Reason | null {
  if (maxBytes === null || usedBytes < A.memory.full * maxBytes) return null;
  return reason('redis.memory-short', { used: usedBytes, most: maxBytes });
}
