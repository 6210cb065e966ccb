/** Draws one source: how it is, its settings, its last polls. */
import { reason } from '../../reasons/catalogue.ts';
import type { Following } from '../../store/websub/followings.ts';
import type { LedgerRow } from '../../model/decision.ts';
import type { Reason } from '../../model/reason.ts';
import { publicAddress } from '../../text/secrets.ts';
import { NumberedLines } from '../ui/numbered.tsx';
import type { Desk, Trial } from '../deps.ts';
import { ShareBar, Sparkline } from '../ui/charts.tsx';
import { href, Moment, Outward, renderPage, type PageContext } from '../ui/layout.tsx';
import { ActionButton, PauseButton, PollButton } from './buttons.tsx';
import { type AsideCount, ASIDE_CODES } from '../status/asides.ts';
import { Polls } from './polltable.tsx';
import { hintOf, StateMark } from './condition.tsx';
import { TrialPanel } from './trialpanel.tsx';
import type { SourceStatus } from './status.ts';
import { tellPage } from '../../sources/pagememory.ts';
import { stampOf } from '../ui/times.ts';
import type { Phrase } from '../ui/words/site.ts';
import { Coded } from '../ui/coded.tsx';

export interface SourceView {
  readonly row: SourceStatus;
  /** Its newest rows of the ledger. */
  readonly entries: readonly LedgerRow[];
  /** Null where the file on disk has no such block. */
  readonly block: Awaited<ReturnType<Desk['sourceBlock']>>;
  /** What a trial just found; null without one. */
  readonly trial: Trial | null;
  /** How its hub was asked to push it; null where it names none. */
  readonly following: Following | null;
  /** What of it was set aside lately; null: nothing. */
  readonly aside: AsideCount | null;
  /** Edition id → title. */
  readonly editions: ReadonlyMap<string, string>;
  /** What was just done; null: nothing. */
  readonly done: Phrase | null;
  /** Why the config cannot be changed; null where it can. */
  readonly lock: Reason | null;
}

interface Part {
  readonly context: PageContext;
  readonly view: SourceView;
}

export function renderSource(context: PageContext, view: SourceView): string {
  const { say } = context;
  const { source, found, state } = view.row;
  return renderPage(
    context,
    { title: source.name, current: 'sources', live: view.trial === null },
    <>
      <p class="trail">
        <a href="/sources">{say('sources')}</a> › {source.name}
      </p>
      {view.done === null ? null : (
        <p class="notice good" role="status">
          {say(view.done)}
        </p>
      )}
      <h1>
        {source.name}{' '}
        <span id="state" data-live>
          <StateMark state={state} say={say} />
        </span>
      </h1>
      <p class="hint" id="hint" data-live>
        {hintOf(view.row, context)}
      </p>
      <section class="cards" id="facts" data-live>
        <SettingFacts context={context} view={view} />
        <PollFacts context={context} view={view} />
        <Week context={context} view={view} />
      </section>
      <Actions context={context} view={view} />
      {view.trial === null ? null : <TrialPanel trial={view.trial} context={context} editions={view.editions} />}
      <h2>{say('configBlock')}</h2>
      <Block context={context} view={view} />
      <h2>{say('lastPolls')}</h2>
      <div id="polls" data-live>
        {found.polls.length === 0 ? (
          <p class="empty">{say('noPolls')}</p>
        ) : (
          <Polls polls={found.polls} context={context} />
        )}
      </div>
      <h2>{say('lastEntries')}</h2>
      <div id="entries" data-live>
        {view.entries.length === 0 ? (
          <p class="empty">{say('noEntriesYet')}</p>
        ) : (
          <Entries entries={view.entries} context={context} />
        )}
      </div>
    </>,
  );
}

function SettingFacts({ context: { say, tell }, view }: Part) {
  const { url, schedule, at, note } = view.row.source;
  return (
    <dl class="card facts">
      <dt>{say('address')}</dt>
      <dd class="url">
        <Outward to={publicAddress(url)}>{publicAddress(url)}</Outward>
      </dd>
      <dt>{say('schedule')}</dt>
      <dd>{schedule === 'auto' ? <code>auto</code> : tell(reason('poll.schedule', { expression: schedule }))}</dd>
      <dt>{say('configLine')}</dt>
      <dd>
        <a href={href('/config', at)}>
          <code>
            {at.file}:{at.line}
          </code>
        </a>
      </dd>
      {note === null ? null : (
        <>
          <dt>{say('note')}</dt>
          <dd>{note}</dd>
        </>
      )}
    </dl>
  );
}

