/** Draws the list of sources: found by words, ordered, grouped, and acted upon one by one or many at once. */
import type { Reason } from '../../model/reason.ts';
import { NEEDS_ATTENTION } from '../source/attention.ts';
import type { SourceStatus } from '../source/status.ts';
import { hintOf, StateMark } from '../source/condition.tsx';
import { href, Moment, type PageContext, renderPage } from '../ui/layout.tsx';
import type { Phrase } from '../ui/words/site.ts';
import { AddressForm } from './addpage.tsx';
import { Filter, Lists, Pager } from './listparts.tsx';
import { hostOfSource, listParameters, type ListQuery, ROWS_PER_PAGE, shareKept, type SourceGroup } from './list.ts';
import { Coded } from '../ui/coded.tsx';

export interface SourcesView {
  readonly query: ListQuery;
  /** All that match, grouped. */
  readonly groups: readonly SourceGroup[];
  /** Why the config cannot be changed; null where it can. */
  readonly lock: Reason | null;
  /** What was just done, in the reader's words; null: nothing. */
  readonly done: { readonly text: string; readonly good: boolean } | null;
}

interface Part {
  readonly context: PageContext;
  readonly view: SourcesView;
}

const COLUMNS = 7;

export function renderSources(context: PageContext, view: SourcesView): string {
  const { say } = context;
  const count = view.groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return renderPage(
    context,
    { title: say('sources'), current: 'sources', chooses: true },
    <>
      <h1>
        {say('sources')} <small>{say('sourcesCount', { n: count })}</small>
      </h1>
      {view.done === null ? null : (
        <p class={view.done.good ? 'notice good' : 'notice'} role="status">
          {view.done.text}
        </p>
      )}
      {view.lock === null ? null : (
        <p class="tagline">
          <Coded text={context.tell(view.lock)} />
        </p>
      )}
      <AddressForm context={context} address="" />
      <Filter context={context} query={view.query} />
      {count === 0 ? (
        <p class="empty">{say('noSourceMatches')}</p>
      ) : (
        <Rows context={context} view={view} count={count} />
      )}
      <Pager context={context} query={view.query} pages={Math.ceil(count / ROWS_PER_PAGE)} />
      <Lists context={context} lock={view.lock} />
    </>,
  );
}

