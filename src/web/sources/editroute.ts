/** Answers the form of one source's settings. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Source } from '../../model/source.ts';
import { reason } from '../../reasons/catalogue.ts';
import { sendSaving, tellUnsaved } from '../config/saving.ts';
import type { WebDeps } from '../deps.ts';
import { editLock } from '../http/editlock.ts';
import { answer } from '../http/errors.ts';
import { fieldsOf, textOf } from '../http/formfields.ts';
import { legible } from '../http/legible.ts';
import { contextOf, sendPage, wantsPage } from '../pagecontext.ts';
import { untilInForce } from '../source/settledconfig.ts';
import { href } from '../ui/layout.tsx';
import { changedFields, EDITED, valuesOf } from './editedfields.ts';
import { type EditView, renderEdit } from './editpage.tsx';

export function serveEditing(app: FastifyInstance, deps: WebDeps): void {
  const find = (id: string) => deps.config().sources.find((source) => source.id === id);

  app.get('/sources/edit', async (request, reply) => {
    const id = textOf(request, 'source');
    const source = find(id);
    return source === undefined
      ? noSource(request, reply, id)
      : send(request, reply, source, { values: valuesOf(source), failure: null });
  });

  app.post('/sources/edit', async (request, reply) => {
    const fields = fieldsOf(request);
    const id = fields['source'] ?? '';
    const source = find(id);
    if (source === undefined) return noSource(request, reply, id);
    const lock = await editLock(deps);
    if (lock !== null) return answer(request, reply, deps, { status: 403, title: 'failed', text: lock });
    const values = Object.fromEntries(
      EDITED.map(({ name, most }) => [name, (fields[name] ?? '').trim().slice(0, most)]),
    ) as EditView['values'];
    const saving = await deps.desk.editSource(id, changedFields(source, values));
    deps.log.info({ source: id, saved: saving.ok, from: request.ip }, 'a source edited');
    if (!wantsPage(request)) return sendSaving(request, reply, saving);
    if (!saving.ok) {
      const failure = tellUnsaved(saving, contextOf(request, deps));
      return send(request, reply.code(saving.reason === 'faults' ? 422 : 409), source, { values, failure });
    }
    await untilInForce(deps, () => find(id) !== source);
    return reply.redirect(href('/status/source', { id: values.id || id, done: 'edited' }), 303);
  });

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, name }: Source,
    shown: Pick<EditView, 'values' | 'failure'>,
  ): Promise<FastifyReply> {
    const context = contextOf(request, deps);
    const groups = [...new Set(deps.config().sources.flatMap(({ group }) => group ?? []))];
    const block = await deps.desk.sourceBlock(id).catch(() => null);
    return sendPage(
      reply,
      context,
      renderEdit(context, { id, name, groups, block, lock: await editLock(deps), ...shown }),
    );
  }

  function noSource(request: FastifyRequest, reply: FastifyReply, id: string): FastifyReply {
    const text = reason('request.no-source', { source: legible(id) });
    return answer(request, reply, deps, { status: 404, title: 'notFound', text });
  }
}
