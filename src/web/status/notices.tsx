/** Draws notices apart from failing sources: little memory, items held or set aside, moved addresses, hijacked sites, silent places. */
import { reason } from '../../reasons/catalogue.ts';
import { href, type PageContext } from '../ui/layout.tsx';
import { ASIDE_CODES } from './asides.ts';
import type { Status } from './gather.ts';
import { Coded } from '../ui/coded.tsx';

/** What keeps the daemon from working: shown before all else, on every page of the list. */
export function Stops({ context: { say, tell }, status }: { context: PageContext; status: Status }) {
  return (
    <div id="stops" data-live>
      {status.stops.length === 0 ? null : (
        <section class="notice" role="alert">
          <h2>{say('notWorking')}</h2>
          <ul>
            {status.stops.map((why) => (
              <li key={why.code}>
                <Coded text={tell(why)} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** Behind a proxy, what feeds call themselves is what the proxy says of the host, unless the config says it. */
export function SelfLinks({ context: { say }, url }: { context: PageContext; url: string | null }) {
  if (url === null) return null;
  return (
    <section id="self-links" aria-labelledby="self-links-title">
      <h2 id="self-links-title">{say('selfLinks')}</h2>
      <p>{say('selfLinksHint', { url })}</p>
    </section>
  );
}

export function Memory({ context: { say, tell }, status }: { context: PageContext; status: Status }) {
  if (status.memoryShort === null) return null;
  return (
    <section id="memory" data-live aria-labelledby="memory-title">
      <h2 id="memory-title">{say('memoryShort')}</h2>
      <p>
        <Coded text={tell(status.memoryShort)} />
      </p>
    </section>
  );
}

/** Stored records that are skipped. */
export function UnreadableRecords({ context: { say, tell }, status }: { context: PageContext; status: Status }) {
  const { unreadable } = status;
  if (unreadable.length === 0) return null;
  return (
    <section id="unreadable" data-live aria-labelledby="unreadable-title">
      <h2 id="unreadable-title">{say('unreadable')}</h2>
      <p>
        <Coded text={tell(reason('store.unreadable', { records: unreadable.length }))} />
      </p>
      <ul>
        {unreadable.map(({ key, why }) => (
          <li key={key}>
            <code>{key}</code> <small>{why}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Sources that bring more than their quotas, each with how much waits and why. */
export function Held({ context: { say, tell }, status }: { context: PageContext; status: Status }) {
  const held = status.sources.filter(({ state, found }) => state !== 'paused' && found.heldWhy !== null);
  if (held.length === 0) return null;
  return (
    <section id="held" data-live aria-labelledby="held-title">
      <h2 id="held-title">{say('held')}</h2>
      <ul>
        {held.map(({ source: { id, name }, found }) => (
          <li key={id}>
            <a href={href('/status/source', { id })}>{name}</a> {tell(found.heldWhy ?? '')}
          </li>
        ))}
      </ul>
    </section>
  );
}

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
      <p class="faint">
        <Coded text={say('movesHint')} />
      </p>
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

/** Sources of which items were set aside, each with its line in the config. */
export function Asides({ context: { say, tell }, status }: { context: PageContext; status: Status }) {
  if (status.asides.length === 0) return null;
  return (
    <section id="asides" data-live aria-labelledby="asides-title">
      <h2 id="asides-title">{say('asides')}</h2>
      <ul>
        {status.asides.map(({ source, name, items, why, at }) => (
          <li key={source}>
            <a href={href('/status/source', { id: source })}>{name}</a>{' '}
            <code>
              {at.file}:{at.line}
            </code>{' '}
            <a href={href('/ledger', { source, code: ASIDE_CODES })}>{say('asidesOf', { items })}</a> {tell(why)}
          </li>
        ))}
      </ul>
      <p class="faint">{say('asidesHint')}</p>
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
