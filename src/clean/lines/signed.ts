/** The names that label lines give, before a field is decided from them. */

/** What label lines and datelines said; a later reader decides between them. */
export interface Signed {
  outlets: string[];
  editors: string[];
  /** Those of them whom the line calls 责任编辑. */
  responsible: string[];
  authors: string[];
}
