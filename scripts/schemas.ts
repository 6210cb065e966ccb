/** Turns the config schemas of src/config/schema.ts into the JSON Schema files that editors read beside the YAML. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FILE_NAMES, jsonSchema } from '../src/config/schema/schema.ts';

for (const name of FILE_NAMES) {
  const path = fileURLToPath(new URL(`../config/${name.replace('.yaml', '.schema.json')}`, import.meta.url));
  writeFileSync(path, `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
}
