/** Draws the ledger: a form that filters, and the decisions that match. */
import { DECISION_FAMILIES } from '../../reasons/catalogue.ts';
import type { Config } from '../../model/config.ts';
import type { LedgerPage, LedgerRow } from '../../model/decision.ts';
import type { Reason } from '../../model/reason.ts';
import { sayAll } from '../../reasons/render.ts';
import { href, Moment, renderPage, type PageContext } from '../ui/layout.tsx';
import { MatchedText, MatchedTitle } from './matched.tsx';
import type { LedgerForm } from './query.ts';
import { nameOfFamily, nameOfRule } from './rulename.ts';
import { stampOf } from '../ui/times.ts';

export interface LedgerView {
  readonly config: Config;
  readonly form: LedgerForm;
  readonly page: LedgerPage;
  /** Entry → its text, where that may show what a rule matched. */
  readonly texts: ReadonlyMap<string, string>;
  /** True where this is not the newest page. */
  readonly continued: boolean;
  /** What is wrong with the filters. */
  readonly faults: readonly Reason[];
}

export function renderLedger(context: PageContext, view: LedgerView): string {
  const { say } = context;
  const { page, form, faults } = view;
  return renderPage(
    context,
    { title: say('ledger'), current: 'ledger' },
    <>
      <h1>{say('ledger')}</h1>
      <p class="tagline">{say('ledgerIntro')}</p>
      <FilterForm context={context} view={view} />
      {faults.length === 0 ? null : (
        <p class="notice" role="alert">
          {sayAll(faults, context.language)}
        </p>
      )}
      {page.rows.length === 0 ? (
        <p class="empty">{say(page.next === null ? 'noRows' : 'scannedOn')}</p>
      ) : (
        <Rows context={context} view={view} />
      )}
      <nav class="pager">
        {view.continued ? <a href={href('/ledger', { ...form })}>← {say('newer')}</a> : <span />}
        {page.next === null ? null : (
          <a href={href('/ledger', { ...form, before: page.next })} rel="next">
            {say('older')} →
          </a>
        )}
      </nav>
    </>,
  );
}

function FilterForm({ context, view }: { context: PageContext; view: LedgerView }) {
  const { say } = context;
  const { form, config } = view;
  return (
    <form class="filter panel" method="get" action="/ledger">
      <label class="wide">
        {say('titleWords')}
        <input type="search" name="text" value={form.text} maxLength={200} />
      </label>
      <label>
        {say('source')}
        <input type="text" name="source" value={form.source} list="source-ids" maxLength={100} />
        <datalist id="source-ids">
          {config.sources.slice(0, 500).map(({ id, name }) => (
            <option value={id} key={id}>
              {name}
            </option>
          ))}
        </datalist>
      </label>
      <label>
        {say('decision')}
        <select name="decision">
          {(['', 'kept', 'merged', 'dropped'] as const).map((value) => (
            <option value={value} selected={form.decision === value} key={value}>
              {say(value === '' ? 'any' : value)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say('region')}
        <input type="text" name="region" value={form.region} placeholder={say('regionExample')} maxLength={100} />
      </label>
      <label>
        {say('rule')}
        <input type="text" name="rule" value={form.rule} maxLength={100} />
      </label>
      <label>
        {say('reason')}
        <select name="code">
          {[...new Set(['', ...DECISION_FAMILIES, form.code])].map((value) => (
            <option value={value} selected={form.code === value} key={value}>
              {value === '' ? say('any') : nameOfFamily(value, say)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say('since')}
        <input type="date" name="since" value={form.since} />
      </label>
      <label>
        {say('until')}
        <input type="date" name="until" value={form.until} />
      </label>
      <div class="row">
        <button type="submit">{say('search')}</button>
        {Object.values(form).some(Boolean) ? <a href="/ledger">{say('clear')}</a> : null}
      </div>
    </form>
  );
}

function Rows({ context, view }: { context: PageContext; view: LedgerView }) {
  const { say } = context;
  const names = new Map(
    view.config.sources.flatMap(({ id, name, formerly }) => [id, ...formerly].map((one) => [one, name] as const)),
  );
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say('ledger')}>
      <table class="rows ledger-rows">
        <thead>
          <tr>
            <th scope="col">{say('time')}</th>
            <th scope="col">{say('decision')}</th>
            <th scope="col">{say('title')}</th>
            <th scope="col">{say('source')}</th>
            <th scope="col">{say('reason')}</th>
            <th scope="col">{say('regions')}</th>
          </tr>
        </thead>
        <tbody>
          {view.page.rows.map((row) => (
            <Row
              row={row}
              name={names.get(row.source) ?? row.source}
              searched={view.form.text}
              text={view.texts.get(row.entry) ?? null}
              context={context}
              key={row.id}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowInput {
  readonly row: LedgerRow;
  readonly name: string;
  /** Words of the title that the filter asks for. */
  readonly searched: string;
  /** Of the entry, where that may show what a rule matched. */
  readonly text: string | null;
  readonly context: PageContext;
}

function Row({ row, name, searched, text, context }: RowInput) {
  const { say } = context;
  return (
    <tr>
      <td class="when">
        <Moment at={row.at} context={context} text={stampOf(row.at).slice(5)} />
      </td>
      <td>
        <span class={`decision ${row.decision}`}>{say(row.decision)}</span>
      </td>
      <td class="title">
        <a href={href('/ledger/entry', { id: row.entry })}>
          <MatchedTitle row={row} searched={searched} />
        </a>
        {text === null ? null : <MatchedText row={row} text={text} />}
      </td>
      <td class="from" data-label={say('source')}>
        <a href={href('/ledger', { source: row.source })}>{name}</a>
      </td>
      <td class="reason">
        <a class="rule" href={href('/ledger', { rule: row.rule })} title={row.rule}>
          {nameOfRule(row.rule, say)}
        </a>{' '}
        {context.tell(row.reason)}
      </td>
      <td class="regions">
        {row.regions.slice(0, 3).map(({ code, name }) => (
          <a class="chip" href={href('/ledger', { region: code })} key={code}>
            {name}
          </a>
        ))}
      </td>
    </tr>
  );
}
