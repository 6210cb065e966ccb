/** Draws beside the stories: a form that narrows a feed, and the places that have one. */
import { TwoBar } from '../ui/charts.tsx';
import type { HomeView } from './view.ts';
import { href, type PageContext } from '../ui/layout.tsx';

export function NarrowForm({ context, view }: { context: PageContext; view: HomeView }) {
  const { say } = context;
  const { typed, edition } = view;
  return (
    <form class="panel narrow" id="narrow" method="get" action="/">
      <h2>{say('narrow')}</h2>
      <p class="faint">{say('narrowHint')}</p>
      <input type="hidden" name="edition" value={edition.id} />
      <label>
        {say('region')}
        <input type="text" name="region" value={typed.region} placeholder={say('regionExample')} maxLength={100} />
      </label>
      <label>
        {say('words')}
        <input type="search" name="q" value={typed.q} maxLength={100} />
      </label>
      <label>
        {say('script')}
        <select name="script">
          {(['', 'hans', 'hant'] as const).map((value) => (
            <option value={value} selected={typed.script === value} key={value}>
              {say(value === '' ? 'asPublished' : value)}
            </option>
          ))}
        </select>
      </label>
      <div class="row">
        <button type="submit">{say('apply')}</button>
        {!view.narrowed ? null : <a href={href('/', { edition: edition.id })}>{say('clear')}</a>}
      </div>
    </form>
  );
}

export function Places({ context, view }: { context: PageContext; view: HomeView }) {
  const { say } = context;
  const { places, trail, edition } = view;
  if (places.length === 0 && trail.length === 0) return null;
  const most = Math.max(1, ...places.map((place) => place.entries));
  return (
    <section class="panel places" id="places" aria-labelledby="places-title">
      <h2 id="places-title">{say('provinces')}</h2>
      <p class="faint">{say('provincesHint')}</p>
      {trail.length === 0 ? null : (
        <p class="trail">
          <a href={href('/', { edition: edition.id })}>{edition.title}</a>
          {trail.map(({ code, name }, i) => (
            <span key={code}>
              {' › '}
              {i === trail.length - 1 ? (
                <strong>{name}</strong>
              ) : (
                <a href={href('/', { edition: edition.id, region: code })}>{name}</a>
              )}
            </span>
          ))}
        </p>
      )}
      <ul>
        {places.map(({ code, name, entries }) => (
          <li key={code}>
            <a href={href('/', { edition: edition.id, region: code })}>{name}</a>
            <TwoBar long={entries} short={0} most={most} label={`${name}: ${entries}`} />
            <span class="count">{entries}</span>
            <a
              class="feed"
              href={href(`/feeds/${encodeURIComponent(edition.id)}.rss`, { region: code })}
              aria-label={`RSS: ${name}`}
            >
              RSS
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
