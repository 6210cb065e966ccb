/** Tells what became of an attempt to change a config file: as JSON to a program, in words to a person. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Saving } from '../deps.ts';
import { languageAsked } from '../pagecontext.ts';
import type { PageContext } from '../ui/layout.tsx';
import { savingJson } from './json.ts';

type Unsaved = Saving & { readonly ok: false };

const STATUS: Readonly<Record<Unsaved['reason'], number>> = {
  faults: 422,
  changed: 409,
  byHand: 409,
  failed: 500,
};

export function sendSaving(request: FastifyRequest, reply: FastifyReply, saving: Saving): FastifyReply {
  return reply.code(saving.ok ? 200 : STATUS[saving.reason]).send(savingJson(saving, languageAsked(request)));
}

/** Why nothing was saved; of faults, one line each. */
export function tellUnsaved(saving: Unsaved, { say, tell }: Pick<PageContext, 'say' | 'tell'>): string {
  switch (saving.reason) {
    case 'faults':
      return saving.faults.map(({ file, line, column, why }) => `${file}:${line}:${column} ${tell(why)}`).join('\n');
    case 'failed':
      return say('saveFailed', { message: tell(saving.why) });
    case 'changed':
      return say('changedMeanwhile');
    case 'byHand':
      break;
  }
  return say('byHand');
}
