/** Says in one line what was thrown. */

/** The message of an error, and of anything else that may be thrown its text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
