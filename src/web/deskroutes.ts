/** Mounts what only the operator may see, behind the guard: one line for each resource. */
import type { FastifyInstance } from 'fastify';
import type { CheckLogin } from './auth/basic.ts';
import { guardDesk } from './auth/deskguard.ts';
import { serveConfig } from './config/route.ts';
import type { WebDeps } from './deps.ts';
import type { BaseOf } from './http/baseurl.ts';
import { serveEntries } from './entry/route.ts';
import { serveLedger } from './ledger/route.ts';
import { mountBoard } from './ops/board.ts';
import { type Metrics, serveMetrics } from './ops/metrics.ts';
import { servePolling } from './source/pollnow.ts';
import { serveSources } from './source/route.ts';
import { serveAdding } from './sources/addroute.ts';
import { serveEditing } from './sources/editroute.ts';
import { serveSourceOpml } from './sources/opmlroute.ts';
import { serveRemoval } from './sources/removeroute.ts';
import { serveSourceList } from './sources/route.ts';
import { createSourceReader } from './source/status.ts';
import { statusReader } from './status/gather.ts';
import { serveLive } from './status/live.ts';
import { serveStatus } from './status/route.ts';
import { serveArranging } from './story/route.ts';
import { serveWhy } from './why/route.ts';

export function serveDesk(
  app: FastifyInstance,
  deps: WebDeps,
  { checkLogin, metrics, baseOf }: { checkLogin: CheckLogin; metrics: Metrics; baseOf: BaseOf },
): void {
  const sources = createSourceReader(deps);
  const readStatus = statusReader(deps, sources);
  app.register(async (desk) => {
    guardDesk(desk, deps, checkLogin);
    serveStatus(desk, deps, readStatus, sources, baseOf);
    serveLive(desk, readStatus);
    serveSources(desk, deps, sources);
    serveSourceList(desk, deps, sources);
    serveAdding(desk, deps);
    serveEditing(desk, deps);
    serveRemoval(desk, deps);
    serveSourceOpml(desk, deps);
    servePolling(desk, deps);
    serveEntries(desk, deps);
    serveArranging(desk, deps);
    serveWhy(desk, deps);
    serveLedger(desk, deps);
    serveConfig(desk, deps);
    serveMetrics(desk, metrics, deps.store, readStatus);
    mountBoard(desk, deps);
  });
}
