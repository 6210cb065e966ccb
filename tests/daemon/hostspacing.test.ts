import { describe, expect, it } from 'vitest';
import { createHostSpacing } from '../../src/daemon/hostspacing.ts';

describe('createHostSpacing', () => {
  it('puts an interval between two polls of a host, and none between hosts', () => {
    const space = createHostSpacing(() => 0);
    expect(space(['a', 'b', 'a', 'c', 'a'], 1_500)).toEqual([0, 0, 1_500, 0, 3_000]);
  });

  it('remembers from one sweep to the next, until the host may be asked at once', () => {
    let now = 0;
    const space = createHostSpacing(() => now);
    expect(space(['a', 'a'], 1_500)).toEqual([0, 1_500]);
    now = 1_000;
    expect(space(['b', 'a'], 1_500)).toEqual([0, 2_000]);
    now = 4_500;
    expect(space(['a'], 1_500)).toEqual([0]);
  });

  it('puts more between them in a crowd, which waits in its queue, but not where a host has more sources than it can be asked for', () => {
    const crowd = Array.from({ length: 501 }, () => 'a');
    const delays = createHostSpacing(() => 0)(crowd, 1_500);
    expect(delays.slice(0, 4)).toEqual([0, 2_000, 4_000, 6_000]);
    expect(delays.at(-1)).toBe(5 * 2_000 + 495 * 1_500);
  });

  it('asks at once where no interval is wanted', () => {
    expect(createHostSpacing(() => 0)(['a', 'a', 'a'], 0)).toEqual([0, 0, 0]);
  });
});
