/** Says why the config cannot be changed from the desk, and what to do about it. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { WebDeps } from '../deps.ts';
import { mayEdit } from './access.ts';

/** Null where it can be. */
export async function editLock({ config, desk }: Pick<WebDeps, 'config' | 'desk'>): Promise<Reason | null> {
  return mayEdit(config()) ? desk.locked() : reason('config.save.read-only');
}
