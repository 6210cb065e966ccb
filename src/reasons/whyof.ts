/** Why something was thrown, for a person: errors that carry a reason, and what the system says of files and connections. */
import type { Reason, StoredReason } from '../model/reason.ts';
import { type Code, reason } from './catalogue.ts';
import { say } from './render.ts';

/** Something cannot be done, for a reason that a person may mend. */
export class ReasonError extends Error {
  override readonly name: string = 'ReasonError';
  readonly why: Reason;
  constructor(why: Reason, options?: ErrorOptions) {
    super(say(why, 'en'), options);
    this.why = why;
  }
}

/** By the codes of Node ("Common system errors"), which its messages begin with or hold. */
const SYSTEM = {
  EACCES: 'system.denied',
  EPERM: 'system.denied',
  ENOENT: 'system.missing',
  EEXIST: 'system.exists',
  ENOTDIR: 'system.no-folder',
  EISDIR: 'system.folder',
  EROFS: 'system.read-only',
  ENOSPC: 'system.full',
  EDQUOT: 'system.full',
  ENOTFOUND: 'system.unknown-host',
  EAI_AGAIN: 'system.unknown-host',
  ECONNREFUSED: 'system.refused',
  ECONNRESET: 'system.reset',
  ETIMEDOUT: 'system.timeout',
  EHOSTUNREACH: 'system.no-route',
  ENETUNREACH: 'system.no-route',
  EADDRNOTAVAIL: 'system.address',
} as const satisfies Readonly<Record<string, Code>>;

/** `thrown`: an error, or the message of one. A message that is not known stands as it is. */
export function whyOf(thrown: unknown): StoredReason {
  if (thrown instanceof Error && 'why' in thrown) return thrown.why as StoredReason;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = /\bE[A-Z_]{3,}\b/.exec(message)?.[0] ?? '';
  if (!Object.hasOwn(SYSTEM, code)) return message;
  const why = reason(SYSTEM[code as keyof typeof SYSTEM]);
  const { path } = thrown as NodeJS.ErrnoException;
  return path === undefined ? why : reason('system.at', { path, why });
}
