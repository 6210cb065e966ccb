/** Draws what stands around the list of sources: the search, the pages, and lists from and for other programs. */
import type { Reason } from '../../model/reason.ts';
import { CONDITIONS } from '../source/attention.ts';
import { href, type PageContext } from '../ui/layout.tsx';
import { listParameters, type ListQuery, MOST_WORDS, SORTS } from './list.ts';

interface Part {
  readonly context: PageContext;
  readonly query: ListQuery;
}

export function Filter({ context: { say }, query }: Part) {
  return (
    <form class="filter inline" method="get" action="/sources" role="search">
      <label class="wide">
        {say('findSources')}
        <input type="search" name="q" value={query.words} maxLength={MOST_WORDS} placeholder={say('findSourcesHint')} />
      </label>
      <label>
        {say('state')}
        <select name="state">
          <option value="">{say('any')}</option>
          {CONDITIONS.map((state) => (
            <option value={state} selected={query.state === state} key={state}>
              {say(`state_${state}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say('sortBy')}
        <select name="sort">
          {SORTS.map((sort) => (
            <option value={sort} selected={query.sort === sort} key={sort}>
              {say(`sort_${sort}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say('groups')}
        <select name="groups">
          <option value="">{say('groupsYes')}</option>
          <option value="no" selected={!query.grouped}>
            {say('groupsNo')}
          </option>
        </select>
      </label>
      <button type="submit">{say('search')}</button>
    </form>
  );
}

export function Lists({ context: { say }, lock }: { readonly context: PageContext; readonly lock: Reason | null }) {
  return (
    <section class="panel lists" aria-labelledby="opml-title">
      <h2 id="opml-title">{say('opmlTitle')}</h2>
      {lock === null ? (
        <form class="row actions" method="post" action="/sources/opml" encType="multipart/form-data">
          <label>
            {say('opmlFile')}
            <input type="file" name="list" accept=".opml,.xml,text/x-opml,text/xml,application/xml" required />
          </label>
          <button type="submit" class="light">
            {say('opmlImport')}
          </button>
        </form>
      ) : null}
      <p>
        <a href="/sources/opml" download>
          {say('opmlExport')}
        </a>
      </p>
    </section>
  );
}

export function Pager({ context: { say }, query, pages }: Part & { readonly pages: number }) {
  if (pages <= 1) return null;
  const to = (page: number) => href('/sources', listParameters({ ...query, page }));
  return (
    <nav class="pager" aria-label={say('pageOf', { n: query.page, pages })}>
      {query.page > 1 ? (
        <a rel="prev" href={to(query.page - 1)}>
          ← {say('page', { n: query.page - 1 })}
        </a>
      ) : (
        <span />
      )}
      <span class="faint">{say('pageOf', { n: query.page, pages })}</span>
      {query.page < pages ? (
        <a rel="next" href={to(query.page + 1)}>
          {say('page', { n: query.page + 1 })} →
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
