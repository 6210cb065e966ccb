/** Draws sources as rows of a table, and the one word and sentence that say how each is. */
import { tellPage } from '../../sources/pagememory.ts';
import { maskAddresses } from '../../text/secrets.ts';
import type { SourceCondition } from './attention.ts';
import { Sparkline } from '../ui/charts.tsx';
import { PollButton } from './buttons.tsx';
import { href, Moment, type PageContext } from '../ui/layout.tsx';
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

export function SourceTable({ rows, context }: { rows: readonly SourceStatus[]; context: PageContext }) {
  const { say } = context;
  if (rows.length === 0) return <p class="empty">{say('noSourceMatches')}</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say('sourcesCount', { n: rows.length })}>
      <table class="rows sources">
        <thead>
          <tr>
            <th scope="col">{say('source')}</th>
            <th scope="col">{say('state')}</th>
            <th scope="col">{say('week')}</th>
            <th scope="col">{say('newest')}</th>
            <th scope="col">{say('lastSuccess')}</th>
            <th scope="col">{say('nextPoll')}</th>
            <th scope="col">
              <span class="hidden">{say('pollNow')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row row={row} context={context} key={row.source.id} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, context }: { row: SourceStatus; context: PageContext }) {
  const { source, found, state, week } = row;
  const { say } = context;
  return (
    <tr>
      <th scope="row">
        <a href={href('/status/source', { id: source.id })}>{source.name}</a>
        <span class="faint id">{source.id}</span>
      </th>
      <td class="how">
        <StateMark state={state} say={say} />
        <span class="hint">{hintOf(row, context)}</span>
      </td>
      <td data-label={say('week')}>
        {week.length === 0 ? <span class="faint">–</span> : <Sparkline days={week} say={say} />}
      </td>
      <td class="when" data-label={say('newest')}>
        <Moment at={found.newestEntryAt} context={context} />
      </td>
      <td class="when" data-label={say('lastSuccess')}>
        <Moment at={found.lastSuccessAt} context={context} />
      </td>
      <td class="next" data-label={say('nextPoll')}>
        {found.nextPollAt === null ? <span class="faint">–</span> : <Moment at={found.nextPollAt} context={context} />}
        {found.nextWhy === null ? null : <span class="hint">{context.tell(found.nextWhy)}</span>}
      </td>
      <td>{source.enabled ? <PollButton source={source.id} say={say} /> : null}</td>
    </tr>
  );
}
