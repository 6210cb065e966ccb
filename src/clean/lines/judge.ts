/** Decides for each block by which rule it is no body, with the class names around it taken into account. */
import { fold } from '../../zh/script.ts';
import type { Block } from '../html/blocks.ts';
import { textOfRuns } from '../html/blocks.ts';
import { hintOf } from './hints.ts';
import { T } from '../thresholds.ts';
import { isOrganisation } from '../../zh/people.ts';
import { lineOf } from './linerule.ts';
import { ruleFor } from './rules/everyrule.ts';
import type { LineRuleName } from './rules/everyrule.ts';
import type { HintName } from './hints.ts';
import type { Row, Traits } from './linerule.ts';

/** A block with its folded text and the rule that decided it; no rule: body. */
export interface Judged {
  readonly block: Block;
  readonly folded: string;
  /** The text that labels are read from. */
  readonly label: string;
  readonly rule: Decider | null;
}

/** The row that decided a block: of the tables, or of the hints that class names give. */
export type Decider = Row<LineRuleName | HintName> & Traits;

export function judge(blocks: readonly Block[]): readonly Judged[] {
  const judged = blocks.map(judgeBlock);
  const filed = judged.some((one) => one.rule?.files === true);
  return judged.map((one, at) => (isSignature(one, judged[at - 1], filed) ? asBody(one) : one));
}

function asBody(one: Judged): Judged {
  return { ...one, rule: null };
}

/** Whether a folded line is a day as notices are signed with it. */
export function isSigningDay(folded: string): boolean {
  return /^(?:19|20)\d{2}年\d{1,2}月\d{1,2}日$/.test(folded.replace(/\s/g, ''));
}

/** The day below the name of the office that signs a notice, or below the last sentence of an official document. */
function isSignature(one: Judged, before: Judged | undefined, filed: boolean): boolean {
  if (one.rule?.dates !== true || before === undefined || before.rule !== null) return false;
  if (!isSigningDay(one.folded)) return false;
  return (
    (before.folded.length <= 30 && isOrganisation(before.folded.replace(/\s/g, ''))) ||
    (filed && /[。;]$/.test(before.folded))
  );
}

function judgeBlock(block: Block): Judged {
  if (block.kind === 'image') return { block, folded: '', label: '', rule: null };
  const folded = fold(block.text);
  const linked = block.text.length === 0 ? 0 : block.linked / block.text.length;
  const line = { text: afterButton(folded), kind: block.kind, linked, hint: block.hint };
  let rule = ruleFor(line) ?? bracketRule(folded);
  let label = block.text;
  // 来源, 作者 and the date stand in elements of their own, parted by style alone.
  if ('spaced' in block && block.spaced !== undefined) {
    const apart = ruleFor({ ...line, text: fold(block.spaced) });
    if (
      apart !== null &&
      (apart.role === 'meta' || apart.role === 'byline' || (rule === null && block.text.length <= 60))
    ) {
      rule = apart;
      label = block.spaced;
    }
  }
  // What a line says of itself is read even where its class calls it chrome: sites put the date into their share boxes.
  const decided = rule?.role === 'meta' || rule?.role === 'byline' ? rule : (hintOf(block, folded, linked) ?? rule);
  return { block, folded, label, rule: decided !== null && mayDecide(decided, block) ? decided : null };
}

const BRACKETS = /[【[(〔][^【】[\]()〔〕]*[】\])〕]/g;

const BUTTON_FIRST = /^[【[(]([^【】[\]()]{2,6})[】\])]\s*(?=[^\s【[(])/;

/** 【纠错】责任编辑:某某: what follows a button is judged without it. */
function afterButton(folded: string): string {
  const match = folded.length > 60 ? null : BUTTON_FIRST.exec(folded);
  return match?.[1] !== undefined && ruleFor(lineOf(match[1]))?.role === 'share'
    ? folded.slice(match[0].length)
    : folded;
}

/** [纠错] [责任编辑: 某某]: a line of brackets that are each chrome or label is what the first label in it is. */
function bracketRule(folded: string): Decider | null {
  if (folded.length > 80 || folded.replace(BRACKETS, '').trim() !== '') return null;
  const rules = (folded.match(BRACKETS) ?? []).map((part) => ruleFor(lineOf(part)));
  const known = rules.filter((rule) => rule !== null).length;
  if (rules.length < 2 || known < 2 || known < rules.length - 1) return null;
  return rules.find((rule) => rule?.role === 'byline') ?? rules[0] ?? null;
}

// Tables and lists are chrome only by where they stand or what they link to.
function mayDecide(rule: Decider, block: Block): boolean {
  return block.kind !== 'table' || rule.takesTables === true;
}

/** Whether a judged block is a sentence of the article. */
export function isSentence(judged: Judged): boolean {
  if (judged.rule !== null || judged.block.kind === 'image') return false;
  const { folded } = judged;
  return (
    folded.length >= T.sentence.least &&
    /[,。!?;:…]/.test(folded) &&
    judged.block.linked < folded.length * T.sentence.mostLinked
  );
}

/** The text of kept blocks, folded, for comparing with titles. */
export function foldedText(kept: readonly Judged[]): string {
  return kept
    .map((one) => (one.block.kind === 'list' ? one.block.items.map(textOfRuns).join('') : one.folded))
    .join('');
}