function Rows({ context, view, count }: Part & { readonly count: number }) {
  const { say } = context;
  const { query, lock } = view;
  return (
    <form method="post" action="/sources" class="choosing">
      {Object.entries(listParameters(query)).map(([name, value]) =>
        value === '' ? null : <input type="hidden" name={name} value={value} key={name} />,
      )}
      <div class="row actions bulk" role="group" aria-label={say('withChosen')}>
        <label class="check" hidden data-shown>
          <input type="checkbox" id="choose-shown" /> {say('chooseShown')}
        </label>
        <label class="check">
          <input type="checkbox" name="all" value="1" /> {say('chooseAll', { n: count })}
        </label>
        <Act to="poll" label={say('pollNow')} />
        {lock === null ? (
          <>
            <Act to="pause" label={say('pause')} />
            <Act to="resume" label={say('resume')} />
            <Act to="remove" label={say('remove')} />
          </>
        ) : null}
        <output class="faint" data-chosen={say('chosenCount')} />
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={say('sources')}>
        <table class="rows sources list">
          <Head context={context} query={query} />
          {pageOf(view).map(({ name, rows, all }) => (
            <tbody key={name ?? ''}>
              {query.grouped ? <GroupRow context={context} name={name} all={all} /> : null}
              {rows.map((row) => (
                <Row row={row} context={context} mayEdit={lock === null} key={row.source.id} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </form>
  );
}

/** The groups of one page with their rows there; `all`: every row of the group. */
function pageOf({ groups, query: { page } }: SourcesView) {
  const [from, to] = [(page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE];
  let before = 0;
  return groups.flatMap(({ name, rows: all }) => {
    const rows = all.slice(Math.max(0, from - before), Math.max(0, to - before));
    before += all.length;
    return rows.length === 0 ? [] : [{ name, rows, all }];
  });
}

function Head({ context: { say }, query }: { readonly context: PageContext; readonly query: ListQuery }) {
  const column = (label: Phrase, sort: ListQuery['sort'], hint?: Phrase) => {
    const isSort = query.sort === sort || (sort === '-share' && query.sort === 'share');
    const next = query.sort === '-share' ? 'share' : sort;
    const turned = isSort && sort === '-share' ? next : sort;
    return (
      <th scope="col" aria-sort={isSort ? 'other' : undefined} title={hint === undefined ? undefined : say(hint)}>
        <a href={href('/sources', listParameters({ ...query, sort: turned, page: 1 }))}>{say(label)}</a>
      </th>
    );
  };
  return (
    <thead>
      <tr>
        {column('source', 'name')}
        {column('state', 'state')}
        {column('shareKept', '-share', 'shareHint')}
        {column('failuresInRow', 'failures')}
        {column('newest', 'newest')}
        <th scope="col">{say('nextPoll')}</th>
        <th scope="col">
          <span class="hidden">{say('withChosen')}</span>
        </th>
      </tr>
    </thead>
  );
}

function GroupRow({
  context: { say },
  name,
  all,
}: {
  readonly context: PageContext;
  readonly name: string | null;
  readonly all: readonly SourceStatus[];
}) {
  const shown = name ?? say('noGroup');
  const troubled = all.filter(({ state }) => NEEDS_ATTENTION.has(state)).length;
  return (
    <tr class="group">
      <th scope="colgroup" colSpan={COLUMNS}>
        <label class="check">
          <input type="checkbox" name={`g:${name ?? ''}`} aria-label={say('chooseGroup', { name: shown })} />
          {shown}
        </label>{' '}
        <span class="faint">{say('groupCount', { n: all.length })}</span>{' '}
        {troubled === 0 ? null : <span class="bad">{say('groupTroubled', { n: troubled })}</span>}
      </th>
    </tr>
  );
}

interface RowInput {
  readonly row: SourceStatus;
  readonly context: PageContext;
  readonly mayEdit: boolean;
}

function Row({ row, context, mayEdit }: RowInput) {
  const { source, found, state } = row;
  const { say } = context;
  const { id, name } = source;
  const share = shareKept(row);
  return (
    <tr>
      <th scope="row">
        <label class="check">
          <input type="checkbox" name={`s:${id}`} aria-label={say('choose', { name })} />
        </label>
        <a href={href('/status/source', { id })}>{name}</a>
        <span class="faint id">{[id, hostOfSource(source.url)].join(' · ')}</span>
      </th>
      <td class="how">
        <StateMark state={state} say={say} />
        <span class="hint">{hintOf(row, context)}</span>
      </td>
      <td class="count" data-label={say('shareKept')}>
        {share === null ? <span class="faint">–</span> : `${Math.round(100 * share)}%`}
      </td>
      <td class="count" data-label={say('failuresInRow')}>
        {found.failures}
      </td>
      <td class="when" data-label={say('newest')}>
        <Moment at={found.newestEntryAt} context={context} none="noneYet" />
      </td>
      <td class="when" data-label={say('nextPoll')}>
        {!source.enabled || found.nextPollAt === null ? (
          <span class="faint">–</span>
        ) : (
          <Moment at={found.nextPollAt} context={context} />
        )}
      </td>
      <td class="acts">
        {source.enabled ? <Act to={`poll:${id}`} label={say('poll')} name={say('pollThis', { name })} /> : null}
        {mayEdit ? (
          <Act
            to={`${source.enabled ? 'pause' : 'resume'}:${id}`}
            label={say(source.enabled ? 'pause' : 'resume')}
            name={say(source.enabled ? 'pauseThis' : 'resumeThis', { name })}
          />
        ) : null}
        <a
          class="button light"
          href={href('/sources/edit', { source: id })}
          aria-label={say('editThisSource', { name })}
        >
          {say('edit')}
        </a>
        {mayEdit ? <Act to={`remove:${id}`} label={say('remove')} name={say('removeThis', { name })} /> : null}
      </td>
    </tr>
  );
}

/** `to`: what to do, with all that are chosen, or with the one whose id follows after a colon. */
function Act({ to, label, name }: { readonly to: string; readonly label: string; readonly name?: string }) {
  return (
    <button type="submit" class="light" name="do" value={to} aria-label={name}>
      {label}
    </button>
  );
}
