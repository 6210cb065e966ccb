/** Decides which outlet an entry comes from: its dateline, its source line, its feed, and the page itself for 本报. */
import { reason } from '../../reasons/catalogue.ts';
import type { Body } from '../article/body.ts';
import type { Judged } from '../lines/judge.ts';
import { isOutlet } from '../lines/lineforms.ts';
import { readUnlabelledOutlet } from '../lines/labels.ts';
import type { UnlabelledOutlet } from '../lines/linerule.ts';
import type { Entry, OutletFrom } from '../../model/entry.ts';
import type { RawItem } from '../../model/feed.ts';
import { plainText } from '../../text/plain.ts';
import { outletOf, sameFamily } from '../../zh/outlets.ts';
import { fold } from '../../zh/script.ts';
import type { Read, ReadField } from './field.ts';

export const readOutlet: ReadField<Pick<Entry, 'outlet' | 'outletFrom'>> = (read, raw) => {
  const { outlet, outletFrom } = chooseOutlet(read, raw);
  const [claimed] = read.signatures.above.outlets;
  const isFalse = claimed !== undefined && outlet !== null && outlet !== claimed && !sameFamily(claimed, outlet);
  return {
    value: { outlet, outletFrom },
    repairs: isFalse ? [reason('repair.outlet.contradicted', { claimed, dateline: outlet })] : [],
  };
};

interface Chosen {
  readonly outlet: string | null;
  readonly outletFrom: OutletFrom | null;
}

function chooseOutlet({ body, shaped, signatures }: Read, raw: RawItem): Chosen {
  const { above, below, document } = signatures;
  const [source] = [...above.outlets, ...below.outlets, ...outletsBeside(body), ...document.outlets];
  const named = shaped.opening?.agency ?? null;
  // 据央视新闻消息: a house whose report is cited goes behind one that the page names as its source.
  if (named !== null && !(shaped.opening?.cited === true && source !== undefined))
    return source !== undefined && sameFamily(named, source)
      ? { outlet: source, outletFrom: 'page' }
      : { outlet: named, outletFrom: 'dateline' };
  if (source !== undefined) return { outlet: source, outletFrom: 'page' };
  const given = raw.outlet === null ? '' : plainText(raw.outlet);
  if (given !== '') return { outlet: given, outletFrom: 'feed' };
  // Nobody else is named: what a site shows as its own is the site's.
  const site = outletOf(raw.link) ?? siteOutlet(body);
  return { outlet: site, outletFrom: site === null ? null : 'host' };
}

const NAMES_OUTLET = /(?:^|[\s_-])(?:author|source|media|laiyuan)(?:$|[\s_-])/;

/** Outlets that stand without a label in a dated line, or alone on the line next to it; the nearest to the article first; then those whose reporters sign. */
function outletsBeside({ head, tail }: Body): readonly string[] {
  const outlets: string[] = [];
  for (let at = head.length - 1; at >= 0; at--) {
    const one = head[at];
    if (one?.rule?.dates !== true) continue;
    const within = readUnlabelledOutlet(one.label, fold(one.label));
    if (within !== null) outlets.push(within);
    for (const next of [head[at - 1], head[at + 1]]) {
      if (next !== undefined && next.rule === null && isOutlet(next.folded)) outlets.push(next.block.text);
    }
  }
  for (const one of head) {
    if (one.rule === null && NAMES_OUTLET.test(one.block.hint) && isOutlet(one.folded)) outlets.push(one.block.text);
    outlets.push(...outletsIn(one, 'head'));
  }
  return [...outlets, ...[...head, ...tail].flatMap((one) => outletsIn(one, 'both'))];
}

function outletsIn({ rule, block, folded }: Judged, at: UnlabelledOutlet['at']): readonly string[] {
  const outlet = rule?.outlet?.at === at ? rule.outlet.read(block.text, folded) : null;
  return outlet === null ? [] : [outlet];
}

const OWN_PART = /[-_|–—]/;
const EDITION = /(?:数字报纸?|电子报|数字版|电子版)$/;
const OWNER = /^([\u4e00-\u9fff]{2,10}(?:报|网))社?(?:版权所有|©)/;

/** The outlet whose own page this is: an end of the `<title>`, or the owner that the foot names; null where none says. */
function siteOutlet({ markup, tail }: Body): string | null {
  const parts = (markup?.title ?? '').split(OWN_PART).map((part) => part.trim());
  for (const part of [markup?.meta.get('og:site_name') ?? '', parts.at(-1) ?? '', parts[0] ?? '']) {
    const folded = fold(part);
    const edition = EDITION.exec(folded);
    const name = edition === null ? part : part.slice(0, edition.index);
    if (name.length <= 10 && (isOutlet(fold(name)) || /(?:人民政府|政府网)$/.test(fold(name)))) return name;
  }
  for (const one of tail) {
    const owner = one.rule?.namesOwner === true ? OWNER.exec(one.folded)?.[1] : undefined;
    if (owner !== undefined) return one.block.text.slice(0, owner.length);
  }
  return null;
}
