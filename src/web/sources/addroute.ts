/** Answers the adding of a source: looks at an address, and saves what was proposed. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProposedSource } from '../../model/source.ts';
import { reason } from '../../reasons/catalogue.ts';
import { maskAddresses } from '../../text/secrets.ts';
import { sendSaving, tellUnsaved } from '../config/saving.ts';
import type { WebDeps } from '../deps.ts';
import { editLock } from '../http/editlock.ts';
import { answer } from '../http/errors.ts';
import { fieldsOf, textOf } from '../http/formfields.ts';
import { contextOf, sendPage, wantsPage } from '../pagecontext.ts';
import { untilInForce } from '../source/settledconfig.ts';
import { href } from '../ui/layout.tsx';
import { type AddView, MOST, renderAdd } from './addpage.tsx';

type Shown = Pick<AddView, 'address'> & Partial<Pick<AddView, 'found' | 'proposed' | 'failure'>>;

export function serveAdding(app: FastifyInstance, deps: WebDeps): void {
  app.get('/sources/add', (request, reply) =>
    send(request, reply, { address: textOf(request, 'address', MOST.address) }),
  );

  app.post('/sources/add', (request, reply) =>
    fieldsOf(request)['do'] === 'save' ? save(request, reply) : find(request, reply),
  );

  async function find(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const address = fieldOf(request, 'address', MOST.address);
    const found = await deps.desk.findSource(address);
    if ('busy' in found) {
      const text = contextOf(request, deps).say('tryBusy', { id: found.busy });
      return answer(request, reply, deps, { status: 409, title: 'failed', text });
    }
    deps.log.info(
      { address: maskAddresses(address), found: found.ok, from: request.ip },
      'an address was looked at from the desk',
    );
    return found.ok
      ? send(request, reply, { address, found, proposed: found.proposed })
      : send(request, reply.code(422), { address, failure: found.why });
  }

  async function save(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const context = contextOf(request, deps);
    const lock = await editLock(deps);
    if (lock !== null) return answer(request, reply, deps, { status: 403, title: 'failed', text: lock });
    const proposed = proposedOf(request);
    const taken = deps.config().sources.some(({ id }) => id === proposed.id);
    const saving = taken ? null : await deps.desk.addSource(proposed);
    deps.log.info({ source: proposed.id, saved: saving?.ok === true, from: request.ip }, 'a source added');
    if (saving?.ok === true) await untilInForce(deps, ({ sources }) => sources.some(({ id }) => id === proposed.id));
    if (saving !== null && !wantsPage(request)) return sendSaving(request, reply, saving);
    if (saving?.ok === true) return reply.redirect(href('/status/source', { id: proposed.id, done: 'added' }), 303);
    const failure =
      saving === null ? reason('config.save.id-taken', { id: proposed.id }) : tellUnsaved(saving, context);
    return send(request, reply.code(422), { address: fieldOf(request, 'address', MOST.address), proposed, failure });
  }

  async function send(request: FastifyRequest, reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
    const context = contextOf(request, deps);
    const { sources, editions } = deps.config();
    const view: AddView = {
      found: null,
      proposed: null,
      failure: null,
      ...shown,
      groups: [...new Set(sources.flatMap(({ group }) => group ?? []))],
      editions: new Map(editions.map(({ id, title }) => [id, title])),
      lock: await editLock(deps),
    };
    return sendPage(reply, context, renderAdd(context, view));
  }
}

function fieldOf(request: FastifyRequest, name: string, most: number): string {
  return (fieldsOf(request)[name] ?? '').trim().slice(0, most);
}

/** What the config's own checks do not allow is found when it is saved. */
function proposedOf(request: FastifyRequest): ProposedSource {
  const field = (name: string, most: number) => fieldOf(request, name, most);
  const [name, group, region] = [field('name', MOST.name), field('group', MOST.group), field('region', MOST.region)];
  const trust = field('trust', 10);
  return {
    id: field('id', MOST.id),
    ...(name !== '' && { name }),
    url: field('url', MOST.address),
    ...(field('kind', 10) === 'page' && { kind: 'page' }),
    ...(group !== '' && { group }),
    ...(region !== '' && { region }),
    ...(trust !== '' && { trust: Number(trust) }),
    ...(field('fullText', 1) === '1' && { fullText: true }),
  };
}
