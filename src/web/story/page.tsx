/** Draws one story: its lead, its other copies, its regions with evidence, what happened to each entry. */
import type { StoredReason } from '../../model/reason.ts';
import type { Entry } from '../../model/entry.ts';
import type { RegionHit } from '../../model/region.ts';
import { headlineOf } from '../../store/stories/relations.ts';
import type { StoryCopy, StoryView } from './view.ts';
import { Arrange, ArrangedNotes, WithdrawnNote } from './arrangeforms.tsx';
import { href, Moment, Outward, renderPage, type PageContext } from '../ui/layout.tsx';
import { dayOrStamp } from '../ui/times.ts';
import { History, Timeline } from './timeline.tsx';
import { StandingLine, StandingList } from '../why/panel.tsx';
import { writerFor } from '../ui/written.ts';
import { tidyHtml } from '../../publish/tidyhtml.ts';
import type { Phrase } from '../ui/words/site.ts';

export function renderStory(context: PageContext, view: StoryView): string {
  const { story, copies } = view;
  const [lead, ...others] = copies;
  const { say } = context;
  const title = writerFor(lead?.member.script ?? null, context.script)(lead?.member.title ?? '') || say('story');
  return renderPage(
    context,
    {
      title,
      alternates: [{ type: 'application/json', title: 'JSON', href: `/stories/${story.id}.json` }],
    },
    <article class="story">
      <header>
        <h1>{title}</h1>
        {lead === undefined ? null : <LeadLine copy={lead} context={context} />}
        <p class="meta">
          {story.regions.map(({ code, name }) => (
            <a class="chip" href={href('/', { region: code })} key={code}>
              {writerFor('hans', context.script)(name)}
            </a>
          ))}
        </p>
        <StandingLine context={context} places={view.in} />
      </header>
      <WithdrawnNote view={view} context={context} />
      <ArrangedNotes view={view} context={context} />
      <div class="columns">
        <Content entry={lead?.entry ?? null} context={context} />
        <aside>
          <Copies others={others} lead={lead} context={context} />
          <OneEvent related={view.related} context={context} />
          <Regions copies={copies} withScores={view.mayArrange} context={context} />
          <NowIn view={view} context={context} />
          <Arrange view={view} context={context} />
        </aside>
      </div>
      <Timeline view={view} context={context} />
      <History view={view} context={context} />
    </article>,
  );
}

/** What keeps it out of an edition tells of the operator's rules, which are no reader's business. */
function NowIn({ view: { standing, config }, context }: { view: StoryView; context: PageContext }) {
  if (standing === null) return null;
  return (
    <section class="panel">
      <h2>{context.say('editions')}</h2>
      <p class="faint">{context.say('standingHint', { version: config.version })}</p>
      <StandingList context={context} standing={standing} />
    </section>
  );
}

function LeadLine({ copy, context }: { copy: StoryCopy; context: PageContext }) {
  const { say } = context;
  const { member, entry } = copy;
  const write = writerFor(member.script, context.script);
  const facts: (readonly [Phrase, string])[] = [];
  if (entry !== null && entry.authors.length > 0) facts.push(['authors', entry.authors.join('、')]);
  if (entry?.editor) facts.push(['editor', entry.editor]);
  return (
    <p class="byline">
      <strong>{write(member.outlet ?? copy.sourceName)}</strong>
      <Moment
        at={member.published ?? member.firstSeen}
        context={context}
        text={dayOrStamp(member.published ?? member.firstSeen)}
      />
      {member.outlet === null || member.outlet === copy.sourceName ? null : (
        <span>
          {say('source')} {write(copy.sourceName)}
        </span>
      )}
      {facts.map(([phrase, value]) => (
        <span key={phrase}>
          {say(phrase)} {value}
        </span>
      ))}
      {member.link === null ? null : <Outward to={member.link}>{say('readAt')} ↗</Outward>}
    </p>
  );
}

function Content({ entry, context }: { entry: Entry | null; context: PageContext }) {
  const { say } = context;
  if (entry === null) return <p class="empty">{say('contentGone')}</p>;
  const script = context.script ?? entry.script;
  const lang = (context.script === null && entry.language) || (script === 'hant' ? 'zh-Hant' : 'zh-Hans');
  const write = writerFor(entry.script, context.script);
  if (entry.content.trim() === '')
    return (
      <p class={entry.summary === '' ? 'empty' : 'prose'}>
        {entry.summary === '' ? say('emptyContent') : write(entry.summary)}
      </p>
    );
  // The sanitiser cleaned the content before it was stored, and the page's content policy forbids scripts as well.
  return <div class="prose" lang={lang} dangerouslySetInnerHTML={{ __html: tidyHtml(entry.content, write) }} />;
}

