/** Answers /api/why: in which editions an entry is now, and what keeps it out of the others. */
import type { FastifyInstance } from 'fastify';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { languageAsked } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import { answer } from '../http/errors.ts';
import { textOf } from '../http/formfields.ts';
import { legible } from '../http/legible.ts';
import { fromStore } from '../http/storetimeout.ts';
import type { AskedEntry } from '../../model/standing.ts';
import { whyJson } from '../../reasons/standingjson.ts';

const MOST_CHARACTERS = 2_000;

export function serveWhy(app: FastifyInstance, deps: WebDeps): void {
  app.get('/api/why', async (request, reply) => {
    const refuse = (status: number, text: Reason) => answer(request, reply, deps, { status, title: 'failed', text });
    const given = (name: string) => textOf(request, name, MOST_CHARACTERS);
    const asked = askedEntry({ id: given('id'), url: given('url'), title: given('title') });
    if (asked === null) return refuse(400, reason('request.why.one'));
    const edition = given('edition');
    const { editions } = deps.config();
    if (edition !== '' && !editions.some(({ id }) => id === edition))
      return refuse(
        404,
        reason('request.edition.unknown', { edition: legible(edition), known: editions.map(({ id }) => id) }),
      );
    const found = await fromStore(() => deps.desk.findStandings(asked, edition === '' ? null : edition));
    const [first, ...others] = found.toSorted((a, b) => Number(b.in.length > 0) - Number(a.in.length > 0));
    if (first === undefined) return refuse(404, reason('request.why.unknown'));
    return reply.header('cache-control', 'no-store').send(whyJson([first, ...others], languageAsked(request)));
  });
}

/** Null where none of the three is given, or more than one. */
function askedEntry({ id, url, title }: { id: string; url: string; title: string }): AskedEntry | null {
  const asked: AskedEntry[] = [];
  if (id !== '') asked.push({ id });
  if (url !== '') asked.push({ url });
  if (title !== '') asked.push({ title });
  const [one] = asked;
  return asked.length === 1 && one !== undefined ? one : null;
}
