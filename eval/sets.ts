/** All labelled sets. */
import { CLEAN_SETS } from './clean.ts';
import type { EvalSet } from './outcome.ts';
import { LEAD_SET } from './lead.ts';
import { LIST_SETS } from './lists.ts';
import { REGION_SETS } from './region.ts';
import { SOURCE_SETS } from './sources.ts';
import { STORY_SETS } from './stories.ts';

export const SETS: readonly EvalSet[] = [
  ...REGION_SETS,
  ...STORY_SETS,
  LEAD_SET,
  ...CLEAN_SETS,
  ...LIST_SETS,
  ...SOURCE_SETS,
];
