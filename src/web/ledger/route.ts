/** Answers /ledger and /api/ledger: the decisions that match a filter. */
import type { FastifyInstance } from 'fastify';
import type { LedgerRow } from '../../model/decision.ts';
import { codeOf, sayAll } from '../../reasons/render.ts';
import { readStoredEntries } from '../../store/entries/storedentries.ts';
import { queryLedger } from '../../store/ledger/ledger.ts';
import type { Store } from '../../store/redis/keys.ts';
import { contextOf, languageAsked, sendPage } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import { textOf } from '../http/formfields.ts';
import { fromStore } from '../http/storetimeout.ts';
import { rowJson } from './json.ts';
import { needsText } from './matched.tsx';
import { renderLedger } from './page.tsx';
import { readLedgerRequest } from './query.ts';

export function serveLedger(app: FastifyInstance, deps: WebDeps): void {
  const { store, config, regionCodes } = deps;
  const readRequest = (request: Parameters<typeof textOf>[0]) =>
    readLedgerRequest((name) => textOf(request, name), config(), regionCodes);

  app.get('/ledger', async (request, reply) => {
    const context = contextOf(request, deps);
    const { form, faults, query } = readRequest(request);
    if (faults.length > 0) reply.code(400);
    const page = faults.length === 0 ? await fromStore(() => queryLedger(store, query)) : { rows: [], next: null };
    const texts = await fromStore(() => readTexts(store, page.rows));
    const view = { config: config(), form, page, texts, faults, continued: query.before !== undefined };
    return sendPage(reply, context, renderLedger(context, view));
  });

  app.get('/api/ledger', async (request, reply) => {
    const { faults, query } = readRequest(request);
    if (faults.length > 0) {
      const error = sayAll(faults, languageAsked(request));
      return reply.code(400).send({ error, errorCodes: faults.map(codeOf) });
    }
    const { rows, next } = await fromStore(() => queryLedger(store, query));
    return reply.send({ rows: rows.map(rowJson), next });
  });
}

/** Entry → its text, where a rule matched and the title does not show what. */
async function readTexts(store: Store, rows: readonly LedgerRow[]): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(rows.filter(needsText).map(({ entry }) => entry));
  const entries = await readStoredEntries(store, [...wanted]);
  return new Map([...entries].map(([id, { text, summary }]) => [id, `${text}\n${summary}`]));
}
