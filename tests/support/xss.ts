/**
 * Reads the attack vectors of public collections, one file of fixtures/xss/ each, with its origin and licence.
 *
 * They are re-listed as their collections have them, but for this: what they call is `alert`, `write` or the like, so
 * that a run shows; the servers they name are `beacon.example`, so that a request shows; and what differs from another
 * in blanks, quotes or digits only is left out. PortSwigger's cheat sheet is not among them: it forbids re-listing.
 */
import { readdirSync, readFileSync } from 'node:fs';

export interface Collection {
  readonly collection: string;
  readonly url: string;
  /** SPDX expression. */
  readonly licence: string;
  /** Who holds the copyright. */
  readonly holders: string;
  readonly vectors: readonly string[];
}

const FOLDER = new URL('../fixtures/xss/', import.meta.url);

export const COLLECTIONS: readonly Collection[] = readdirSync(FOLDER)
  .toSorted()
  .map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Collection);

export const KNOWN_VECTORS: readonly string[] = COLLECTIONS.flatMap(({ vectors }) => vectors);
