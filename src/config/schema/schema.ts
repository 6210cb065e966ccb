/** The four config files and their schemas, for validation and for the editors that complete them. */
import * as z from 'zod';
import type { FileName } from '../filenames.ts';
import { editionsFile } from './editionsfile.ts';
import { regionsFile } from './regionsfile.ts';
import { settingsFile } from './settingsfile.ts';
import { sourcesFile } from './sourcesfile.ts';

/** The schema of each config file; a file that is absent or empty counts as one without keys. */
export const schemas = {
  'sources.yaml': sourcesFile,
  'editions.yaml': editionsFile,
  'regions.yaml': regionsFile,
  'settings.yaml': settingsFile,
} as const satisfies Record<FileName, z.ZodType>;

/** What the files hold once validated and with their defaults. */
export type FileValue<N extends FileName> = z.output<(typeof schemas)[N]>;

/** The JSON Schema (draft 7, which editors know best) of one config file. */
export function jsonSchema(file: FileName): object {
  return z.toJSONSchema(schemas[file], {
    target: 'draft-7',
    io: 'input',
    // zod leaves these two out below a transform, where the editor needs them most.
    override: ({ zodSchema, jsonSchema }) => {
      const notes = z.globalRegistry.get(zodSchema) ?? {};
      if ('default' in notes) jsonSchema.default = notes.default;
      if (Array.isArray(notes['examples'])) jsonSchema.examples = notes['examples'] as unknown[];
    },
  });
}