function PollFacts({ context, view }: Part) {
  const { say } = context;
  const { found } = view.row;
  return (
    <dl class="card facts">
      <dt>{say('lastSuccess')}</dt>
      <dd>
        <Moment at={found.lastSuccessAt} context={context} />
      </dd>
      <dt>{say('newest')}</dt>
      <dd>
        <Moment at={found.newestEntryAt} context={context} none="noneYet" />
      </dd>
      <dt>{say('nextPoll')}</dt>
      <dd>
        <Moment at={found.nextPollAt} context={context} /> <span class="hint">{context.tell(found.nextWhy ?? '')}</span>
      </dd>
      {found.page === null ? null : (
        <>
          <dt>{say('foundPage')}</dt>
          <dd>{context.tell(tellPage(found.page))}</dd>
        </>
      )}
      {found.heldWhy === null ? null : (
        <>
          <dt>{say('held')}</dt>
          <dd>{context.tell(found.heldWhy)}</dd>
        </>
      )}
      {view.aside === null ? null : (
        <>
          <dt>{say('asides')}</dt>
          <dd>
            <a href={href('/ledger', { source: found.id, code: ASIDE_CODES })}>
              {say('asidesOf', { items: view.aside.items })}
            </a>{' '}
            <span class="hint">{context.tell(view.aside.why)}</span>
          </dd>
        </>
      )}
      <Push following={view.following} context={context} />
    </dl>
  );
}

function Week({ context: { say }, view }: Part) {
  const { source, week } = view.row;
  const sum = (name: 'kept' | 'merged' | 'dropped') => week.reduce((total, day) => total + day[name], 0);
  return (
    <div class="card">
      <h2>{say('week')}</h2>
      {week.length === 0 ? <p class="faint">–</p> : <Sparkline days={week} say={say} />}
      <ShareBar kept={sum('kept')} merged={sum('merged')} dropped={sum('dropped')} say={say} />
      <p class="legend">
        {(['kept', 'merged', 'dropped'] as const).map((name) => (
          <span key={name}>
            <i class={`swatch ${name}`} /> {say(name)} {sum(name)}
          </span>
        ))}
      </p>
      <p>
        <a href={href('/ledger', { source: source.id })}>{say('decisionsOf')} →</a>
      </p>
    </div>
  );
}

function Actions({ context: { say, tell }, view }: Part) {
  const { id, enabled } = view.row.source;
  return (
    <div class="row actions">
      {enabled ? <PollButton source={id} say={say} /> : null}
      <a class="button light" href={href('/sources/edit', { source: id })}>
        {say('edit')}
      </a>
      <ActionButton to="/api/try" source={id} label={say('tryNow')} title={say('tryHint')} />
      {view.lock === null ? (
        <>
          <PauseButton id={id} enabled={enabled} say={say} />
          <form method="post" action="/sources" class="poll">
            <button type="submit" name="do" value={`remove:${id}`}>
              {say('remove')}
            </button>
          </form>
        </>
      ) : (
        <span class="hint">
          <Coded text={tell(view.lock)} />
        </span>
      )}
    </div>
  );
}

/** The source's lines in the file on disk. */
function Block({ context: { say }, view: { block, lock } }: Part) {
  if (block === null) return <p class="empty">{say('noBlock')}</p>;
  return (
    <>
      <NumberedLines lines={block.lines} first={block.first} label={say('configBlock')} />
      {lock === null ? (
        <p>
          <a href={href('/config', { file: block.file, line: block.first })}>{say('editThis', { file: block.file })}</a>
        </p>
      ) : null}
    </>
  );
}

function Push({ following, context }: { following: Following | null; context: PageContext }) {
  if (following === null) return null;
  const { hub, state, expiresAt, why } = following;
  return (
    <>
      <dt>{context.say('push')}</dt>
      <dd>
        {context.say(`push_${state}`, { hub: new URL(hub).host })}{' '}
        {state === 'active' ? <Moment at={expiresAt} context={context} /> : null}{' '}
        <span class="hint">{context.tell(why ?? '')}</span>
      </dd>
    </>
  );
}

function Entries({ entries, context }: { entries: readonly LedgerRow[]; context: PageContext }) {
  const { say } = context;
  return (
    <ul class="entries">
      {entries.map((row) => (
        <li key={row.id}>
          <Moment at={row.at} context={context} text={stampOf(row.at).slice(5)} />{' '}
          <span class={`decision ${row.decision}`}>{say(row.decision)}</span>{' '}
          <a href={href('/ledger/entry', { id: row.entry })}>{row.title || row.entry}</a>{' '}
          <span class="hint">{context.tell(row.reason)}</span>
        </li>
      ))}
    </ul>
  );
}
