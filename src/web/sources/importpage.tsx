/** Reports what became of a list of subscriptions: added, known, refused and why. */
import type { ComponentChildren } from 'preact';
import { publicAddress } from '../../text/secrets.ts';
import type { Imported } from '../deps.ts';
import { href, type PageContext, renderPage } from '../ui/layout.tsx';
import { Coded } from '../ui/coded.tsx';

/** Rows that each part shows. */
const SHOWN = 200;

export function renderImported(context: PageContext, { added, known, repeated, refused }: Imported): string {
  const { say, tell } = context;
  return renderPage(
    context,
    { title: say('opmlReport'), current: 'sources' },
    <>
      <p class="trail">
        <a href="/sources">{say('sources')}</a> › {say('opmlTitle')}
      </p>
      <h1>{say('opmlReport')}</h1>
      <Rows context={context} part="added" rows={added}>
        {({ id, name, url }) => (
          <>
            <a href={href('/status/source', { id })}>{name}</a> <span class="faint url">{publicAddress(url)}</span>
          </>
        )}
      </Rows>
      <Rows context={context} part="known" rows={known}>
        {({ source, url }) => (
          <>
            <a href={href('/status/source', { id: source })}>{source}</a>{' '}
            <span class="faint url">{publicAddress(url)}</span>
          </>
        )}
      </Rows>
      {repeated === 0 ? null : <p>{say('opmlRepeated', { n: repeated })}</p>}
      <Rows context={context} part="refused" rows={refused}>
        {(why) => <Coded text={tell(why)} />}
      </Rows>
    </>,
  );
}

interface RowsInput<Row> {
  readonly context: PageContext;
  readonly part: 'added' | 'known' | 'refused';
  readonly rows: readonly Row[];
  readonly children: (row: Row) => ComponentChildren;
}

function Rows<Row>({ context: { say }, part, rows, children }: RowsInput<Row>) {
  return (
    <section>
      <h2>{say(`opml_${part}`, { n: rows.length })}</h2>
      <ul class="entries">
        {rows.slice(0, SHOWN).map((row, i) => (
          <li key={i}>{children(row)}</li>
        ))}
      </ul>
      {rows.length > SHOWN ? <p class="faint">{say('andMoreSources', { n: rows.length - SHOWN })}</p> : null}
    </section>
  );
}
