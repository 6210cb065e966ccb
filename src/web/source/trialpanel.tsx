/** Draws what each stage made of a source in a trial. */
import type { Trial } from '../deps.ts';
import { Outward, type PageContext } from '../ui/layout.tsx';
import { stampOf } from '../ui/times.ts';

export function TrialPanel({ trial, context }: { trial: Trial; context: PageContext }) {
  const { say, tell } = context;

  const { fetched, read, entries, failure } = trial;
  return (
    <section class="panel trial" id="trial" aria-labelledby="trial-title">
      <h2 id="trial-title">{say('tried')}</h2>
      <ol>
        {fetched === null ? null : (
          <li>
            <b>{say('stageFetch')}</b>: HTTP {fetched.status}, {(fetched.bytes / 1024).toFixed(1)} KB,{' '}
            {fetched.elapsedMs} ms, {fetched.contentType ?? '–'}
            <span class="hint">{[...fetched.redirects, fetched.url].join(' · ')}</span>
          </li>
        )}
        {read === null ? null : (
          <li>
            <b>{say('stageRead')}</b>: {read.format}, {read.charset}, {say('items')} {read.items}
            <span class="hint">{[read.title, ...read.repairs.map(tell)].filter(Boolean).join(' · ')}</span>
          </li>
        )}
        {entries.length === 0 ? null : (
          <li>
            <b>{say('stageEntries')}</b>
            <ul class="entries">
              {entries.map((entry, i) => (
                <li key={`${entry.link ?? ''} ${i}`}>
                  <span class={`decision ${entry.editions.length > 0 ? 'kept' : 'dropped'}`}>
                    {say(entry.editions.length > 0 ? 'kept' : 'dropped')}
                  </span>{' '}
                  <Outward to={entry.link}>{entry.title || '–'}</Outward>
                  <span class="hint">
                    {[
                      entry.published === null ? null : stampOf(entry.published),
                      entry.outlet,
                      say('characters', { n: entry.length }),
                      entry.removed > 0 ? say('removedCount', { n: entry.removed }) : null,
                      entry.regions.map(({ name }) => name).join('、'),
                      `${entry.rule}: ${tell(entry.reason)}`,
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
          <li class="bad">{say('stageFailed', { stage: failure.stage, message: tell(failure.reason) })}</li>
        )}
      </ol>
    </section>
  );
}
