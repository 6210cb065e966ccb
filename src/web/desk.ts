/** Answers the operator's pages and their JSON: status, sources, ledger, polling, metrics. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { queryLedger } from '../store/ledger/ledger.ts';
import type { LedgerRow } from '../model/decision.ts';
import { readSourceState } from '../store/sources/sources.ts';
import { fromStore } from './http/storetimeout.ts';
import { serveConfig } from './config/route.ts';
import { contextOf, sendPage, textOf, wantsPage } from './context.ts';
import type { WebDeps } from './deps.ts';
import { serveEntries } from './entry/route.ts';
import { answer } from './http/errors.ts';
import { renderLedger } from './ledger/page.tsx';
import { type LedgerRequest, readLedgerRequest } from './ledger/query.ts';
import { serveLive } from './status/live.ts';
import type { Metrics } from './ops/metrics.ts';
import { quote } from './feeds/query.ts';
import { provincesOf } from './status/places.ts';
import { serveSources } from './source/route.ts';
import { sourceJson, type SourceStatus, type Status, statusJson } from './status/gather.ts';
import { renderStatus } from './status/page.tsx';
import { serveStories } from './story/route.ts';
import { iso } from './ui/times.ts';

const MAX_PAGE = 1_000;

export function serveDesk(
  app: FastifyInstance,
  deps: WebDeps,
  readStatus: () => Promise<Status>,
  metrics: Metrics,
): void {
  const { liveness, regionName } = deps;

  app.get('/status', async (request, reply) => {
    const context = contextOf(request, deps.now());
    const status = await readStatus();
    const page = Number(textOf(request, 'page')) || 1;
    const mayEdit = deps.config().settings.server.admin !== null;
    const filter = {
      state: textOf(request, 'state', 20),
      name: textOf(request, 'name', 100),
      page: Math.min(MAX_PAGE, Math.max(1, Math.trunc(page))),
    };
    return sendPage(
      reply,
      context,
      renderStatus(context, { status, liveness, provinces: provincesOfAll(), filter, mayEdit }),
    );
  });

  function provincesOfAll(): ReadonlySet<string> {
    const lists = deps.config().editions.map((edition) => provincesOf(edition, deps.regionCodes, regionName));
    return new Set(lists.some((list) => list.length === 0) ? [] : lists.flat().map(({ code }) => code));
  }

  serveSources(app, deps, readOne);
  serveEntries(app, deps);
  serveStories(app, deps);
  serveConfig(app, deps);
  serveLive(app, readStatus);

  app.get('/api/status', async (request, reply) => {
    const id = textOf(request, 'source');
    if (id === '') return reply.send(statusJson(await readStatus(), liveness));
    const row = await readOne(id);
    return row === null
      ? reply.code(404).send({ error: `there is no source ${quote(id)}` })
      : reply.send(sourceJson(row));
  });

  /** A source with its last polls. */
  async function readOne(id: string): Promise<SourceStatus | null> {
    const row = (await readStatus()).sources.find(({ source }) => source.id === id);
    return row === undefined ? null : { ...row, found: await fromStore(() => readSourceState(deps.store, id)) };
  }

  app.post('/api/poll', (request, reply) => poll(request, reply, deps));

  app.get('/ledger', async (request, reply) => {
    const context = contextOf(request, deps.now());
    const asked = readLedgerRequest((name) => textOf(request, name), deps.config().sources, deps.regionCodes);
    if (asked.fault !== null) reply.code(400);
    const page = asked.fault === null ? await readLedgerPage(deps, asked) : { rows: [], next: null };
    const { form, fault, query } = asked;
    return sendPage(
      reply,
      context,
      renderLedger(context, { config: deps.config(), form, page, fault, continued: query.before !== undefined }),
    );
  });

  app.get('/api/ledger', async (request, reply) => {
    const asked = readLedgerRequest((name) => textOf(request, name), deps.config().sources, deps.regionCodes);
    if (asked.fault !== null) return reply.code(400).send({ error: asked.fault });
    const { rows, next } = await readLedgerPage(deps, asked);
    return reply.send({ rows: rows.map(rowJson), next });
  });

  app.get('/metrics', async (_request, reply) => {
    const status = await readStatus().catch(() => null);
    return reply.type(metrics.contentType).send(await metrics.render(status));
  });
}

function rowJson(row: LedgerRow): object {
  return { ...row, at: iso(row.at) };
}

function readLedgerPage({ store }: WebDeps, { query }: LedgerRequest) {
  return fromStore(() => queryLedger(store, query));
}

async function poll(request: FastifyRequest, reply: FastifyReply, deps: WebDeps): Promise<FastifyReply> {
  const body = request.body as Record<string, unknown> | null | undefined;
  const id = textOf(request, 'source') || (typeof body?.['source'] === 'string' ? body['source'] : '');
  const { sources } = deps.config();
  const chosen = id === '' ? sources.filter(({ enabled }) => enabled) : sources.filter((source) => source.id === id);
  const [first] = chosen;
  if (id !== '' && first === undefined) return refuse(404, `there is no source ${quote(id)}`);
  if (id !== '' && first?.enabled === false)
    return refuse(409, `source ${quote(id)} is disabled (${first.at.file}:${first.at.line})`);
  const jobs = await fromStore(() => deps.pollNow(chosen.map((source) => source.id)));
  // A form's sender goes back to where it came from, by GET.
  if (wantsPage(request))
    return reply.redirect(id === '' ? '/status' : `/status/source?id=${encodeURIComponent(id)}`, 303);
  return reply.code(202).send({ jobs });

  function refuse(status: number, error: string): FastifyReply {
    if (wantsPage(request)) return answer(request, reply, deps, { status, title: 'failed', text: error });
    return reply.code(status).send({ error });
  }
}
