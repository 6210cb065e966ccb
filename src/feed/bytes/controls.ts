/** Removes characters that no document may hold. */
import { fromC1 } from './charsets.ts';

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd-\uffff]/;
const CONTROLS_ALL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd-\uffff]+/g;
const C1 = /[\u0080-\u009f]/g;
const SURROGATE = /[\ud800-\udfff]/;
// With the u flag a class sees whole characters, so only halves without their other half match.
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Text without characters that no document may hold (XML 1.0 §2.2), with lone surrogates dropped and C1 controls read as windows-1252. */
export function dropControls(text: string): { readonly text: string; readonly dropped: boolean } {
  let clean = text;
  if (CONTROLS.test(clean)) clean = clean.replace(CONTROLS_ALL, '').replace(C1, (c) => fromC1(c.charCodeAt(0)));
  if (SURROGATE.test(clean)) clean = clean.replace(LONE_SURROGATES, '');
  return { text: clean, dropped: clean !== text };
}
