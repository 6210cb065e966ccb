/** Draws an edition's stories: those of most weight on top, the rest by day, each with what it says and who else tells it. */
import type { EditionRow } from '../../model/story.ts';
import { outletsOf } from '../../publish/storyweight.ts';
import { DAY_MS, isDateOnly } from '../../text/time.ts';
import { href, Moment, Outward, type PageContext } from '../ui/layout.tsx';
import { excerptAround, Marked, markedSpans } from '../ui/marked.tsx';
import { clockOf, dateOf, dayName, stampOf } from '../ui/times.ts';
import { type Write, writerFor } from '../ui/written.ts';
import type { HomeView } from './view.ts';

/** Two lines of it on a screen. */
const SUMMARY_CHARACTERS = 110;
const OUTLETS_NAMED = 3;
const REGIONS_SHOWN = 4;

interface Input {
  readonly context: PageContext;
  readonly view: HomeView;
}

export function TopStories({ context, view }: Input) {
  if (view.top.length === 0) return null;
  return (
    <section class="top" aria-labelledby="top">
      <h2 id="top">{context.say('topStories')}</h2>
      <ul class="stories">
        {view.top.map((row) => (
          <StoryItem row={row} context={context} view={view} key={row.story.id} />
        ))}
      </ul>
    </section>
  );
}

export function Stories({ context, view }: Input) {
  const { say, now } = context;
  const { rows } = view.selection;
  if (view.fault !== null)
    return (
      <p class="notice" role="alert">
        {context.tell(view.fault)}
      </p>
    );
  if (rows.length === 0) return <p class="empty">{say(view.narrowed ? 'noMatches' : 'noStories')}</p>;
  const days = new Map<string, EditionRow[]>();
  for (const row of rows) {
    const day = dateOf(row.story.orderAt);
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return (
    <>
      {[...days].map(([day, ofDay]) => (
        <section class="day" key={day}>
          <h3>{dayName(ofDay[0]?.story.orderAt ?? 0, now, say)}</h3>
          <ul class="stories">
            {ofDay.map((row) => (
              <StoryItem row={row} context={context} view={view} key={row.story.id} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function StoryItem({ row, context, view }: Input & { row: EditionRow }) {
  const { story, lead } = row;
  const write = writerFor(lead.script, view.narrowing.script);
  const { words } = view;
  const page = `/stories/${story.id}`;
  const image = view.images.get(story.id);
  const name = view.config.sources.find((source) => source.id === lead.source)?.name;
  return (
    <li class={image === undefined ? undefined : 'pictured'}>
      <Moment at={story.orderAt} context={context} text={whenOf(story.orderAt, context)} />
      <div>
        <a class="headline" href={page}>
          <Marked text={lead.title === '' ? stampOf(story.orderAt) : write(lead.title)} words={words} />
        </a>
        <p class="summary">
          <Marked text={summaryOf(row, words, write)} words={words} />
        </p>
        <p class="meta">
          <Outward to={lead.link}>{write(lead.outlet ?? name ?? lead.source)}</Outward>
          <Others row={row} context={context} write={write} />
          {story.regions.slice(0, REGIONS_SHOWN).map((region) => (
            <a class="chip" href={href('/', { edition: view.edition.id, region: region.code })} key={region.code}>
              {write(region.name)}
            </a>
          ))}
        </p>
      </div>
      {image === undefined ? null : (
        <a class="picture" href={page} tabIndex={-1} aria-hidden="true">
          <img src={image} alt="" loading="lazy" width="120" height="80" />
        </a>
      )}
    </li>
  );
}

/** The other outlets by name, each a way to its own article. */
function Others({ row: { story, lead }, context, write }: { row: EditionRow; context: PageContext; write: Write }) {
  const [, ...others] = outletsOf(story);
  if (others.length === 0) return null;
  const { say } = context;
  const linkOf = (name: string) =>
    story.copies.find((copy) => copy.entry !== lead.id && (copy.outlet ?? copy.sourceName) === name)?.link ?? null;
  return (
    <span class="others">
      <a href={`/stories/${story.id}#copies`}>{say('otherOutlets', { n: others.length })}</a>
      {say('colon')}
      {others.slice(0, OUTLETS_NAMED).map((name, i) => (
        <span key={name}>
          {i === 0 ? null : say('comma')}
          <Outward to={linkOf(name)}>{write(name)}</Outward>
        </span>
      ))}
      {others.length > OUTLETS_NAMED ? '…' : null}
    </span>
  );
}

/** What the summary says beyond the headline, or the part of the text in which the words stand. */
function summaryOf({ lead }: EditionRow, words: readonly string[], write: Write): string {
  const { title, summary } = lead;
  const rest = summary.startsWith(title) ? summary.slice(title.length).replace(/^[\s\p{P}]+/u, '') : summary;
  const isFound = words.length === 0 || [title, rest].some((text) => markedSpans(text, words).length > 0);
  return write(excerptAround(isFound ? rest : lead.text, words, SUMMARY_CHARACTERS));
}

/** A time of day; of what has a date alone, the day. */
function whenOf(at: number, { now, say }: PageContext): string {
  if (!isDateOnly(at)) return clockOf(at);
  const isNear = now - at < 2 * DAY_MS;
  return isNear ? dayName(at, now, say) : dateOf(at).slice(5);
}
