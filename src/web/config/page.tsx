/** Draws the config: its files, one of them to read or to edit, its faults, and what a change would do. */
import type { Fault } from '../../model/config.ts';
import type { Reason } from '../../model/reason.ts';
import type { Preview, Saving, StoryChange } from '../deps.ts';
import { href, renderPage, type PageContext } from '../ui/layout.tsx';
import { NumberedLines } from '../ui/numbered.tsx';
import { FaultList } from './faultlist.tsx';
import { tellUnsaved } from './saving.ts';
import { RuleTable } from '../status/ruletables.tsx';
import type { RuleState } from '../status/rulestates.ts';
import { Coded } from '../ui/coded.tsx';

export const CONFIG_FILES = ['sources.yaml', 'editions.yaml', 'regions.yaml', 'settings.yaml'] as const;
/** Holds the login and what the address guard lets through. */
export const NEVER_EDITED = 'settings.yaml';
const CHANGES_SHOWN = 12;
/** Of faults, as in assets/editor.js. */
const FAULTS_SHOWN = 30;

export interface ConfigView {
  readonly file: string;
  readonly text: string;
  /** Where the editor opens, from 1; null: at the beginning. */
  readonly line: number | null;
  readonly hash: string;
  /** Why the config cannot be changed; null where it can. */
  readonly lock: Reason | null;
  /** Null where nobody asked for a check. */
  readonly faults: readonly Fault[] | null;
  readonly preview: Preview | null;
  readonly saving: Saving | null;
  /** The backup that an earlier save made; empty where it made none; null where nothing was saved. */
  readonly saved: string | null;
  /** Rules of this file as in force; empty where the store is away. */
  readonly rules: readonly RuleState[];
}

export function renderConfig(context: PageContext, view: ConfigView): string {
  const { say } = context;
  const { file, lock } = view;
  const editable = lock === null && file !== NEVER_EDITED;
  return renderPage(
    context,
    { title: say('config'), current: 'config', editor: editable },
    <>
      <h1>{say('config')}</h1>
      <p class="tagline">
        {lock === null ? say(editable ? 'configIntro' : 'settingsReadOnly') : <Coded text={context.tell(lock)} />}
      </p>
      <nav class="tabs" aria-label={say('config')}>
        {CONFIG_FILES.map((name) => (
          <a href={href('/config', { file: name })} aria-current={name === file ? 'page' : undefined} key={name}>
            {name}
          </a>
        ))}
      </nav>
      <Outcome context={context} view={view} />
      {editable ? <Form context={context} view={view} /> : <Text view={view} label={say('configText', { file })} />}
      <RuleTable context={context} rules={view.rules} />
      {view.preview?.ok === true ? <PreviewPanel context={context} preview={view.preview} /> : null}
    </>,
  );
}

function Outcome({ context, view: { saving, saved } }: { context: PageContext; view: ConfigView }) {
  const { say } = context;
  if (saved !== null)
    return (
      <p class="notice good" role="status">
        {saved === '' ? say('savedFirst') : say('saved', { backup: saved })}
      </p>
    );
  if (saving === null || saving.ok || saving.reason === 'faults') return null;
  return (
    <p class="notice" role="alert">
      {tellUnsaved(saving, context)}
    </p>
  );
}

function Form({ context, view }: { context: PageContext; view: ConfigView }) {
  const { say } = context;
  const { file, text, line, hash, faults } = view;
  return (
    <form class="editor" method="post" action="/config">
      <input type="hidden" name="file" value={file} />
      <input type="hidden" name="hash" value={hash} />
      <label for="config-text">{say('configText', { file })}</label>
      {/* A browser drops the first newline of a textarea. */}
      <div class="lines">
        <pre id="config-lines" aria-hidden="true" />
        <textarea
          id="config-text"
          name="text"
          rows={28}
          spellcheck={false}
          autocomplete="off"
          wrap="off"
          data-open={line ?? undefined}
        >
          {`\n${text}`}
        </textarea>
      </div>
      <div
        id="config-faults"
        class="faults"
        role="status"
        aria-live="polite"
        data-none={say('noFaults')}
        data-some={say('faultsFound')}
      >
        {faults === null ? null : <Found context={context} faults={faults} />}
      </div>
      <div class="row">
        <button type="submit" name="action" value="check">
          {say('check')}
        </button>
        <button type="submit" name="action" value="preview">
          {say('preview')}
        </button>
        <button type="submit" name="action" value="save" class="primary">
          {say('save')}
        </button>
      </div>
    </form>
  );
}

function Found({ context, faults }: { context: PageContext; faults: readonly Fault[] }) {
  const { say } = context;
  if (faults.length === 0) return <p class="good">{say('noFaults')}</p>;
  return (
    <>
      <p class="bad">{say('faultsFound', { n: faults.length })}</p>
      <FaultList context={context} faults={faults.slice(0, FAULTS_SHOWN)} />
    </>
  );
}

function Text({ view, label }: { view: ConfigView; label: string }) {
  return <NumberedLines lines={view.text.split('\n')} first={1} label={label} />;
}

function PreviewPanel({ context, preview }: { context: PageContext; preview: Preview & { readonly ok: true } }) {
  const { say } = context;
  const changed = preview.editions.filter(({ gained, lost }) => gained.length + lost.length > 0);
  return (
    <section class="panel preview" id="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">{say('previewTitle')}</h2>
      <p class="faint">{say('previewOf', { replayed: preview.replayed, stored: preview.stored })}</p>
      {changed.length === 0 ? <p>{say('previewNothing')}</p> : null}
      {changed.map(({ edition, title, gained, lost }) => (
        <section key={edition}>
          <h3>{say('previewChange', { edition: title, gained: gained.length, lost: lost.length })}</h3>
          <Changes context={context} title={say('gained')} changes={gained} />
          <Changes context={context} title={say('lost')} changes={lost} />
        </section>
      ))}
    </section>
  );
}

interface ChangesInput {
  readonly context: PageContext;
  readonly title: string;
  readonly changes: readonly StoryChange[];
}

function Changes({ context, title, changes }: ChangesInput) {
  if (changes.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul>
        {changes.slice(0, CHANGES_SHOWN).map((change) => (
          <li key={change.story}>
            <a href={`/stories/${change.story}`}>{change.title || change.story}</a>{' '}
            <span class="faint">
              {change.source} · {context.tell(change.why)}
            </span>
          </li>
        ))}
      </ul>
      {changes.length > CHANGES_SHOWN ? (
        <p class="faint">{context.say('andMore', { n: changes.length - CHANGES_SHOWN })}</p>
      ) : null}
    </>
  );
}
