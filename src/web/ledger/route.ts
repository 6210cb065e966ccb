/** Answers /ledger and /api/ledger: the decisions that match a filter. */
import type { FastifyInstance } from 'fastify';
import { codeOf, sayAll } from '../../reasons/render.ts';
import { queryLedger } from '../../store/ledger/ledger.ts';
import { contextOf, languageAsked, sendPage } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import { textOf } from '../http/formfields.ts';
import { fromStore } from '../http/storetimeout.ts';
import { rowJson } from './json.ts';
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
    const view = { config: config(), form, page, faults, continued: query.before !== undefined };
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
