/** What goes wrong in the store in ways that a caller may want to tell apart. */
import type { StoredReason } from '../../model/reason.ts';
import { say } from '../../reasons/render.ts';

/**
 * `layout`: the data under the prefix is of another layout. `outrun`: others changed the same stories again and again;
 * trying later helps. `unreachable`: Redis cannot be used as its address says. `unreadable`: what stands under a key is not what this program, or one before it, writes.
 */
export type StoreFault = 'layout' | 'outrun' | 'unreachable' | 'unreadable';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreFault;
  readonly why: StoredReason;

  constructor(code: StoreFault, why: StoredReason, options?: ErrorOptions) {
    super(say(why, 'en'), options);
    this.code = code;
    this.why = why;
  }
}
