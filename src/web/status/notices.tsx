/** Draws notices apart from failing sources: addresses to change, hijacked sites, places that fell silent. */
import { href, type PageContext } from '../ui/layout.tsx';
import type { Status } from './gather.ts';

/** Sources that moved for good, each with the line of the config to change. */
export function Moves({ context: { say }, status }: { context: PageContext; status: Status }) {
  if (status.moves.length === 0) return null;
  return (
    <section id="moves" data-live aria-labelledby="moves-title">
      <h2 id="moves-title">{say('moves')}</h2>
      <ul>
        {status.moves.map(({ source, from, to, at }) => (
          <li key={source}>
            <a href={href('/status/source', { id: source })}>{source}</a>{' '}
            <code>
              {at.file}:{at.line}
            </code>{' '}
            <del>{from}</del> → <code>url: {to}</code>
          </li>
        ))}
      </ul>
      <p class="faint">{say('movesHint')}</p>
    </section>
  );
}

/** Sources whose last entries mostly held injected spam, each with its line in the config. */
export function Spam({ context: { say }, status }: { context: PageContext; status: Status }) {
  if (status.spam.length === 0) return null;
  return (
    <section id="spam" data-live aria-labelledby="spam-title">
      <h2 id="spam-title">{say('spam')}</h2>
      <ul>
        {status.spam.map(({ source, name, spammed, entries, at }) => (
          <li key={source}>
            <a href={href('/status/source', { id: source })}>{name}</a>{' '}
            <code>
              {at.file}:{at.line}
            </code>{' '}
            {say('spamOf', { spammed, entries })}
          </li>
        ))}
      </ul>
      <p class="faint">{say('spamHint')}</p>
    </section>
  );
}

/** Provinces and cities that fell silent against their own rhythm. */
export function Silences({ context: { say }, status }: { context: PageContext; status: Status }) {
  if (status.silences.length === 0) return null;
  return (
    <section id="silences" data-live aria-labelledby="silences-title">
      <h2 id="silences-title">{say('silences')}</h2>
      <ul>
        {status.silences.map(({ code, name, days, usual }) => (
          <li key={code}>
            <a href={href('/ledger', { region: code })}>{name}</a> {say('silenceOf', { days, usual })}
          </li>
        ))}
      </ul>
    </section>
  );
}
