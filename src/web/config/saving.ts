/** Tells what became of an attempt to change a config file: as JSON to a program, in words to a person. */
import type { FastifyReply } from 'fastify';
import type { Saving } from '../deps.ts';
import type { Say } from '../ui/words/site.ts';

type Unsaved = Saving & { readonly ok: false };

const STATUS: Readonly<Record<Unsaved['reason'], number>> = {
  faults: 422,
  changed: 409,
  byHand: 409,
  failed: 500,
};

export function sendSaving(reply: FastifyReply, saving: Saving): FastifyReply {
  return reply.code(saving.ok ? 200 : STATUS[saving.reason]).send(saving);
}

/** Why nothing was saved; of faults, one line each. */
export function tellUnsaved(saving: Unsaved, say: Say): string {
  switch (saving.reason) {
    case 'faults':
      return saving.faults.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n');
    case 'failed':
      return say('saveFailed', { message: saving.message });
    case 'changed':
      return say('changedMeanwhile');
    case 'byHand':
      break;
  }
  return say('byHand');
}
