/** What a labelled set answers: one yes or no for each of its items, beside what the label says. */

export interface Outcome {
  /** Names the item, and what was asked of it. The same in every run. */
  readonly item: string;
  readonly want: boolean;
  readonly got: boolean;
}

/** Figures that are no yes or no: polls, minutes. */
export type Figures = Readonly<Record<string, number>>;

export interface EvalSet {
  readonly name: string;
  /** Room whose numbers it measures. */
  readonly room: 'story' | 'region' | 'clean' | 'feed' | 'sources';
  /** Runs what is to be measured with the numbers in force now. */
  readonly run: () => { readonly outcomes: readonly Outcome[]; readonly figures?: Figures };
}

export interface Score {
  /** 0–1: of what was answered with yes, the part that is labelled so; 1 where nothing was. */
  readonly precision: number;
  /** 0–1: of what is labelled yes, the part that was found. */
  readonly recall: number;
}

export function scoreOf(outcomes: readonly Outcome[]): Score {
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const { want, got } of outcomes) {
    if (got && want) right++;
    else if (got) wrong++;
    else if (want) missed++;
  }
  return {
    precision: right + wrong === 0 ? 1 : right / (right + wrong),
    recall: right + missed === 0 ? 1 : right / (right + missed),
  };
}
