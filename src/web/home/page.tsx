/** Draws the home page: the editions with their addresses, feeds by place, the latest stories. */
import { href, renderPage, type PageContext } from '../ui/layout.tsx';
import { writeCursor } from '../feeds/query.ts';
import type { HomeView } from './view.ts';
import { NarrowForm, Places } from './aside.tsx';
import { Stories, TopStories } from './storylist.tsx';

/** Editions that the line under the title names. */
const NAMED = 2;

export function renderHome(context: PageContext, view: HomeView): string {
  const { say } = context;
  const { edition, addresses, narrowed } = view;
  return renderPage(
    context,
    {
      title: narrowed ? view.title : 'deltawire',
      current: 'home',
      copies: true,
      alternates: addresses.map(({ format, contentType, url }) => ({
        type: contentType.split(';')[0] ?? contentType,
        title: `${edition.title} (${format})`,
        href: url,
      })),
    },
    <>
      <p class="tagline">
        {say('tagline', {
          places: view.config.editions
            .slice(0, NAMED)
            .map(({ title }) => title)
            .join('、'),
        })}
      </p>
      <Editions context={context} view={view} />
      <div class="columns">
        <section aria-labelledby="latest">
          <TopStories context={context} view={view} />
          <h2 id="latest">{narrowed ? view.title : say('latest')}</h2>
          <Stories context={context} view={view} />
          <Pager context={context} view={view} />
        </section>
        <aside>
          <NarrowForm context={context} view={view} />
          <Places context={context} view={view} />
        </aside>
      </div>
    </>,
  );
}

function Editions({ context, view }: { context: PageContext; view: HomeView }) {
  const { say } = context;
  const { config, edition, addresses } = view;
  return (
    <section class="editions" aria-label={say('editions')}>
      <ul class="tabs">
        {config.editions.map(({ id, title }) => (
          <li key={id}>
            <a
              href={id === config.editions[0]?.id ? '/' : href('/', { edition: id })}
              aria-current={id === edition.id ? 'true' : undefined}
            >
              {title} <small>{view.counts.get(id) ?? 0}</small>
            </a>
          </li>
        ))}
      </ul>
      <div class="panel subscribe">
        <div>
          <h1>{edition.title}</h1>
          {edition.description === '' ? null : <p>{edition.description}</p>}
          <p class="faint">{say('subscribeHint')}</p>
          <p class="links">
            <a href="/opml">{say('opml')}</a> <a href="#narrow">{say('narrow')}</a>{' '}
            <a href="#places">{say('provinces')}</a>
          </p>
        </div>
        <ul class="addresses">
          {addresses.map(({ format, url }) => (
            <li key={url}>
              <a class="button" href={url} title={`${say('subscribe')}: ${format}`}>
                {format}
              </a>
              <input type="text" readOnly value={url} aria-label={say('addressOf', { format })} />
              <button type="button" class="copy" data-copied={say('copied')} hidden>
                {say('copy')}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function Pager({ context, view }: { context: PageContext; view: HomeView }) {
  const { say } = context;
  const { narrowing, selection, typed, edition } = view;
  const same = { edition: edition.id, region: typed.region, q: typed.q, script: typed.script };
  if (narrowing.page === 1 && selection.next === null) return null;
  return (
    <nav class="pager" aria-label={say('page', { n: narrowing.page })}>
      {narrowing.page > 1 ? <a href={href('/', same)}>{say('previousEnd')}</a> : <span />}
      <span class="faint">{say('page', { n: narrowing.page })}</span>
      {selection.next === null ? (
        <span />
      ) : (
        <a
          href={href('/', {
            ...same,
            page: narrowing.page + 1,
            after: writeCursor(selection.next),
            shown: selection.shown?.join(''),
          })}
          rel="next"
        >
          {say('older')} →
        </a>
      )}
    </nav>
  );
}
