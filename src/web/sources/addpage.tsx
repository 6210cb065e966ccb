/** Draws the adding of a source: the address, what was found there, a trial of it, and what is to be saved. */
import type { Reason, StoredReason } from '../../model/reason.ts';
import type { ProposedSource } from '../../model/source.ts';
import { publicAddress } from '../../text/secrets.ts';
import type { Found } from '../deps.ts';
import { TrialPanel } from '../source/trialpanel.tsx';
import { href, Outward, type PageContext, renderPage } from '../ui/layout.tsx';
import type { Say } from '../ui/words/site.ts';
import { Coded } from '../ui/coded.tsx';

/** Characters of each field that a person may fill in. */
export const MOST = { address: 2_000, id: 64, name: 200, group: 100, region: 60 } as const;

export interface AddView {
  /** What was typed. */
  readonly address: string;
  /** Null before anything was looked for. */
  readonly found: Found | null;
  /** What is to be saved; null before anything was found. */
  readonly proposed: ProposedSource | null;
  /** Why nothing was found or saved; null: nothing went wrong. */
  readonly failure: StoredReason | null;
  /** Groups that the config has. */
  readonly groups: readonly string[];
  /** Edition id → title. */
  readonly editions: ReadonlyMap<string, string>;
  readonly lock: Reason | null;
}

interface Part {
  readonly context: PageContext;
  readonly view: AddView;
}

export function renderAdd(context: PageContext, view: AddView): string {
  const { say, tell } = context;
  const { address, found, proposed, failure, lock } = view;
  return renderPage(
    context,
    { title: say('addSource'), current: 'sources' },
    <>
      <p class="trail">
        <a href="/sources">{say('sources')}</a> › {say('addSource')}
      </p>
      <h1>{say('addSource')}</h1>
      <AddressForm context={context} address={address} />
      {failure === null ? null : (
        <p class="notice" role="alert">
          <Coded text={tell(failure)} />
        </p>
      )}
      {found?.ok === true ? <Finding context={context} found={found} /> : null}
      {proposed === null ? null : lock === null ? (
        <Proposal context={context} view={view} proposed={proposed} />
      ) : (
        <p class="tagline">
          <Coded text={tell(lock)} />
        </p>
      )}
      {found?.ok === true ? <TrialPanel trial={found.trial} context={context} editions={view.editions} /> : null}
    </>,
  );
}

export function AddressForm({
  context: { say },
  address,
}: {
  readonly context: PageContext;
  readonly address: string;
}) {
  return (
    <form class="filter inline adding" method="post" action="/sources/add">
      <label class="wide">
        {say('addressToAdd')}
        <input
          type="text"
          inputMode="url"
          name="address"
          value={address}
          maxLength={MOST.address}
          required
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="https://www.example.com/"
        />
      </label>
      <button type="submit" name="do" value="find">
        {say('findSource')}
      </button>
    </form>
  );
}

function Finding({ context, found }: { readonly context: PageContext; readonly found: Found & { readonly ok: true } }) {
  const { say } = context;
  const { proposed, form, items, dated, alternatives, known } = found;
  const url = publicAddress(proposed.url);
  return (
    <section class="panel" aria-labelledby="found-title">
      <h2 id="found-title">{say('foundHere')}</h2>
      <p>
        <span class="url">
          <Outward to={url}>{url}</Outward>
        </span>{' '}
        <span class="hint">{say('foundWhat', { form: formOf(form, say), items, dated })}</span>
      </p>
      {known === null ? null : (
        <p class="bad">
          {say('knownAlready')} <a href={href('/status/source', { id: known })}>{known}</a>
        </p>
      )}
      {alternatives.length === 0 ? null : (
        <form method="post" action="/sources/add">
          <input type="hidden" name="do" value="find" />
          <p class="hint">{say('orElse')}</p>
          <ul class="entries">
            {alternatives.map((one) => (
              <li key={one.url}>
                <button type="submit" class="light" name="address" value={one.url}>
                  {say(one.kind === 'feed' ? 'tryFeed' : 'tryPage')}
                </button>{' '}
                <span class="url">{publicAddress(one.url)}</span> <span class="faint">{one.title}</span>
              </li>
            ))}
          </ul>
        </form>
      )}
    </section>
  );
}

/** A page is a list or a front page; a feed has a format. */
function formOf(form: string, say: Say): string {
  return form === 'list' || form === 'front' ? say(`form_${form}`) : form;
}

function Proposal({ context: { say }, view, proposed }: Part & { readonly proposed: ProposedSource }) {
  const { id, name, url, kind, group, region, trust, fullText } = proposed;
  return (
    <form class="panel fields" method="post" action="/sources/add" aria-label={say('addSource')}>
      <input type="hidden" name="url" value={url} />
      <input type="hidden" name="address" value={view.address} />
      {kind === undefined ? null : <input type="hidden" name="kind" value={kind} />}
      <label>
        {say('nameOf')}
        <input type="text" name="name" value={name ?? ''} maxLength={MOST.name} />
      </label>
      <label>
        {say('idOf')}
        <input type="text" name="id" value={id} maxLength={MOST.id} required />
      </label>
      <label>
        {say('groupOf')}
        <input type="text" name="group" value={group ?? ''} maxLength={MOST.group} list="groups" />
      </label>
      <datalist id="groups">
        {view.groups.map((one) => (
          <option value={one} key={one} />
        ))}
      </datalist>
      <label>
        {say('regionOf')}
        <input type="text" name="region" value={region ?? ''} maxLength={MOST.region} />
      </label>
      <label>
        {say('trustOf')}
        <input type="number" name="trust" value={trust ?? 50} min={0} max={100} />
      </label>
      <label class="check">
        <input type="checkbox" name="fullText" value="1" checked={fullText === true} /> {say('fullTextOf')}
      </label>
      <div class="row">
        <button type="submit" name="do" value="save" class="primary">
          {say('saveSource')}
        </button>
      </div>
    </form>
  );
}
