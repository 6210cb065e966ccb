/** The version of the program, from its package.json. */
import { readFileSync } from 'node:fs';

export const VERSION = (
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** The config folder that the program ships. */
export const SHIPPED_CONFIG = new URL('../../../config/', import.meta.url);
