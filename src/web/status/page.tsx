/** Draws the front page of the desk: what needs attention, flow, coverage, every source. */
import type { WebDeps } from '../deps.ts';
import { CONDITIONS } from '../source/attention.ts';
import { href, renderPage, type PageContext } from '../ui/layout.tsx';
import { Asides, Held, Memory, Moves, SelfLinks, Silences, Spam, Stops, UnreadableRecords } from './notices.tsx';
import { IdleRules } from './ruletables.tsx';
import { SourceTable } from '../source/table.tsx';
import type { Status } from './gather.ts';
import { Attention, Faults, Flow } from './panels.tsx';
import { Coverage, type Span } from './coveragepanel.tsx';
import { Processes } from './processes.tsx';

/** Rows of the table of sources that one page shows. */
const SOURCES_PER_PAGE = 50;

export interface StatusView {
  readonly mayEdit: boolean;
  /** What feeds call themselves, where that is to be settled; else null. */
  readonly selfLinks: string | null;
  readonly status: Status;
  readonly liveness: WebDeps['liveness'];
  /** Of the map. */
  readonly span: Span;
  readonly filter: { readonly state: string; readonly name: string; readonly page: number };
}

export function renderStatus(context: PageContext, view: StatusView): string {
  const { say } = context;
  const { status, filter } = view;
  const first = filter.state === '' && filter.name === '' && filter.page === 1;
  return renderPage(
    context,
    { title: say('status'), current: 'status', live: true },
    <>
      <h1>{say('status')}</h1>
      <Stops context={context} status={status} />
      <Processes context={context} status={status} />
      <Faults context={context} status={status} />
      <Flow context={context} status={status} liveness={view.liveness} />
      {first ? <Attention context={context} status={status} mayEdit={view.mayEdit} /> : null}
      <SelfLinks context={context} url={view.selfLinks} />
      {first ? <Memory context={context} status={status} /> : null}
      {first ? <UnreadableRecords context={context} status={status} /> : null}
      {first ? <Held context={context} status={status} /> : null}
      {first ? <Moves context={context} status={status} /> : null}
      {first ? <Spam context={context} status={status} /> : null}
      {first ? <Asides context={context} status={status} /> : null}
      {first ? <Silences context={context} status={status} /> : null}
      {first ? <IdleRules context={context} rules={status.rules} /> : null}
      {first ? <Coverage context={context} provinces={status.provinces} span={view.span} /> : null}
      <Sources context={context} view={view} />
    </>,
  );
}

function Sources({ context, view }: { context: PageContext; view: StatusView }) {
  const { say } = context;
  const { filter, status } = view;
  const name = filter.name.toLowerCase();
  const wanted = status.sources.filter(
    (row) =>
      (filter.state === '' || row.state === filter.state) &&
      (name === '' || row.source.name.toLowerCase().includes(name) || row.source.id.toLowerCase().includes(name)),
  );
  const shown = wanted.slice((filter.page - 1) * SOURCES_PER_PAGE, filter.page * SOURCES_PER_PAGE);
  const pages = Math.ceil(wanted.length / SOURCES_PER_PAGE);
  const page = (number: number) =>
    `${href('/status', { state: filter.state, name: filter.name, page: number })}#sources`;
  return (
    <section id="sources" aria-labelledby="sources-title">
      <h2 id="sources-title">
        {say('sources')} <small>{say('sourcesCount', { n: wanted.length })}</small>
      </h2>
      <form class="filter inline" method="get" action="/status#sources">
        <label>
          {say('state')}
          <select name="state">
            <option value="">{say('any')}</option>
            {CONDITIONS.map((state) => (
              <option value={state} selected={filter.state === state} key={state}>
                {say(`state_${state}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('nameContains')}
          <input type="search" name="name" value={filter.name} maxLength={100} />
        </label>
        <button type="submit">{say('filter')}</button>
      </form>
      <div id="source-rows" data-live>
        <SourceTable rows={shown} context={context} />
      </div>
      <nav class="pager">
        {filter.page > 1 ? (
          <a rel="prev" href={page(filter.page - 1)}>
            ← {say('page', { n: filter.page - 1 })}
          </a>
        ) : (
          <span />
        )}
        {pages > 1 ? <span class="faint">{say('pageOf', { n: filter.page, pages })}</span> : null}
        {filter.page < pages ? (
          <a rel="next" href={page(filter.page + 1)}>
            {say('page', { n: filter.page + 1 })} →
          </a>
        ) : (
          <span />
        )}
      </nav>
    </section>
  );
}
