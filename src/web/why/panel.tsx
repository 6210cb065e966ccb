/** Draws where an entry stands: the editions that it is in now with its page, the others with what keeps it out. */
import { href, type PageContext } from '../ui/layout.tsx';
import type { Standing } from '../../model/standing.ts';

interface Line {
  readonly context: PageContext;
  readonly places: Standing['in'];
}

/** In one line: the editions that have it. */
export function StandingLine({ context: { say }, places }: Line) {
  return (
    <p class="meta">
      {places.length === 0 ? <span class="chip none">{say('noEdition')}</span> : null}
      {places.map(({ edition, title, page }) => (
        <a class="chip edition" href={href('/', { edition })} key={edition}>
          {title} <small>{say('page', { n: page })}</small>
        </a>
      ))}
    </p>
  );
}

export function StandingList({ context, standing }: { context: PageContext; standing: Standing }) {
  const { say, tell } = context;
  return (
    <ul class="standing">
      {standing.in.map(({ edition, title, why }) => (
        <li key={edition}>
          <a class="chip edition" href={href('/', { edition })}>
            {title}
          </a>{' '}
          {say('standsIn')} <span class="hint">{tell(why)}</span>
        </li>
      ))}
      {standing.out.map(({ edition, title, by, why }) => (
        <li key={edition}>
          <span class="chip none">{title}</span> {say('keptOut')} <b>{say(`by_${by}`)}</b>{' '}
          <span class="hint">{tell(why)}</span>
        </li>
      ))}
    </ul>
  );
}
