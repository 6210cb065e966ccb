/** All labelled sets. */
import type { EvalSet } from './outcome.ts';
import { REGION_SETS } from './region.ts';

export const SETS: readonly EvalSet[] = [...REGION_SETS];
