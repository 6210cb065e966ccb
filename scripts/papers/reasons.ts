/** Writes docs/reasons.md from the catalogue: every code with what fills its sentences. */
import { CATALOGUE } from '../../src/reasons/catalogue.ts';
import type { Row } from '../../src/reasons/catalogue/row.ts';

const INTRO = `# Reasons

Written by \`npm run docs\` from the catalogue in \`src/reasons/catalogue\`; change a row there, not this page.

A reason is data: a code and its parameters. It is stored, counted (\`deltawire_decisions_by_reason_total\` at \`/metrics\`) and selected (\`/ledger?code=story.\` for a family, \`/ledger?code=story.new\` for one) as data, and becomes a sentence where a person reads it: on pages in the page's language, in robots' messages in \`alerts.language\`, on the command line in Chinese where LC_ALL, LC_MESSAGES or LANG begins with \`zh\`. JSON has the sentence in English and the code beside it (\`reason\` and \`reasonCode\`, \`lastError\` and \`lastErrorCode\`, \`message\` and \`messageCode\`, \`error\` and \`errorCode\` …); checks, previews and saves of the config, and refusals, have it in Chinese with \`?lang=zh\`. \`{name|one|other}\` is the word that goes with a number.
`;

/** The whole page. */
export function writeReasonsPaper(): string {
  const families = new Map<string, string[]>();
  for (const [code, row] of Object.entries<Row>(CATALOGUE)) {
    const family = code.slice(0, code.indexOf('.'));
    families.set(family, [...(families.get(family) ?? []), lineOf(code, row)]);
  }
  return [INTRO, ...[...families].map(([family, lines]) => `## ${family}\n\n${lines.join('\n')}\n`)].join('\n');
}

function lineOf(code: string, { params = {}, zh, en }: Row): string {
  const kinds = Object.entries(params).map(([name, kind]) => `${name}: ${kind}`);
  const filled = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
  return `- \`${code}\`${filled}\n  - \`${zh}\`\n  - \`${en}\``;
}
