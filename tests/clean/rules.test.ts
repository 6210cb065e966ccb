import { describe, expect, it } from 'vitest';
import { NON_ENTRY_RULES, nonEntryOf } from '../../src/clean/nonentries.ts';
import { lineOf } from '../../src/clean/lines/linerule.ts';
import { LINE_RULES, ruleFor } from '../../src/clean/lines/rules/everyrule.ts';
import { fold } from '../../src/zh/script.ts';
import { makeEntry } from '../support/entries.ts';

describe('every row of the table of lines does what its examples say, asked together with all others', () => {
  for (const rule of LINE_RULES) {
    it.each(rule.takes)(`${rule.name} takes %s`, (text) => {
      expect(ruleFor(lineOf(fold(text)))?.name).toBe(rule.name);
    });
    it.each(rule.leaves)(`${rule.name} leaves %s, and so does every other`, (text) => {
      expect(ruleFor(lineOf(fold(text)))?.name ?? null).toBeNull();
    });
  }

  it('gives every row a name of its own, a reason and examples', () => {
    const names = LINE_RULES.map((rule) => rule.name);
    expect(new Set(names).size).toBe(names.length);
    for (const rule of LINE_RULES) {
      expect({ reason: rule.reason !== '', takes: rule.takes.length > 0, leaves: rule.leaves.length > 0 }).toEqual({
        reason: true,
        takes: true,
        leaves: true,
      });
    }
  });
});

const titled = (title: string) => makeEntry({ id: 'a', title, text: '' });

describe('every row of the table of non-entries does what its examples say', () => {
  for (const rule of NON_ENTRY_RULES) {
    it.each(rule.takes)(`${rule.name} takes “%s”`, (title) => {
      expect(nonEntryOf(titled(title))?.name).toBe(rule.name);
    });
    it.each(rule.leaves)(`${rule.name} leaves “%s”, and so does every other`, (title) => {
      expect(nonEntryOf(titled(title))).toBeNull();
    });
  }
});
