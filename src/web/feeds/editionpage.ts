/** Decides which of an edition's stories one page shows; pages and the answer on which page a story is ask the same. */

/** Stories that one page looks at at most; where more would be needed, it ends early and leads on. */
const MOST_READ = 1_000;

interface PageBounds {
  readonly limit: number;
  /** Stories that one source leads on a page at most; null: no bound. */
  readonly perSource: number | null;
  /** Stories to pass over that would be shown. */
  readonly pass: number;
}

/** `crowded`: its source has led enough stories of the page. `next`: it is the first one of the next page. */
type Became = 'shown' | 'passed' | 'crowded' | 'next';

export interface EditionPage {
  /** The next story in the edition's order. `source`: of its lead; `fits`: it is what was asked for. */
  readonly take: (source: string, fits: boolean) => Became;
}

export function createPage({ limit, perSource, pass }: PageBounds): EditionPage {
  const bySource = new Map<string, number>();
  let left = Math.max(MOST_READ, limit + 1);
  let passing = pass;
  let shown = 0;
  return {
    take(source, fits) {
      if (left-- === 0) return 'next';
      if (!fits) return 'passed';
      const count = (bySource.get(source) ?? 0) + 1;
      bySource.set(source, count);
      if (perSource !== null && count > perSource) return 'crowded';
      if (passing-- > 0) return 'passed';
      if (shown === limit) return 'next';
      shown++;
      return 'shown';
    },
  };
}
