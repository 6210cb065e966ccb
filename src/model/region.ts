/** Which places an entry is about, and by what evidence. */
import type { Reason } from './reason.ts';
import type { ConfiguredRule } from './rule.ts';

export type RegionLevel = 'province' | 'city' | 'county';

export type TextField = 'title' | 'summary' | 'text' | 'dateline' | 'category' | 'outlet' | 'feed';

export interface Evidence {
  readonly term: string;
  readonly field: TextField;
  readonly weight: number;
}

/** A place that an entry is about. */
export interface RegionHit {
  /** GB/T 2260, six digits. */
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** A group of regions that an entry is about as a whole, such as 长三角. */
export interface ThemeHit {
  readonly group: string;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** Where an entry's outlet is. */
export type OutletPlace = Pick<RegionHit, 'code' | 'name' | 'level'>;

export interface Classification {
  /** Best first. All of China: places elsewhere argue against. */
  readonly regions: readonly RegionHit[];
  readonly themes: readonly ThemeHit[];
  /** Places named too weakly to say that the entry is about them, best first; absent for none. */
  readonly mentioned?: readonly RegionHit[] | undefined;
  /**
   * Where the outlet is, in place of a region: of a local outlet's headline that reads local, where the text names no
   * place at all; absent otherwise. It says where the news is from, not what it is about.
   */
  readonly outletPlace?: OutletPlace | undefined;
  /** The operator's exclusions that stood in it; absent for none. */
  readonly excluded?: readonly string[] | undefined;
}

/** Whether an entry belongs to an edition, and what decided. */
export interface Relevance {
  readonly edition: string;
  readonly relevant: boolean;
  readonly score: number;
  readonly threshold: number;
  /** Names the deciding evidence. */
  readonly why: Reason;
  /** Whether the edition would have it, were there no rule that drops it. */
  readonly butForDrop?: boolean | undefined;
  /** The edition's rule that decided; absent where none did. */
  readonly rule?: Pick<ConfiguredRule, 'list' | 'rule'> | undefined;
}

/** A place without its evidence, which stands with the entry. */
export type RegionTag = Omit<RegionHit, 'evidence'>;
