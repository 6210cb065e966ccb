/** Lets a zod schema say as a reason what is wrong with a value. */
import type * as z from 'zod';
import type { Reason } from '../model/reason.ts';

/** For a check within `superRefine` or `transform`. */
export function refuse(context: z.core.$RefinementCtx, why: Reason): void {
  context.addIssue({ code: 'custom', params: { why } });
}

/** Null for an issue that the schema itself found. */
export function whyOf(issue: z.core.$ZodIssue): Reason | null {
  return issue.code === 'custom' ? ((issue.params?.['why'] as Reason | undefined) ?? null) : null;
}
