/** What the config asks the gazetteer and the rule compiler, which it does not import. */
import type { Checks } from './config/load.ts';
import { regionProblem } from './region/naming.ts';
import { ruleProblem } from './region/rules.ts';

export const CONFIG_CHECKS: Checks = { regionProblem, ruleProblem };
