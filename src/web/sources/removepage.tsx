/** Asks, before sources are removed, what becomes of their entries. */
import { renderAsking } from '../ui/asking.tsx';
import type { PageContext } from '../ui/layout.tsx';

/** Names that are told one by one. */
const NAMED = 20;

export function renderRemoval(
  context: PageContext,
  sources: readonly { readonly id: string; readonly name: string }[],
): string {
  const { say } = context;
  const n = sources.length;
  return renderAsking(
    context,
    {
      title: say('removeSources'),
      which: say('removeWhich', { n }),
      rows: sources.slice(0, NAMED).map(({ id, name }) => ({ id, name, more: <code>{id}</code> })),
      back: { href: '/sources', name: say('sources') },
      current: 'sources',
    },
    <>
      {n > NAMED ? <p class="faint">{say('andMoreSources', { n: n - NAMED })}</p> : null}
      <form method="post" action="/sources/remove">
        {sources.map(({ id }) => (
          <input type="hidden" name={`s:${id}`} value="1" key={id} />
        ))}
        <p>
          <button type="submit" name="entries" value="keep">
            {say('removeKeep')}
          </button>
          <span class="hint block">{say('removeKeepHint')}</span>
        </p>
        <p>
          <button type="submit" name="entries" value="out" class="danger">
            {say('removeOut')}
          </button>
          <span class="hint block">{say('removeOutHint')}</span>
        </p>
      </form>
    </>,
  );
}
