/** Shows a value of a config file in a message: short, on one line, without secrets. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { maskAddresses } from '../../text/secrets.ts';

const MAX_SHOWN = 80;
const SECRET_KEYS = new Set(['headers', 'admin', 'proxy', 'webhook', 'secret']);

/** Whether the value at this path may hold a password or token, so that no message may repeat it. */
export function isSecret(path: readonly PropertyKey[]): boolean {
  return path.some((key) => typeof key === 'string' && SECRET_KEYS.has(key));
}

/** The text without what would break a line or the quotes around it; user:password of an address and secret parameters are masked. */
export function show(value: string): string {
  const oneLine = maskAddresses(value)
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, '␤')
    .replaceAll('`', "'");
  const characters = Array.from(oneLine);
  return characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN - 1).join('')}…` : oneLine;
}

/** What kind of YAML value this is, with the value where it is short. */
export function describe(value: unknown): Reason {
  if (value === null || value === undefined) return reason('config.found.nothing');
  if (Array.isArray(value)) return reason('config.found.list');
  if (typeof value === 'string') return reason('config.found.text', { text: show(value) });
  if (typeof value === 'number' || typeof value === 'bigint')
    return reason('config.found.number', { number: show(String(value)) });
  if (typeof value === 'boolean') return reason('config.found.flag', { value: String(value) });
  return reason('config.found.block');
}
