/** Makes text from outside harmless where it is shown raw, on terminals and in logs. */

// Controls but tab and line feed (C0, DEL, C1: escape sequences of terminals, ECMA-48); what turns the direction of
// text (UAX #9); line and paragraph separators; tag characters, which are not seen.
const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/gu;

const asJson = (control: string): string =>
  Array.from({ length: control.length }, (_, i) => `\\u${control.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
    '',
  );

/** Each becomes `\u001b` and the like: in a line of JSON it still means the same. `write`: another way to say it. */
export function escapeControls(text: string, write: (control: string) => string = asJson): string {
  return text.replaceAll(CONTROL, write);
}

/** Line breaks and the blanks after them become one blank. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]\s*/g, ' ');
}
