/** Labelled items for list pages: made in many sizes and forms, labelled by what a reader of the page would say. */
import { addresses } from './lists/addresses.ts';
import { choices } from './lists/choices.ts';
import { kinds } from './lists/kinds.ts';
import type { EvalSet } from './outcome.ts';

export const LIST_SETS: readonly EvalSet[] = [
  { name: 'addresses', room: 'feed', run: () => ({ outcomes: addresses() }) },
  { name: 'news of pages', room: 'feed', run: () => ({ outcomes: choices() }) },
  { name: 'kinds of pages', room: 'feed', run: () => ({ outcomes: kinds() }) },
];
