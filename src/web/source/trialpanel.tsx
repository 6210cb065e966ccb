/** Draws what each stage made of a source in a trial. */
import type { Trial, TrialEntry } from '../deps.ts';
import { Outward, type PageContext } from '../ui/layout.tsx';
import { stampOf } from '../ui/times.ts';
import type { Say } from '../ui/words/site.ts';

interface TrialInput {
  readonly trial: Trial;
  readonly context: PageContext;
  /** Edition id → title. */
  readonly editions: ReadonlyMap<string, string>;
}

export function TrialPanel({ trial, context, editions }: TrialInput) {
  const { say, tell } = context;
  const { fetched, read, entries, failure } = trial;
  return (
    <section class="panel trial" id="trial" aria-labelledby="trial-title">
      <h2 id="trial-title">{say('tried')}</h2>
      <ol>
        {fetched === null ? null : <FetchedItem fetched={fetched} say={say} />}
        {read === null ? null : (
          <li>
            <b>{say('stageRead')}</b>
            {say('colon')}
            {[read.format, read.charset, `${say('items')} ${read.items}`].join(say('comma'))}
            <span class="hint">{[read.title, ...read.repairs.map(tell)].filter(Boolean).join(' · ')}</span>
          </li>
        )}
        {entries.length === 0 ? null : (
          <li>
            <b>{say('stageEntries')}</b>
            {say('colon')}
            {say('wouldKeep', countOf(entries))}
            <p class="row">
              {tally(entries).map(([id, n]) => (
                <span class="chip edition" key={id}>
                  {editions.get(id) ?? id} {n}
                </span>
              ))}
            </p>
            <ul class="entries">
              {entries.map((entry, i) => (
                <li key={`${entry.link ?? ''} ${i}`}>
                  <span class={`decision ${entry.editions.length > 0 ? 'kept' : 'dropped'}`}>
                    {say(entry.editions.length > 0 ? 'kept' : 'dropped')}
                  </span>{' '}
                  <Outward to={entry.link}>{entry.title || '–'}</Outward>{' '}
                  {entry.editions.map((id) => (
                    <span class="chip edition" key={id}>
                      {editions.get(id) ?? id}
                    </span>
                  ))}
                  <span class="hint">
                    {[
                      entry.published === null ? null : stampOf(entry.published),
                      entry.outlet,
                      say('characters', { n: entry.length }),
                      entry.removed > 0 ? say('removedCount', { n: entry.removed }) : null,
                      entry.regions.map(({ name }) => name).join('、'),
                      tell(entry.reason),
                      ...entry.repairs.map(tell),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        )}
        {failure === null ? null : (
          <li class="bad">
            <b>{say(fetched === null ? 'stageFetch' : 'stageRead')}</b>
            {say('colon')}
            {say('stageFailed', { message: tell(failure.reason) })}
          </li>
        )}
      </ol>
    </section>
  );
}

function FetchedItem({ fetched, say }: { fetched: NonNullable<Trial['fetched']>; say: Say }) {
  const { status, bytes, elapsedMs, contentType } = fetched;
  return (
    <li>
      <b>{say('stageFetch')}</b>
      {say('colon')}
      {[`HTTP ${status}`, `${(bytes / 1024).toFixed(1)} KB`, `${elapsedMs} ms`, contentType ?? '–'].join(say('comma'))}
      <span class="hint">{[...fetched.redirects, fetched.url].join(' · ')}</span>
    </li>
  );
}

function countOf(entries: readonly TrialEntry[]): { readonly all: number; readonly kept: number } {
  return { all: entries.length, kept: entries.filter(({ editions }) => editions.length > 0).length };
}

/** Edition id → entries that it would have, most first. */
function tally(entries: readonly TrialEntry[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { editions } of entries) for (const id of editions) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
