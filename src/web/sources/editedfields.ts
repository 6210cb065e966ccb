/** Which settings of a source the form has, and what they are written as. */
import type { Source } from '../../model/source.ts';
import type { Desk } from '../deps.ts';

/** `most`: characters. */
export const EDITED = [
  { name: 'id', kind: 'text', most: 64 },
  { name: 'name', kind: 'text', most: 200 },
  { name: 'url', kind: 'text', most: 2_000 },
  { name: 'group', kind: 'text', most: 100 },
  { name: 'region', kind: 'text', most: 60 },
  { name: 'trust', kind: 'number', most: 3 },
  { name: 'schedule', kind: 'text', most: 100 },
  { name: 'fullText', kind: 'flag', most: 1 },
  { name: 'note', kind: 'text', most: 500 },
] as const;

export type EditedField = (typeof EDITED)[number]['name'];
type Values = Readonly<Record<EditedField, string>>;

export function valuesOf(source: Source): Values {
  const { id, name, url, group, region, trust, schedule, fullText, note } = source;
  return {
    id,
    name: name === id ? '' : name,
    url,
    group: group ?? '',
    region: region ?? '',
    trust: String(trust),
    schedule,
    // A selector stays as it is as long as the box is ticked.
    fullText: fullText === false ? '' : '1',
    note: note ?? '',
  };
}

/** Those that were changed, as they are to be written: what is emptied goes. A new id keeps the ones before it. */
export function changedFields(source: Source, after: Values): Parameters<Desk['editSource']>[1] {
  const before = valuesOf(source);
  const { id, formerly } = source;
  const given = after.id === '' ? { ...after, id } : after;
  const changed = Object.fromEntries(
    EDITED.filter(({ name }) => before[name] !== given[name]).map(({ name, kind }) => {
      const value = given[name];
      if (value === '') return [name, null];
      if (kind === 'number') return [name, Number(value)];
      return [name, kind === 'flag' ? true : value];
    }),
  );
  if (given.id === id) return changed;
  return { ...changed, formerly: [...new Set([...formerly, id])] };
}
