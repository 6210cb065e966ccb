/** Has a source's document read in a thread. */
import type { Recall, ReceivedDocument } from '../feed/readdocument.ts';
import type { ReadResult } from '../model/feed.ts';
import type { Reason } from '../model/reason.ts';
import type { DocumentSettings } from '../model/source.ts';
import type { Threads } from '../threads/pool.ts';
import { faultReason } from '../threads/taskfault.ts';

/** `limit`: nothing is known of the document, for reading it took too long, or failed. */
export type ThreadReading = ReadResult | { readonly ok: false; readonly stage: 'limit'; readonly reason: Reason };

/** `given`: the document's bytes where the caller needs them no more (see Threads.run); `recall`: see readDocument. */
export async function readInThread(
  threads: Threads,
  { id, formerly, kind, encoding, timezone, select, identity, clock }: Required<DocumentSettings>,
  document: ReceivedDocument,
  now: number,
  given: readonly Uint8Array[] = [],
  recall?: Recall,
): Promise<ThreadReading> {
  const source = { id, formerly, kind, encoding, timezone, select, identity, clock };
  const done = await threads.run('read', { source, document, now, recall }, given);
  return done.ok ? done.value : { ok: false, stage: 'limit', reason: faultReason('document', done.fault) };
}
