/** Draws one source's settings as a form, beside its block of the file. */
import type { Reason, StoredReason } from '../../model/reason.ts';
import type { Desk } from '../deps.ts';
import { href, type PageContext, renderPage } from '../ui/layout.tsx';
import { NumberedLines } from '../ui/numbered.tsx';
import type { Phrase } from '../ui/words/site.ts';
import { EDITED, type EditedField } from './editedfields.ts';
import { Coded } from '../ui/coded.tsx';

export interface EditView {
  readonly id: string;
  readonly name: string;
  /** What stands in the fields. */
  readonly values: Readonly<Record<EditedField, string>>;
  readonly groups: readonly string[];
  /** Null where the file on disk has no such block. */
  readonly block: Awaited<ReturnType<Desk['sourceBlock']>>;
  /** Why it was not saved; null: nothing went wrong. */
  readonly failure: StoredReason | null;
  /** Why the config cannot be changed; null where it can. */
  readonly lock: Reason | null;
}

interface Part {
  readonly context: PageContext;
  readonly view: EditView;
}

const LABELS: Readonly<Record<EditedField, Phrase>> = {
  id: 'idOf',
  name: 'nameOf',
  url: 'address',
  group: 'groupOf',
  region: 'regionOf',
  trust: 'trustOf',
  schedule: 'scheduleOf',
  fullText: 'fullTextOf',
  note: 'note',
};

export function renderEdit(context: PageContext, view: EditView): string {
  const { say, tell } = context;
  const { id, name, block, failure, lock } = view;
  return renderPage(
    context,
    { title: say('editThisSource', { name }), current: 'sources' },
    <>
      <p class="trail">
        <a href="/sources">{say('sources')}</a> › <a href={href('/status/source', { id })}>{name}</a> › {say('edit')}
      </p>
      <h1>{say('editThisSource', { name })}</h1>
      {failure === null ? null : (
        <p class="notice" role="alert">
          <Coded text={tell(failure)} />
        </p>
      )}
      {lock === null ? null : (
        <p class="tagline">
          <Coded text={tell(lock)} />
        </p>
      )}
      <div class="columns even">
        {lock === null ? <Form context={context} view={view} /> : null}
        <section aria-labelledby="block-title">
          <h2 id="block-title">{say('configBlock')}</h2>
          {block === null ? (
            <p class="empty">{say('noBlock')}</p>
          ) : (
            <>
              <NumberedLines lines={block.lines} first={block.first} label={say('configBlock')} />
              <p>
                <a href={href('/config', { file: block.file, line: block.first })}>
                  {say('editThis', { file: block.file })}
                </a>
              </p>
            </>
          )}
        </section>
      </div>
    </>,
  );
}

function Form({ context: { say }, view: { id, values, groups } }: Part) {
  return (
    <form class="panel fields" method="post" action="/sources/edit">
      <input type="hidden" name="source" value={id} />
      {EDITED.map(({ name, kind, most }) =>
        kind === 'flag' ? (
          <label class="check" key={name}>
            <input type="checkbox" name={name} value="1" checked={values[name] === '1'} /> {say(LABELS[name])}
          </label>
        ) : (
          <label key={name}>
            {say(LABELS[name])}
            <input
              type={kind === 'number' ? 'number' : 'text'}
              name={name}
              value={values[name]}
              maxLength={most}
              list={name === 'group' ? 'groups' : undefined}
              required={name === 'id'}
            />
            {name === 'id' ? (
              <span class="hint">
                <Coded text={say('idHint')} />
              </span>
            ) : null}
          </label>
        ),
      )}
      <datalist id="groups">
        {groups.map((one) => (
          <option value={one} key={one} />
        ))}
      </datalist>
      <div class="row">
        <button type="submit">{say('save')}</button>
      </div>
    </form>
  );
}
