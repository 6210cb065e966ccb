/** Explains what zod found in a config file: what was found, and what to write instead. */
import * as z from 'zod';
import type { Fault } from '../../model/config.ts';
import type { ConfigDocument } from './yamldocument.ts';
import { didYouMean, nearest } from '../../text/near.ts';
import { describe, isSecret, show } from './show.ts';

type Issue = z.core.$ZodIssue;

/** The schema without what wraps it: default, transform, null. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrap(schema.unwrap());
  return schema;
}

/** The schemas on the way to `path`, the last unwrapped; null where the path leaves the schema. */
function schemaAt(root: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | null {
  let schema: z.core.$ZodType | null = root;
  for (const step of path) {
    const block: z.core.$ZodType = blockOf(unwrap(schema));
    if (block instanceof z.ZodObject) schema = (block.shape as z.core.$ZodShape)[String(step)] ?? null;
    else if (block instanceof z.ZodArray) schema = block.element;
    else if (block instanceof z.ZodRecord) schema = block.valueType;
    else return null;
    if (schema === null) return null;
  }
  return schema;
}

/** Of a union, the option that is a block. */
function blockOf(schema: z.core.$ZodType): z.core.$ZodType {
  if (!(schema instanceof z.ZodUnion)) return schema;
  return schema.options.map(unwrap).find((option) => option instanceof z.ZodObject) ?? schema;
}

function expectedOf(schema: z.core.$ZodType): string {
  const plain = unwrap(schema);
  if (plain instanceof z.ZodUnion) return [...new Set(plain.options.map(expectedOf))].join(' or ');
  if (plain instanceof z.ZodEnum) return plain.options.map((option) => `\`${option}\``).join(' or ');
  if (plain instanceof z.ZodString) return 'a text';
  if (plain instanceof z.ZodBoolean) return '`true` or `false`';
  if (plain instanceof z.ZodNumber) {
    const { minValue, maxValue } = plain;
    const kind = plain.isInt ? 'a whole number' : 'a number';
    const bounded = Math.abs(minValue ?? -Infinity) < 2 ** 53 - 1 && (maxValue ?? Infinity) < 2 ** 53 - 1;
    return bounded ? `${kind} from ${minValue} to ${maxValue}` : kind;
  }
  if (plain instanceof z.ZodArray) return 'a list: `[…]`, or lines that begin with `- `';
  return 'a block of `key: value` lines';
}

function exampleOf(schema: z.core.$ZodType): string {
  const notes = z.globalRegistry.get(schema) ?? z.globalRegistry.get(unwrap(schema));
  const example = (notes?.['examples'] as readonly unknown[] | undefined)?.[0];
  return example === undefined ? '' : JSON.stringify(example);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[step];
  }
  return found;
}

const TRUE_WORDS = /^(?:yes|on|y|是|开|ture|treu)$/i;
const FALSE_WORDS = /^(?:no|off|n|否|关|fasle|flase)$/i;

function hint(found: unknown, schema: z.core.$ZodType): string {
  const plain = unwrap(schema);
  const takesText = plain instanceof z.ZodString || plain instanceof z.ZodUnion;
  if (plain instanceof z.ZodBoolean && typeof found === 'string') {
    if (TRUE_WORDS.test(found)) return ' – did you mean `true`?';
    if (FALSE_WORDS.test(found)) return ' – did you mean `false`?';
    return didYouMean(found, ['true', 'false']);
  }
  const example = exampleOf(schema);
  if (takesText && typeof found === 'number' && /^"\d+[dh]"$/.test(example)) {
    return `: add a unit, such as \`${found}d\` for days or \`${found}h\` for hours`;
  }
  if (takesText && (typeof found === 'number' || typeof found === 'boolean')) {
    return `: write it in quotes, \`"${String(found)}"\`${example === '' ? '' : `, or for example \`${example}\``}`;
  }
  if (plain instanceof z.ZodNumber && typeof found === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(found)) {
    return `: write \`${found.trim()}\` without quotes`;
  }
  if (plain instanceof z.ZodArray && typeof found === 'string') return `: write \`[${show(found).slice(1, -1)}]\``;
  return example === '' ? '' : `, for example \`${example}\``;
}

