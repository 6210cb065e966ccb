/** Texts that a terminal would obey, or a person would read in another order than they stand. */

/** What must stand raw neither on a terminal nor in a log; tab and line feed may. */
export const RAW =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]|[\u{e0000}-\u{e007f}]/u;

export const OBEYED: readonly (readonly [name: string, text: string])[] = [
  ['a title of the window', '\u001b]0;evil\u0007'],
  ['a link', '\u001b]8;;http://evil.example\u001b\\看\u001b]8;;\u001b\\'],
  ['the clipboard', '\u001b]52;c;ZXZpbA==\u0007'],
  ['a question to the terminal', '\u001b[6n'],
  ['a status report', '\u001bP$q"p\u001b\\'],
  ['a cleared screen', '\u001b[2J\u001b[H'],
  ['colours', '\u001b[31m'],
  ['a hidden text', '\u001b[8m'],
  ['a key bound anew', '\u001b[0;13;"rm";13p'],
  ['another screen', '\u001b[?1049h'],
  ['C1: CSI', '\u009b31m'],
  ['C1: OSC', '\u009d0;evil\u009c'],
  ['C1: DCS', '\u0090evil\u009c'],
  ['a line overwritten', '失败\r成功'],
  ['characters erased', 'evil\b\b\b\b'],
  ['a bell', '\u0007'],
  ['a form feed', '\f'],
  ['a vertical tab', '\u000b'],
  ['NUL', 'a\u0000b'],
  ['DEL', 'a\u007fb'],
  ['shift out', '\u000e'],
  ['text from right to left', '\u202egnp.exe'],
  ['an isolate', '\u2066evil\u2069'],
  ['an embedding', '\u202bevil\u202c'],
  ['an Arabic letter mark', '\u061c'],
  ['left and right marks', '\u200e\u200f'],
  ['a line separator', 'a\u2028b'],
  ['a paragraph separator', 'a\u2029b'],
  ['tag characters', 'a\u{e0041}\u{e007f}'],
];
