/** Draws the life of one entry: as the source gave it, cleaned, its regions, its story, its editions, what was decided. */
import { nonEntryDecision } from '../../model/decision.ts';
import type { StoredRaw } from '../../model/entry.ts';
import { type Piece, diffLines } from './diff.ts';
import { href, Moment, Outward, renderPage, type PageContext } from '../ui/layout.tsx';
import { nameOfRule } from '../ledger/rulename.ts';
import { markupLines } from './markuptext.ts';
import { dayOrStamp, stampOf } from '../ui/times.ts';
import { StandingLine, StandingList } from '../why/panel.tsx';
import type { EntryView } from './view.ts';

interface Part {
  readonly context: PageContext;
  readonly view: EntryView;
}

export function renderEntry(context: PageContext, view: EntryView): string {
  const { say } = context;
  const { entry } = view;
  return renderPage(
    context,
    { title: entry.title || say('entry'), current: 'ledger' },
    <article class="entry">
      <p class="trail">
        <a href="/ledger">{say('ledger')}</a> › {say('lifeOf')}
      </p>
      <h1>{entry.title || entry.id}</h1>
      {view.standing === null ? null : <StandingLine context={context} places={view.standing.in} />}
      <RawPart context={context} view={view} />
      <CleanedPart context={context} view={view} />
      <RegionsPart context={context} view={view} />
      <StoryPart context={context} view={view} />
      <EditionsPart context={context} view={view} />
      <Decisions context={context} view={view} />
    </article>,
  );
}

function RawPart({ context, view: { raw, entry, firstSeen, config } }: Part) {
  const { say } = context;
  const name = config.sources.find(({ id }) => id === entry.source)?.name ?? entry.source;
  return (
    <section class="panel" aria-labelledby="raw">
      <h2 id="raw">{say('stageRaw')}</h2>
      <dl class="facts">
        <dt>{say('source')}</dt>
        <dd>
          <a href={href('/status/source', { id: entry.source })}>{name}</a>
        </dd>
        <dt>{say('firstSeen')}</dt>
        <dd>
          <Moment at={firstSeen} context={context} text={stampOf(firstSeen)} />
        </dd>
        {raw === null ? null : (
          <>
            <dt>{say('title')}</dt>
            <dd>{raw.item.title}</dd>
            <dt>{say('originalAddress')}</dt>
            <dd class="url">
              <Outward to={raw.item.link}>{raw.item.link ?? '–'}</Outward>
            </dd>
            <dt>{say('published')}</dt>
            <dd>{raw.item.published === null ? '–' : dayOrStamp(raw.item.published)}</dd>
            <dt>{say('guid')}</dt>
            <dd class="url">{raw.item.guid ?? '–'}</dd>
            {raw.item.repairs.length === 0 ? null : (
              <>
                <dt>{say('repairs')}</dt>
                <dd>{raw.item.repairs.map((repair) => context.tell(repair)).join(say('semicolon'))}</dd>
              </>
            )}
          </>
        )}
      </dl>
      {raw === null ? <p class="empty">{say('rawGone')}</p> : <RawText item={raw.item} context={context} />}
    </section>
  );
}

/** What the source gave of the text, as far as a page holds it; nothing where it gave a headline alone. */
function RawText({ item, context }: { item: StoredRaw['item']; context: PageContext }) {
  const text = item.content ?? item.summary ?? '';
  if (text.trim() === '') return null;
  return (
    <pre class="source" tabIndex={0} aria-label={context.say('stageRaw')}>
      {text.slice(0, 20_000)}
    </pre>
  );
}

function CleanedPart({ context, view: { raw, cleaned, entry } }: Part) {
  const { say } = context;
  const result = cleaned?.entry ?? entry;
  const before =
    raw === null || cleaned === null
      ? null
      : `${raw.item.title}\n${markupLines(raw.item.content ?? raw.item.summary ?? '')}`;
  const after = `${result.title}\n${result.text || result.summary}`;
  const pieces = before === null ? [{ kind: 'same' as const, text: after }] : diffLines(before, after);
  const same = pieces.every(({ kind }) => kind === 'same');
  return (
    <section class="panel" aria-labelledby="cleaned">
      <h2 id="cleaned">{say('stageCleaned')}</h2>
      {before === null ? null : <p class="faint">{say('cleanedDiff')}</p>}
      <p class="diff" lang={result.script === 'hant' ? 'zh-Hant' : 'zh-Hans'}>
        {pieces.map((piece, i) => (
          <DiffPiece piece={piece} context={context} key={i} />
        ))}
      </p>
      {cleaned === null ? null : cleaned.removed.length === 0 ? (
        same && <p class="faint">{say('nothingRemoved')}</p>
      ) : (
        <ul class="removed">
          {cleaned.removed.map(({ rule, text }, i) => (
            <li key={`${rule} ${i}`}>
              <span class="faint">
                {say('removedBy')} <code>{rule}</code>
              </span>{' '}
              <del>{text.slice(0, 500)}</del>
            </li>
          ))}
        </ul>
      )}
      {cleaned?.nonEntry ? (
        <p class="notice">
          <code>{nonEntryDecision(cleaned.nonEntry.rule)}</code> {context.tell(cleaned.nonEntry.reason)}
        </p>
      ) : null}
      <dl class="facts">
        <dt>{say('outlet')}</dt>
        <dd>{result.outlet ?? '–'}</dd>
        <dt>{say('authors')}</dt>
        <dd>{result.authors.join('、') || '–'}</dd>
        <dt>{say('editor')}</dt>
        <dd>{result.editor ?? '–'}</dd>
        <dt>{say('address')}</dt>
        <dd class="url">
          <Outward to={result.link}>{result.link ?? '–'}</Outward>
        </dd>
      </dl>
    </section>
  );
}

