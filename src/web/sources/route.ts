/** Answers the list of sources, and does what its form asks for: polls, pauses, resumes, asks before it removes. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { tellUnsaved } from '../config/saving.ts';
import type { WebDeps } from '../deps.ts';
import { editLock } from '../http/editlock.ts';
import { answer } from '../http/errors.ts';
import { fieldsOf, textOf } from '../http/formfields.ts';
import { legible } from '../http/legible.ts';
import { fromStore } from '../http/storetimeout.ts';
import { contextOf, sendPage } from '../pagecontext.ts';
import { untilInForce } from '../source/settledconfig.ts';
import type { SourceReader } from '../source/status.ts';
import { href, type PageContext } from '../ui/layout.tsx';
import { listParameters, type ListQuery, listSources, readListQuery } from './list.ts';
import { MAX_FORM_BYTES, namedBy } from './chosen.ts';
import { renderSources } from './page.tsx';
import { renderRemoval } from './removepage.tsx';

/** What the list's form asks for. */
const ACTS = ['poll', 'pause', 'resume', 'remove'] as const;
type Act = (typeof ACTS)[number];

export function serveSourceList(app: FastifyInstance, deps: WebDeps, sources: SourceReader): void {
  app.get('/sources', async (request, reply) => {
    const context = contextOf(request, deps);
    const query = readListQuery((name, most) => textOf(request, name, most));
    const groups = await find(query);
    const view = { query, groups, lock: await editLock(deps), done: doneOf(request, context) };
    return sendPage(reply, context, renderSources(context, view));
  });

  app.post('/sources', { bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
    const fields = fieldsOf(request);
    const query = readListQuery((name, most) => (fields[name] ?? '').trim().slice(0, most));
    const [said, one] = split(fields['do'] ?? '');
    const act = ACTS.find((known) => known === said);
    if (act === undefined)
      return refuse(deps, request, reply, 400, reason('request.malformed', { said: legible(said) }));
    const ids = one === undefined ? await chosen(fields, query) : [one];
    const unknown = ids.find((id) => !deps.config().sources.some((source) => source.id === id));
    if (unknown !== undefined)
      return refuse(deps, request, reply, 404, reason('request.no-source', { source: legible(unknown) }));
    if (ids.length === 0) return back(reply, query, { done: 'none' });
    if (act === 'poll') return poll(deps, reply, query, ids);
    const lock = await editLock(deps);
    if (lock !== null) return refuse(deps, request, reply, 403, lock);
    if (act === 'remove') return askRemoval(deps, request, reply, ids);
    return setEnabled(deps, request, reply, query, ids, act);
  });

  async function find(query: ListQuery) {
    return listSources(await sources.all(), query, deps.config().sources, deps.regionCodes);
  }

  /** Ids that the form names: one by one, by their group, or all that its query finds. */
  async function chosen(fields: Readonly<Record<string, string>>, query: ListQuery): Promise<readonly string[]> {
    const [single, grouped] = [namedBy(fields, 's:'), new Set(namedBy(fields, 'g:'))];
    if (fields['all'] === undefined && grouped.size === 0) return single;
    const found = (await find({ ...query, grouped: true })).flatMap(({ name, rows }) =>
      fields['all'] !== undefined || grouped.has(name ?? '') ? rows.map(({ source }) => source.id) : [],
    );
    return [...new Set([...single, ...found])];
  }
}

async function poll(
  deps: WebDeps,
  reply: FastifyReply,
  query: ListQuery,
  ids: readonly string[],
): Promise<FastifyReply> {
  const enabled = new Set(deps.config().sources.flatMap((source) => (source.enabled ? [source.id] : [])));
  const polled = ids.filter((id) => enabled.has(id));
  if (polled.length > 0) await fromStore(() => deps.pollNow(polled));
  return back(reply, query, { done: 'poll', n: polled.length });
}

function askRemoval(deps: WebDeps, request: FastifyRequest, reply: FastifyReply, ids: readonly string[]): FastifyReply {
  const context = contextOf(request, deps);
  const named = new Set(ids);
  return sendPage(
    reply,
    context,
    renderRemoval(
      context,
      deps.config().sources.filter(({ id }) => named.has(id)),
    ),
  );
}

async function setEnabled(
  deps: WebDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  query: ListQuery,
  ids: readonly string[],
  act: 'pause' | 'resume',
): Promise<FastifyReply> {
  const saving = await deps.desk.setEnabled(ids, act === 'resume');
  deps.log.info({ sources: ids.length, act, saved: saving.ok, from: request.ip }, 'sources paused or resumed');
  if (!saving.ok) return refuse(deps, request, reply, 409, tellUnsaved(saving, contextOf(request, deps)));
  const left = saving.left ?? [];
  const done = ids.filter((id) => !left.includes(id));
  await untilInForce(deps, ({ sources: now }) =>
    now.every(({ id, enabled }) => !done.includes(id) || enabled === (act === 'resume')),
  );
  return back(reply, query, { done: act, n: done.length, left: left.length });
}

function back(reply: FastifyReply, query: ListQuery, done: Readonly<Record<string, string | number>>): FastifyReply {
  return reply.redirect(href('/sources', { ...listParameters(query), ...done }), 303);
}

function refuse(
  deps: WebDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  text: string | Reason,
): FastifyReply {
  return answer(request, reply, deps, { status, title: 'failed', text });
}

/** `pause:id` is for one source, `pause` for all that are chosen. */
function split(said: string): readonly [string, string?] {
  const colon = said.indexOf(':');
  return colon === -1 ? [said] : [said.slice(0, colon), said.slice(colon + 1)];
}

const DONE = { poll: 'didPoll', pause: 'didPause', resume: 'didResume', remove: 'didRemove' } as const satisfies Record<
  Act,
  string
>;

/** What the address that a form led to says was done. */
function doneOf(request: FastifyRequest, { say }: PageContext): { text: string; good: boolean } | null {
  const said = textOf(request, 'done', 10);
  const [n, left] = [countOf(request, 'n'), countOf(request, 'left')];
  if (said === 'none') return { text: say('nothingChosen'), good: false };
  if (said === 'poll' && n === 0) return { text: say('didPollNone'), good: false };
  const act = ACTS.find((known) => known === said);
  if (act === undefined) return null;
  return { text: [say(DONE[act], { n }), ...(left > 0 ? [say('didLeave', { n: left })] : [])].join(' '), good: true };
}

function countOf(request: FastifyRequest, name: string): number {
  const text = textOf(request, name, 7);
  return /^\d+$/.test(text) ? Number(text) : 0;
}
