/** Files whose bytes are no text that YAML could be read from. */
import { MAX_FILE_BYTES } from '../../src/config/yaml/yamldocument.ts';

interface EncodedCase {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** Line and column, as a pattern. */
  readonly at: string;
  readonly fragment: string;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const ENCODED_CASES: readonly EncodedCase[] = [
  {
    name: 'a GB18030 name on the third line',
    // 新 in GB18030 is D0 C2.
    bytes: () => Buffer.concat([utf8('sources:\n  - id: a\n    name: 报x'), Uint8Array.of(0xd0, 0xc2), utf8('\n')]),
    at: '3:13',
    fragment: 'the byte 0xd0 is not UTF-8 (the file may be GBK or GB18030): save it as UTF-8',
  },
  {
    name: 'UTF-16 with a byte order mark',
    bytes: () => Uint8Array.of(0xff, 0xfe, 0x73, 0x00),
    at: '1:1',
    fragment: 'the file is UTF-16: save it as UTF-8',
  },
  {
    name: 'more than 5 MB',
    bytes: () => utf8(`sources: []\n#${'x'.repeat(MAX_FILE_BYTES)}`),
    at: '1:1',
    fragment: 'at most 5242880 (5 MB) are read',
  },
  {
    name: 'brackets nested a hundred thousand deep',
    bytes: () => utf8(`sources: ${'['.repeat(100_000)}`),
    // The depth that the parser reaches is that of the stack it is called with.
    at: String.raw`1:[78]\d\d`,
    fragment: 'nested too deeply',
  },
  {
    name: 'aliases that multiply',
    bytes: () => {
      const levels = Array.from(
        { length: 9 },
        (_, i) =>
          `x${i}: &x${i} [${Array(9)
            .fill(i ? `*x${i - 1}` : 'a')
            .join(', ')}]`,
      );
      return utf8(`${levels.join('\n')}\nsources: *x8\n`);
    },
    at: '1:1',
    fragment: 'the aliases (`*name`) of this file multiply to more than 10000: write the blocks out',
  },
];