interface CopiesInput {
  readonly others: readonly StoryCopy[];
  readonly lead: StoryCopy | undefined;
  readonly context: PageContext;
}

/** Why a copy belongs to the story: said where it joined; of the one that began it, where the lead joined it. */
function whyOf(copy: StoryCopy, lead: StoryCopy | undefined): StoredReason {
  const joined = copy.ledger.findLast((row) => row.decision === 'merged');
  if (joined !== undefined) return joined.reason;
  return lead?.ledger.findLast((row) => row.decision === 'merged')?.reason ?? copy.member.why;
}

function Copies({ others, lead, context }: CopiesInput) {
  const { say } = context;
  return (
    <section class="panel copies" id="copies">
      <h2>
        {say('otherCopies')} {others.length === 0 ? null : <small>{others.length}</small>}
      </h2>
      {others.length === 0 ? <p class="faint">{say('noCopies')}</p> : null}
      <ul>
        {others.map((copy) => (
          <li key={copy.member.entry}>
            <Outward to={copy.member.link}>
              {writerFor(copy.member.script, context.script)(copy.member.title || copy.sourceName)}
            </Outward>
            <p class="meta">
              <span>
                {[copy.member.outlet, copy.sourceName]
                  .filter((name, i, all) => name && all.indexOf(name) === i)
                  .join(' · ')}
              </span>
              <Moment at={copy.member.published ?? copy.member.firstSeen} context={context} />
              {copy.member.script === null ? null : <span>{say(copy.member.script)}</span>}
            </p>
            <p class="why">
              <span class="faint">{say('why')}</span>
              {context.tell(whyOf(copy, lead))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Stories that tell of the same event and are no copies; without any, nothing. */
function OneEvent({ related, context }: { related: StoryView['related']; context: PageContext }) {
  if (related.length === 0) return null;
  return (
    <section class="panel related" id="related">
      <h2>
        {context.say('relatedStories')} <small>{related.length}</small>
      </h2>
      <ul>
        {related.map(({ story, why }) => (
          <li key={story.id}>
            <a href={`/stories/${encodeURIComponent(story.id)}`}>
              {writerFor(null, context.script)(headlineOf(story) || story.id)}
            </a>
            <p class="meta">
              <Moment at={story.orderAt} context={context} />
            </p>
            <p class="why">{context.tell(why)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RegionsInput {
  readonly copies: readonly StoryCopy[];
  /** Scores tell the operator something; readers have no scale for them. */
  readonly withScores: boolean;
  readonly context: PageContext;
}

function Regions({ copies, withScores, context }: RegionsInput) {
  const { say } = context;
  const best = new Map<string, RegionHit>();
  for (const hit of copies.flatMap((copy) => copy.regions))
    if ((best.get(hit.code)?.score ?? -Infinity) < hit.score) best.set(hit.code, hit);
  const hits = [...best.values()].sort((a, b) => b.score - a.score);
  const from = [...new Set(copies.flatMap(({ outletPlace }) => outletPlace?.name ?? []))];
  return (
    <section class="panel evidence">
      <h2>{say('regions')}</h2>
      {hits.length === 0 ? <p class="faint">{say('noRegions')}</p> : null}
      <ul>
        {hits.map(({ code, name, score, evidence }) => (
          <li key={code}>
            <a href={href('/', { region: code })}>{name}</a> <span class="faint">{code}</span>
            {withScores ? <span class="faint"> · {score.toFixed(2)}</span> : null}
            <p class="meta">
              {evidence.slice(0, 8).map(({ term, field, weight }, i) => (
                <span class="term" title={withScores ? `${weight}` : undefined} key={`${term} ${field} ${i}`}>
                  {term} <small>{say(`field_${field}`)}</small>
                </span>
              ))}
            </p>
          </li>
        ))}
      </ul>
      {from.length === 0 ? null : (
        <p class="meta">
          {say('outletPlace')} {from.join('、')}
        </p>
      )}
    </section>
  );
}
