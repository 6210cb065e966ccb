/** Says why a file that was named cannot be read. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { whyOf } from '../../reasons/whyof.ts';

export function whyUnread(file: string, error: NodeJS.ErrnoException): Reason {
  return error.code === 'ENOENT'
    ? reason('try.no-file', { file })
    : reason('try.unread', { file, why: whyOf(error.code ?? error.message) });
}
