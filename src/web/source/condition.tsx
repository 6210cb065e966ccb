/** Draws the one word and the sentence that say how a source is. */
import { tellPage } from '../../sources/pagememory.ts';
import { maskAddresses } from '../../text/secrets.ts';
import type { SourceCondition } from './attention.ts';
import type { PageContext } from '../ui/layout.tsx';
import type { SourceStatus } from './status.ts';
import { dateOf } from '../ui/times.ts';
import type { Say } from '../ui/words/site.ts';

/** A state as a word with a mark: colour alone does not reach every reader. */
export function StateMark({ state, say }: { state: SourceCondition; say: Say }) {
  return <span class={`state ${state}`}>{say(`state_${state}`)}</span>;
}

/** Why a source is in its state; empty where the word says it all. */
export function hintOf({ state, found }: SourceStatus, { say, tell }: PageContext): string {
  const error = tell(found.lastError ?? '');
  switch (state) {
    case 'failing':
      return found.failures === 1 ? say('hint_failed', { error }) : say('hint_failing', { n: found.failures, error });
    case 'changed':
      return say('hint_changed', { error });
    case 'gone':
      return say('hint_gone');
    case 'stale':
      return say('hint_stale', { time: found.newestEntryAt === null ? say('never') : dateOf(found.newestEntryAt) });
    case 'quiet':
      return say('hint_quiet');
    case 'new':
      return say('hint_new');
    case 'healthy':
    case 'paused':
      break;
  }
  if (found.heldWhy !== null) return tell(found.heldWhy);
  if (found.movedTo !== null) return say('hint_moved', { url: maskAddresses(found.movedTo) });
  return found.page === null ? '' : tell(tellPage(found.page));
}
