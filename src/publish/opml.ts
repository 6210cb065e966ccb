/** Writes a list of subscriptions as OPML 2.0. */
import { webAddress } from './fieldvalues.ts';
import { cleanLine } from './cleantext.ts';
import { escapeMarkup } from '../text/html.ts';

export interface Outline {
  readonly title: string;
  readonly xmlUrl: string;
  readonly htmlUrl?: string | null | undefined;
  /** Headings that it stands under, outermost first. */
  readonly group?: readonly string[] | undefined;
  /** Default `rss`, the OPML word for every kind of feed. */
  readonly type?: string | undefined;
}

function attribute(name: string, value: string | null): string {
  return value === null || value === '' ? '' : ` ${name}="${escapeMarkup(value)}"`;
}

/** What stands under one heading: outlines of feeds, then further headings, in the order in which they came. */
interface Branch {
  readonly lines: string[];
  readonly branches: Map<string, Branch>;
}

const newBranch = (): Branch => ({ lines: [], branches: new Map() });

function branchOf(root: Branch, headings: readonly string[]): Branch {
  let branch = root;
  for (const heading of headings) {
    const name = cleanLine(heading);
    if (name === '') continue;
    const next = branch.branches.get(name) ?? newBranch();
    branch.branches.set(name, next);
    branch = next;
  }
  return branch;
}

function writeBranch({ lines, branches }: Branch, indent: string): string[] {
  const written = lines.map((line) => indent + line);
  for (const [name, branch] of branches) {
    written.push(`${indent}<outline${attribute('text', name)}${attribute('title', name)}>`);
    written.push(...writeBranch(branch, `${indent}  `), `${indent}</outline>`);
  }
  return written;
}

function writeOutline({ title, type, xmlUrl: address, htmlUrl }: Outline): string | null {
  const xmlUrl = /^rsshub:\/\/\S+$/.test(address) ? cleanLine(address) : webAddress(address);
  if (xmlUrl === null) return null;
  const name = cleanLine(title) || xmlUrl;
  return (
    `<outline${attribute('text', name)}${attribute('title', name)}${attribute('type', cleanLine(type ?? 'rss'))}` +
    `${attribute('xmlUrl', xmlUrl)}${attribute('htmlUrl', webAddress(htmlUrl))}/>`
  );
}

/** OPML 2.0 (opml.org/spec2.opml), UTF-8, without dates: the same outlines give the same bytes. Outlines whose `xmlUrl` is no web address or `rsshub://` one are left out. */
export function renderOpml(title: string, outlines: readonly Outline[]): string {
  const root = newBranch();
  for (const outline of outlines) {
    const line = writeOutline(outline);
    if (line !== null) branchOf(root, outline.group ?? []).lines.push(line);
  }
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<opml version="2.0">',
    '  <head>',
    `    <title>${escapeMarkup(cleanLine(title))}</title>`,
    '  </head>',
    '  <body>',
    ...writeBranch(root, '    '),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}
