/** Draws what came of the provinces that the editions are about: a map, what had nothing, and every city with its count. */
import { TwoBar } from '../ui/charts.tsx';
import { href, type PageContext } from '../ui/layout.tsx';
import { CityMap, hasTile } from './citymap.tsx';
import { citiesOf, type CoverageRow, type ProvinceCoverage } from './coveragerows.ts';

const PROVINCES_SHOWN = 6;

export const SPANS = ['day', 'week'] as const;
export type Span = (typeof SPANS)[number];

interface CoverageInput {
  readonly context: PageContext;
  readonly provinces: readonly ProvinceCoverage[];
  readonly span: Span;
}

export function Coverage({ context, provinces: all, span }: CoverageInput) {
  const { say } = context;
  const provinces = all.slice(0, PROVINCES_SHOWN);
  const cities = citiesOf(provinces);
  const most = Math.max(1, ...provinces.flatMap(({ places }) => places.map((place) => place[span])));
  return (
    <section id="coverage" data-live aria-labelledby="coverage-title">
      <h2 id="coverage-title">{say('coverage')}</h2>
      <p class="spans">
        {SPANS.map((one) => (
          <a
            class="chip"
            href={`${href('/status', { span: one })}#coverage`}
            aria-current={one === span ? 'true' : undefined}
            key={one}
          >
            {say(`span_${one}`)}
          </a>
        ))}
        <span class="faint">{say('coverageHint')}</span>
      </p>
      <div class={cities.some(hasTile) ? 'mapped' : undefined}>
        <CityMap cities={cities} span={span} label={tellCities(cities, span, context)} />
        <Nothing cities={cities} span={span} context={context} />
      </div>
      <div class="cards coverage">
        {provinces.map(({ code, name, places, ...counts }) => (
          <section class="card" key={code}>
            <h3>
              <a href={href('/ledger', { region: code })}>{name}</a>{' '}
              <span class="count">{counts[span].toLocaleString('en')}</span>
            </h3>
            <ul class="bars">
              {withStories(places, span).map((place) => (
                <li key={place.code}>
                  <a href={href('/ledger', { region: place.code })}>{place.name}</a>
                  <TwoBar long={0} short={place[span]} most={most} label={`${place.name}: ${place[span]}`} />
                  <span class="count">{place[span].toLocaleString('en')}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

/** The cities of which nothing came, each a way to its rows in the ledger. */
function Nothing({ cities, span, context: { say } }: Omit<CoverageInput, 'provinces'> & Cities) {
  const silent = cities.filter((city) => city[span] === 0);
  return (
    <div class="silent">
      <h3>
        {say(`nothing_${span}`)} <small>{silent.length}</small>
      </h3>
      {silent.length === 0 ? <p class="good">{say('nothingNone')}</p> : null}
      <p class="chips">
        {silent.map(({ code, name }) => (
          <a class="chip none" href={href('/ledger', { region: code })} key={code}>
            {name}
          </a>
        ))}
      </p>
    </div>
  );
}

interface Cities {
  readonly cities: readonly CoverageRow[];
}

function tellCities(cities: readonly CoverageRow[], span: Span, { say }: PageContext): string {
  const told = withStories(cities, span);
  const silent = cities.length - told.length;
  return say('mapLabel', {
    span: say(`span_${span}`),
    cities: told.length === 0 ? '–' : told.map((city) => `${city.name} ${city[span]}`).join(say('comma')),
    silent,
  });
}

/** Most stories first. */
const withStories = (places: readonly CoverageRow[], span: Span): CoverageRow[] =>
  places.filter((place) => place[span] > 0).toSorted((a, b) => b[span] - a[span] || (a.code < b.code ? -1 : 1));
