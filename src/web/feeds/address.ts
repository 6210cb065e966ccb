/** Finds the feed that an address names: `<edition>.<format>`. */
import type { Config, Edition } from '../../model/config.ts';
import { type Format, formats } from '../../publish/formats.ts';

/** Null where there is no such edition or format. */
export function findFeed(
  { editions }: Pick<Config, 'editions'>,
  file: string,
): { readonly edition: Edition; readonly format: Format } | null {
  const dot = file.lastIndexOf('.');
  const format = formats.find(({ extension }) => extension === file.slice(dot + 1));
  const edition = editions.find(({ id }) => id === file.slice(0, Math.max(0, dot)));
  return edition === undefined || format === undefined ? null : { edition, format };
}
