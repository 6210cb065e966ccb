/** Which sources a form names, each by a field of its own. */

/** Two thousand ids of 48 characters. */
export const MAX_FORM_BYTES = 256 * 1024;

/** What follows the prefix in the names of fields: `s:` a source's id, `g:` the name of a group. */
export function namedBy(fields: Readonly<Record<string, string>>, prefix: 's:' | 'g:'): readonly string[] {
  return Object.keys(fields).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
}
