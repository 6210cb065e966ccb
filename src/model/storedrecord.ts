/** A stored record that cannot be read, and is skipped. */
export interface Unreadable {
  readonly key: string;
  readonly why: string;
}
