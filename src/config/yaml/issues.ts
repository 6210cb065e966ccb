/** Explains what zod found in a config file: what was found, and what to write instead. */
import * as z from 'zod';
import type { Fault } from '../../model/config.ts';
import type { ConfigDocument } from './yamldocument.ts';
import type { Reason } from '../../model/reason.ts';
import { eachOnce, reason } from '../../reasons/catalogue.ts';
import { whyOf } from '../../reasons/schemaissue.ts';
import { nearest } from '../../text/near.ts';
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

const quoted = (options: readonly unknown[]): string[] => options.map((option) => `\`${String(option)}\``);

function expectedOf(schema: z.core.$ZodType): Reason {
  const plain = unwrap(schema);
  if (plain instanceof z.ZodUnion)
    return reason('config.expected.either', { kinds: eachOnce(plain.options.map(expectedOf)) });
  if (plain instanceof z.ZodEnum) return reason('config.expected.option', { options: quoted(plain.options) });
  if (plain instanceof z.ZodString) return reason('config.expected.text');
  if (plain instanceof z.ZodBoolean) return reason('config.expected.flag');
  if (plain instanceof z.ZodNumber) return expectedNumber(plain);
  return reason(plain instanceof z.ZodArray ? 'config.expected.list' : 'config.expected.block');
}

function expectedNumber({ isInt, minValue, maxValue }: z.ZodNumber): Reason {
  const bounded = Math.abs(minValue ?? -Infinity) < 2 ** 53 - 1 && (maxValue ?? Infinity) < 2 ** 53 - 1;
  if (!bounded) return reason(isInt ? 'config.expected.whole' : 'config.expected.number');
  const bounds = { least: String(minValue), most: String(maxValue) };
  return reason(isInt ? 'config.expected.whole-between' : 'config.expected.number-between', bounds);
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

/** `wrong` with what to write instead, where that can be said. */
function withHint(wrong: Reason, found: unknown, schema: z.core.$ZodType): Reason {
  const plain = unwrap(schema);
  const takesText = plain instanceof z.ZodString || plain instanceof z.ZodUnion;
  if (plain instanceof z.ZodBoolean && typeof found === 'string') {
    const near = TRUE_WORDS.test(found)
      ? 'true'
      : FALSE_WORDS.test(found)
        ? 'false'
        : nearest(found, ['true', 'false']);
    return near === null ? wrong : reason('config.value.near', { wrong, near });
  }
  const example = exampleOf(schema);
  if (takesText && typeof found === 'number' && /^"\d+[dh]"$/.test(example))
    return reason('config.value.unit', { wrong, number: String(found) });
  if (takesText && (typeof found === 'number' || typeof found === 'boolean')) {
    const value = String(found);
    return example === ''
      ? reason('config.value.quote', { wrong, value })
      : reason('config.value.quote-example', { wrong, value, example });
  }
  if (plain instanceof z.ZodNumber && typeof found === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(found))
    return reason('config.value.unquote', { wrong, value: found.trim() });
  if (plain instanceof z.ZodArray && typeof found === 'string')
    return reason('config.value.as-list', { wrong, item: show(found) });
  return example === '' ? wrong : reason('config.value.example', { wrong, example });
}

/** Where the key is known one level down: a line indented too little. */
function homeOf(key: string, block: z.core.$ZodType | null): string | null {
  if (!(block instanceof z.ZodObject)) return null;
  const home = Object.entries(block.shape as z.core.$ZodShape).find(([, schema]) => {
    const inner = unwrap(schema);
    return inner instanceof z.ZodObject && key in inner.shape;
  });
  return home?.[0] ?? null;
}

function unknownKey(name: string, block: z.core.$ZodType | null): Reason {
  if (/^[\u3000\u00a0]/.test(name)) return reason('config.yaml.wide-space');
  const known = block instanceof z.ZodObject ? Object.keys(block.shape) : [];
  const key = show(name);
  const near = nearest(name, known);
  if (near !== null) return reason('config.key.unknown-near', { key, near });
  const under = homeOf(name, block);
  return under === null
    ? reason('config.key.unknown', { key, known })
    : reason('config.key.unknown-below', { key, under });
}

function unknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  root: z.core.$ZodType,
  document: ConfigDocument,
): Fault[] {
  const schema = schemaAt(root, issue.path);
  const block = schema === null ? null : blockOf(unwrap(schema));
  // A key that is a list or block itself is a fault of structure, which is reported already.
  return issue.keys
    .filter((key) => !/^(?:[[{]|$)/.test(key))
    .map((key) => {
      const { line, column } = document.placeOf([...issue.path, key], 'key');
      return { file: document.file, line, column, why: unknownKey(key, block) };
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
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue, root, document);
  const fault = (why: Reason, of: 'key' | 'value' = 'value'): readonly Fault[] => [
    { file: document.file, ...document.placeOf(path, of), why },
  ];
  const ofKey = issue.code === 'invalid_key' ? issue.issues[0] : undefined;
  const badKey = ofKey === undefined ? null : whyOf(ofKey);
  if (badKey !== null) return fault(badKey, 'key');
  const given = whyOf(issue);
  if (given !== null) return fault(given);
  const found = valueAt(document.value, path);
  const schema = schemaAt(root, path) ?? root;
  const missing = found === undefined || (found === null && path.length > 0);
  if (missing && isMistyped(path, root, document)) return [];
  return fault(missing ? explainMissing(found === null, path, schema) : explainValue(issue, found, schema));
}

/** What stands at `path`, as sentences call it. */
function nameOf(path: readonly PropertyKey[]): Reason {
  const key = path.at(-1);
  return typeof key === 'number' ? reason('config.this.item') : reason('config.this.key', { key: String(key) });
}

function explainMissing(empty: boolean, path: readonly PropertyKey[], schema: z.core.$ZodType): Reason {
  const what = nameOf(path);
  const example = exampleOf(schema);
  if (example === '')
    return reason(empty ? 'config.key.empty' : 'config.key.missing', { what, expected: expectedOf(schema) });
  const written = { what, key: String(path.at(-1)), example };
  return reason(empty ? 'config.key.empty-example' : 'config.key.missing-example', written);
}

function explainValue(issue: Issue, found: unknown, schema: z.core.$ZodType): Reason {
  const { path } = issue;
  if (path.length === 0) {
    const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape).map((key) => `\`${key}:\``) : [];
    return found === null
      ? reason('config.file.empty', { keys })
      : reason('config.file.holds', { found: describe(found), keys });
  }
  const what = nameOf(path);
  if (issue.code === 'invalid_value' && typeof found === 'string') {
    const options = issue.values.map(String);
    const near = nearest(found, options);
    return near === null
      ? reason('config.value.option', { what, found: show(found), options: quoted(options) })
      : reason('config.value.option-near', { what, found: show(found), near });
  }
  if ((issue.code === 'too_small' || issue.code === 'too_big') && Array.isArray(found))
    return reason('config.value.empty-list', { what });
  const expected = expectedOf(schema);
  if (!isSecret(path))
    return withHint(reason('config.value.wrong', { what, found: describe(found), expected }), found, schema);
  const wrong = reason('config.value.wrong', { what, found: reason('config.found.hidden'), expected });
  return unwrap(schema) instanceof z.ZodString ? reason('config.value.quote-hidden', { wrong }) : wrong;
}