/** Where the key is known one level down: a line indented too little. */
function elsewhere(key: string, block: z.core.$ZodType | null): string {
  if (!(block instanceof z.ZodObject)) return '';
  const home = Object.entries(block.shape as z.core.$ZodShape).find(([, schema]) => {
    const inner = unwrap(schema);
    return inner instanceof z.ZodObject && key in inner.shape;
  });
  return home === undefined ? '' : ` here: write it under \`${home[0]}:\`, indented by two spaces`;
}

function unknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  root: z.core.$ZodType,
  document: ConfigDocument,
): Fault[] {
  const schema = schemaAt(root, issue.path);
  const block = schema === null ? null : blockOf(unwrap(schema));
  const known = block instanceof z.ZodObject ? Object.keys(block.shape) : [];
  // A key that is a list or block itself is a fault of structure, which is reported already.
  return issue.keys
    .filter((key) => !/^(?:[[{]|$)/.test(key))
    .map((key) => {
      const message = /^[\u3000\u00a0]/.test(key)
        ? 'an ideographic or no-break space is used as indentation: write ordinary spaces, two for each level'
        : `unknown key ${show(key)}${didYouMean(key, known) || elsewhere(key, block) || `; known here: ${known.join(', ')}`}`;
      const { line, column } = document.placeOf([...issue.path, key], 'key');
      return { file: document.file, line, column, message };
    });
}

/** Whether a key said to be missing is there, mistyped: that fault says it already. */
function isMistyped(path: readonly PropertyKey[], root: z.core.$ZodType, document: ConfigDocument): boolean {
  const parent = valueAt(document.value, path.slice(0, -1));
  const schema = schemaAt(root, path.slice(0, -1));
  const block = schema === null ? null : blockOf(unwrap(schema));
  if (typeof parent !== 'object' || parent === null || !(block instanceof z.ZodObject)) return false;
  const known = Object.keys(block.shape);
  return Object.keys(parent).some((key) => !known.includes(key) && nearest(key, known) === path.at(-1));
}

/** The faults of one issue of `document`, whose schema is `root`. */
export function explainIssue(issue: Issue, root: z.core.$ZodType, document: ConfigDocument): readonly Fault[] {
  const { file } = document;
  const { path } = issue;
  const key = path.at(-1);
  const name = typeof key === 'number' ? 'this item' : `\`${String(key ?? file)}\``;
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue, root, document);
  const found = valueAt(document.value, path);
  const schema = schemaAt(root, path) ?? root;
  const place = document.placeOf(path);
  const fault = (message: string, at = place): readonly Fault[] => [{ file, ...at, message }];
  if (issue.code === 'invalid_key') {
    return fault(issue.issues[0]?.message ?? issue.message, document.placeOf(path, 'key'));
  }
  if (issue.code === 'custom') return fault(issue.message);
  if (found === undefined || (found === null && path.length > 0)) {
    if (isMistyped(path, root, document)) return [];
    const example = exampleOf(schema);
    const what = `${name} ${found === null ? 'is empty' : 'is missing'}`;
    const write = example === '' ? expectedOf(schema) : `\`${String(key)}: ${example}\``;
    return fault(`${what}: write ${example === '' ? write : `for example ${write}`}`);
  }
  if (path.length === 0) {
    const kind = found === null ? 'the file is empty' : `the file holds ${describe(found)}`;
    const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    return fault(
      `${kind}: write ${keys.map((known) => `\`${known}:\``).join(' or ')} at the margin and the rest under it`,
    );
  }
  const shown = isSecret(path) ? 'of the wrong kind (not shown)' : describe(found);
  if (issue.code === 'invalid_value' && typeof found === 'string') {
    const options = issue.values.map(String);
    const near = didYouMean(found, options);
    return fault(
      `${name} is ${show(found)}${near || `; expected ${options.map((option) => `\`${option}\``).join(' or ')}`}`,
    );
  }
  if ((issue.code === 'too_small' || issue.code === 'too_big') && Array.isArray(found)) {
    return fault(`${name} is an empty list: write at least one item, or remove the key`);
  }
  const takesText = unwrap(schema) instanceof z.ZodString;
  const secretHint = takesText ? ': write it in quotes' : '';
  const extra = isSecret(path) ? secretHint : hint(found, schema);
  return fault(`${name} is ${shown}; expected ${expectedOf(schema)}${extra}`);
}
