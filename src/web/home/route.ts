/** Answers the home page: an edition's latest stories, narrowed as asked. */
import type { FastifyInstance } from 'fastify';
import { readCoverage } from '../../store/ledger/coverage.ts';
import { contextOf, sendPage } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import type { Query } from '../feeds/query.ts';
import type { BaseOf } from '../http/baseurl.ts';
import { answer } from '../http/errors.ts';
import { textOf } from '../http/formfields.ts';
import { shared } from '../http/storetimeout.ts';
import { renderHome } from './page.tsx';
import { createTopStories } from './topstories.ts';
import { readHomeView } from './view.ts';

const COVERAGE_DAYS = 7;
/** Entries by place may be counted this long ago. */
const COVERAGE_MS = 10_000;

export function serveHome(app: FastifyInstance, deps: WebDeps, baseOf: BaseOf): void {
  const coverage = shared(() => readCoverage(deps.store, deps.now(), COVERAGE_DAYS), COVERAGE_MS);
  const topStories = createTopStories(deps);

  app.get('/', async (request, reply) => {
    const context = contextOf(request, deps);
    const { editions } = deps.config();
    const id = textOf(request, 'edition');
    const edition = id === '' ? editions[0] : editions.find((one) => one.id === id);
    if (edition === undefined) {
      const known = editions.map((one) => one.id).join(', ');
      const text = context.say('noSuchEdition', { id: id.slice(0, 40), known });
      return answer(request, reply, deps, { status: 404, title: 'notFound', text });
    }
    const query = request.query as Query;
    const view = await readHomeView(
      deps,
      { coverage: coverage.read, topStories },
      {
        edition,
        query: context.script === null ? query : { ...query, script: context.script },
        typed: { region: textOf(request, 'region'), q: textOf(request, 'q'), script: context.script ?? '' },
        baseUrl: baseOf(request).url,
      },
    );
    if (view.fault !== null) reply.code(400);
    return sendPage(reply, context, renderHome(context, view));
  });
}
