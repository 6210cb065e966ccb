/** What cleaning is told of an item's surroundings: its source, zone, base address and what the source repeats. */

export interface CleanContext {
  /** Source id. */
  readonly source: string;
  /** IANA zone for times without one. */
  readonly timezone: string;
  /** Base of relative links; null: the item's own link. */
  readonly baseUrl: string | null;
  /** A hint that content is a whole article page; pages are recognised without it. */
  readonly wholePage?: boolean;
  /** Whether a block at the article's edge, by its key, is known to recur on many of the source's entries. */
  readonly isRecurring?: ((key: string) => boolean) | undefined;
}
