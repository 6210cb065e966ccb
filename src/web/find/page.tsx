/** Draws what was found for a few words, with the way to all stories that have them. */
import { href, renderPage, type PageContext } from '../ui/layout.tsx';
import { Marked } from '../ui/marked.tsx';
import type { AnswerGroup } from './answers.ts';

export function renderFound(context: PageContext, q: string, groups: readonly AnswerGroup[]): string {
  const { say } = context;
  const words = q.split(/\s+/).filter(Boolean);
  return renderPage(
    context,
    { title: q === '' ? say('find') : `${say('find')} “${q}”`, typed: q },
    <>
      <h1>{q === '' ? say('find') : `${say('find')} “${q}”`}</h1>
      {groups.length === 0 ? <p class="empty">{say(q === '' ? 'findHint' : 'foundNothing')}</p> : null}
      {groups.map(({ kind, title, answers }) => (
        <section class="panel found" key={kind} aria-labelledby={`found-${kind}`}>
          <h2 id={`found-${kind}`}>{say(title)}</h2>
          <ul>
            {answers.map((answer) => (
              <li key={answer.href}>
                <a class="headline" href={answer.href}>
                  <Marked text={answer.text} words={words} />
                </a>{' '}
                <span class="faint">{answer.note}</span>{' '}
                {answer.feed === undefined ? null : (
                  <a class="feed" href={answer.feed} aria-label={`RSS: ${answer.text}`}>
                    RSS
                  </a>
                )}
              </li>
            ))}
          </ul>
          {kind === 'stories' ? <a href={href('/', { q })}>{say('allWithWords')} →</a> : null}
          {kind === 'ledger' ? <a href={href('/ledger', { text: q })}>{say('allDecisions')} →</a> : null}
        </section>
      ))}
    </>,
  );
}
