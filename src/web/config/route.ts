/** Answers the config's pages: shows its files, checks and previews a change, saves it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fromStore } from '../http/storetimeout.ts';
import { CONFIG_FILES, type ConfigView, NEVER_EDITED, renderConfig } from './page.tsx';
import { sendSaving } from './saving.ts';
import { editLock } from '../http/editlock.ts';
import { contextOf, languageAsked, sendPage, wantsPage } from '../pagecontext.ts';
import { fieldsOf, textOf } from '../http/formfields.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { faultsJson, previewJson } from './json.ts';
import type { WebDeps } from '../deps.ts';
import { answer, errorJson } from '../http/errors.ts';
import { readRuleStates } from '../status/rulestates.ts';

/** A form's Chinese is three times as long percent-encoded; 2,000 sources are some 400 KB. */
const MAX_FORM_BYTES = 4 * 1024 * 1024;
const PREVIEW_MS = 10_000;

/** What a page of the config shows besides the rules of its file. */
type Shown = Pick<ConfigView, 'file' | 'text' | 'hash' | 'faults'> &
  Partial<Pick<ConfigView, 'line' | 'preview' | 'saving' | 'saved'>>;

export function serveConfig(app: FastifyInstance, deps: WebDeps): void {
  app.get('/config', async (request, reply) => {
    const file = textOf(request, 'file', 40) || CONFIG_FILES[0];
    const saved = (request.query as Record<string, unknown>)['saved'] === undefined ? null : textOf(request, 'saved');
    const found = await deps.desk.read(file);
    if (found === null) return noSuchFile(request, reply);
    const faults = deps.faults();
    const lock = await editLock(deps);
    return send(request, reply, {
      file,
      hash: found.hash,
      text: lock === null && file !== NEVER_EDITED ? found.text : found.shown,
      line: lineAsked(request),
      faults: faults.length > 0 ? faults : null,
      saved: saved === null || /^backups\/[\w.-]{1,80}$|^$/.test(saved) ? saved : null,
    });
  });

  app.post('/config', { bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
    const { file = '', hash = '', action = 'check', text: typed = '' } = fieldsOf(request);
    const found = await deps.desk.read(file);
    if (found === null) return noSuchFile(request, reply);
    const refused = await refusal(deps, file);
    if (refused !== null) return refuse(request, reply, refused);
    // Forms send every newline as CR LF (HTML §4.10.22.4); the file keeps the ones it has.
    const text = found.text.includes('\r\n') ? typed : typed.replaceAll('\r\n', '\n');
    if (action === 'save') return save(request, reply, { file, hash, text });
    if (action === 'preview') {
      const preview = await fromStore(() => deps.desk.preview(file, text), PREVIEW_MS);
      if (!wantsPage(request)) return reply.send(previewJson(preview, languageAsked(request)));
      return send(request, reply, { file, hash, text, faults: preview.ok ? [] : preview.faults, preview });
    }
    const faults = await deps.desk.check(file, text);
    if (!wantsPage(request)) return reply.send({ faults: faultsJson(faults, languageAsked(request)) });
    return send(request, reply, { file, hash, text, faults });
  });

  app.post('/api/config/check', { bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
    const { file = '', text = '' } = fieldsOf(request);
    const refused = await refusal(deps, file);
    if (refused !== null) return reply.code(403).send(errorJson(request, refused));
    return reply.send({ faults: faultsJson(await deps.desk.check(file, text), languageAsked(request)) });
  });

  async function save(
    request: FastifyRequest,
    reply: FastifyReply,
    { file, hash, text }: Pick<Shown, 'file' | 'hash' | 'text'>,
  ): Promise<FastifyReply> {
    const saving = await deps.desk.save(file, text, hash);
    deps.log.info({ file, saved: saving.ok, from: request.ip }, 'config changed from the desk');
    if (!wantsPage(request)) return sendSaving(request, reply, saving);
    if (saving.ok) return reply.redirect(`/config?file=${file}&saved=${encodeURIComponent(saving.backup ?? '')}`, 303);
    const faults = saving.reason === 'faults' ? saving.faults : null;
    return send(request, reply.code(saving.reason === 'faults' ? 422 : 409), { file, hash, text, faults, saving });
  }

  async function send(request: FastifyRequest, reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
    const context = contextOf(request, deps);
    // While the store is away the config can still be read and mended.
    const states = await fromStore(() => readRuleStates(deps)).catch(() => []);
    const rules = states.filter(({ at }) => at.file === shown.file);
    const nothing = { line: null, preview: null, saving: null, saved: null };
    return sendPage(reply, context, renderConfig(context, { ...nothing, ...shown, rules, lock: await editLock(deps) }));
  }

  function noSuchFile(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return answer(request, reply, deps, { status: 404, title: 'notFound', text: CONFIG_FILES.join(', ') });
  }

  function refuse(request: FastifyRequest, reply: FastifyReply, why: Reason): FastifyReply {
    if (!wantsPage(request)) return reply.code(403).send(errorJson(request, why));
    return answer(request, reply, deps, { status: 403, title: 'failed', text: why });
  }
}

function lineAsked(request: FastifyRequest): number | null {
  const line = textOf(request, 'line', 7);
  return /^[1-9]\d*$/.test(line) ? Number(line) : null;
}

/** Why this file may not be changed here; null where it may. */
async function refusal(deps: WebDeps, file: string): Promise<Reason | null> {
  const lock = await editLock(deps);
  if (lock !== null) return lock;
  if (file === NEVER_EDITED) return reason('config.save.on-server', { file });
  return CONFIG_FILES.some((known) => known === file) ? null : reason('config.save.no-file');
}
