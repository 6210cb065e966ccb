/** Writes docs/rules.md from the rows of the cleaner: what each takes out, why, and the examples that hold it. */
import { say } from '../../src/reasons/render.ts';
import { PLACES } from '../../src/clean/article/places.ts';
import { HINTS } from '../../src/clean/lines/hints.ts';
import type { LineRule, Traits } from '../../src/clean/lines/linerule.ts';
import { LINE_RULES } from '../../src/clean/lines/rules/everyrule.ts';
import { NON_ENTRY_RULES, type NonEntryRule } from '../../src/clean/nonentries.ts';

const ROLES: Readonly<Record<Traits['role'], string>> = {
  noise: 'goes wherever it stands',
  share: 'goes wherever it stands',
  edge: 'goes outside the article only',
  meta: 'is read, then goes',
  byline: 'is read, then goes',
  caption: 'goes to the picture above it',
  stop: 'ends the article',
};

const INTRO = `# What the cleaner takes out

Written by \`npm run docs\` from the tables in \`src/clean\`; change a row there, not this page.

A line of an item is asked of the rows below in their order, and the first that fits decides; a line that none takes is the article's. Patterns see the line folded: simplified script, half-width, lower case. A line that reads like a sentence is asked only of the rows marked *sentences too*. The names stand on an entry's page beside what was removed, and in the ledger. Traits are what the rest of the cleaner asks of a row: \`src/clean/lines/linerule.ts\` says what each means.
`;

/** The whole page. */
export function writeRulesPaper(): string {
  const places = [...Object.values(PLACES), ...Object.values(HINTS)];
  return [
    INTRO,
    '## Lines, by what they say\n',
    ...LINE_RULES.map(lineSection),
    '## Blocks, by where they stand and how their elements are named\n',
    ...places.map(({ name, reason }) => `- \`${name}\`: ${reason}`),
    '\n## Items that are no entries\n',
    'Such an item is dropped whole; the ledger books it under `clean.` and the name. The examples are titles without a text.\n',
    ...NON_ENTRY_RULES.map(nonEntrySection),
  ].join('\n');
}

function lineSection(rule: LineRule): string {
  const sentences = rule.sentences === true ? ', sentences too' : '';
  return section(rule, `**${rule.role}**: ${ROLES[rule.role]}${sentences}. `, traitsOf(rule));
}

// What a row says of its lines besides its role.
const OF_ROW = new Set(['name', 'role', 'reason', 'takes', 'leaves', 'sentences', 'test']);

function traitsOf(rule: LineRule): string {
  const traits = Object.entries(rule).filter(([name]) => !OF_ROW.has(name));
  if (traits.length === 0) return '';
  return `- traits ${traits.map(([name, value]) => (typeof value === 'string' ? `\`${name}: ${value}\`` : `\`${name}\``)).join(', ')}\n`;
}

function nonEntrySection(rule: NonEntryRule): string {
  return section(rule, '');
}

function section({ name, takes, leaves, ...rule }: LineRule | NonEntryRule, lead: string, traits = ''): string {
  return `### ${name}\n\n${lead}Reason: ${'reason' in rule ? rule.reason : say({ code: `clean.${name}` }, 'en')}.\n\n- takes ${quote(takes)}\n- leaves ${quote(leaves)}\n${traits}`;
}

function quote(examples: readonly string[]): string {
  return examples.map((text) => (text === '' ? 'nothing' : `\`\` ${text} \`\``)).join(' · ');
}
