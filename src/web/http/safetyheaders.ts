/** The headers that keep a page from running, framing or leaking what it should not. */

// Pages carry no script of others and no inline one; images and media of stories come from their outlets.
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: http: data:; media-src https: http:; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** `same-origin`, not `no-referrer`: that would make browsers send `Origin: null` with our own forms. */
export const SAFETY_HEADERS = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
} as const;