function DiffPiece({ piece: { kind, text }, context: { say } }: { piece: Piece; context: PageContext }) {
  if (kind === 'same') return <span>{text}</span>;
  const word = <span class="hidden">[{say(kind === 'removed' ? 'removedWord' : 'addedWord')}] </span>;
  return kind === 'removed' ? (
    <del>
      {word}
      {text}
    </del>
  ) : (
    <ins>
      {word}
      {text}
    </ins>
  );
}

function RegionsPart({ context, view: { regions, outletPlace, relevance } }: Part) {
  const { say } = context;
  return (
    <section class="panel evidence" aria-labelledby="regions">
      <h2 id="regions">{say('stageRegions')}</h2>
      {regions.length === 0 ? (
        <p class="faint">{say('noRegions')}</p>
      ) : (
        <p class="faint">{say('scoreScale', { threshold: relevance[0]?.threshold.toFixed(1) ?? '–' })}</p>
      )}
      <ul>
        {regions.map(({ code, name, score, evidence }) => (
          <li key={code}>
            <a href={href('/ledger', { region: code })}>{name}</a>{' '}
            <span class="faint">
              {code} · {score.toFixed(2)}
            </span>
            <p class="meta">
              {evidence.map(({ term, field, weight }, i) => (
                <span class="term" key={`${term} ${field} ${i}`}>
                  {term}{' '}
                  <small>
                    {say(`field_${field}`)} {weight > 0 ? '+' : '−'}
                    {Math.abs(weight).toFixed(2)}
                  </small>
                </span>
              ))}
            </p>
          </li>
        ))}
      </ul>
      {outletPlace === null ? null : (
        <p class="meta">
          {say('outletPlace')} {outletPlace.name}
        </p>
      )}
    </section>
  );
}

function StoryPart({ context: { say, tell }, view: { story } }: Part) {
  return (
    <section class="panel" aria-labelledby="story">
      <h2 id="story">{say('stageStory')}</h2>
      {story === null ? (
        <p class="faint">{say('noSuchStory')}</p>
      ) : (
        <p>
          <a href={`/stories/${story.id}`}>{story.title || story.id}</a>{' '}
          <span class="faint">{story.copies > 1 ? say('copies', { n: story.copies - 1 }) : say('noCopies')}</span>
          <br />
          <span class="hint">{tell(story.why)}</span>
          {story.nearest === null ? null : (
            <>
              <br />
              {say('nearestEntry')}: <a href={href('/ledger/entry', { id: story.nearest.id })}>{story.nearest.title}</a>
            </>
          )}
        </p>
      )}
    </section>
  );
}

function EditionsPart({ context, view: { relevance, standing, config } }: Part) {
  const { say, tell } = context;
  const titleOf = (id: string) => config.editions.find((edition) => edition.id === id)?.title ?? id;
  return (
    <section class="panel" aria-labelledby="editions">
      <h2 id="editions">{say('stageEditions')}</h2>
      <p class="faint">{say('standingHint', { version: config.version })}</p>
      {standing === null ? null : <StandingList context={context} standing={standing} />}
      {relevance.length === 0 ? null : (
        <details>
          <summary>{say('relevanceByItself')}</summary>
          <ul>
            {relevance.map(({ edition, relevant, score, threshold, why }) => (
              <li key={edition}>
                <b>{titleOf(edition)}</b>: {say(relevant ? 'relevant' : 'irrelevant')}{' '}
                <span class="faint">
                  {say('scoreOf', { score: score.toFixed(2), threshold: threshold.toFixed(2) })}
                </span>{' '}
                <span class="hint">{tell(why)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Decisions({ context, view: { ledger } }: Part) {
  const { say } = context;
  return (
    <section class="life" aria-labelledby="decisions">
      <h2 id="decisions">{say('stageDecisions')}</h2>
      <p class="faint">{say('historyHint')}</p>
      <ol>
        {ledger.map((row) => (
          <li key={row.id}>
            <Moment at={row.at} context={context} text={stampOf(row.at)} />
            <span class={`decision ${row.decision}`}>{say(row.decision)}</span>
            <span>
              <a href={href('/ledger', { rule: row.rule })} title={row.rule}>
                {nameOfRule(row.rule, say)}
              </a>{' '}
              · {context.tell(row.reason)} <span class="faint">({row.configVersion})</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
