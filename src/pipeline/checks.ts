/** What the config asks the gazetteer and the rule compiler, which it does not import. */
import type { Checks } from '../config/files/load.ts';
import { regionProblem } from '../divisions/naming.ts';
import { ruleProblem } from '../region/decide/rules.ts';

export const CONFIG_CHECKS: Checks = { regionProblem, ruleProblem };
