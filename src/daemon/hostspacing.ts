/** Spaces the polls of one host that come due together: a poll that its worker finds too early has to be queued again. */

/**
 * For each poll, given by the host whose pace it keeps (paceKey), after how many milliseconds it may begin. `intervalMs`
 * lies between two of a host.
 */
export type SpacePolls = (hosts: readonly string[], intervalMs: number) => readonly number[];

/** So many polls at a time wait in their queue for longer than an interval. */
const CROWD = 500;
/** Of a crowd, a poll that waited is not followed too closely by one that did not: this share of the interval is added. */
const MARGIN = 1 / 3;
/** Of a host with so many sources that some wait for longer than this, what is further off keeps to the interval alone. */
const LONG_WAIT_MS = 10_000;

/**
 * Remembers when each host may be asked next. This only saves work: that a host is asked no more often, however many
 * processes ask it, is up to takeTurn. `monotonic`: milliseconds by a clock that nobody sets.
 */
export function createHostSpacing(monotonic: () => number): SpacePolls {
  const next = new Map<string, number>();
  return (hosts, intervalMs) => {
    const now = monotonic();
    for (const [host, at] of next) if (at <= now) next.delete(host);
    return hosts.map((host) => {
      const at = next.get(host) ?? now;
      const margin = hosts.length > CROWD && at - now < LONG_WAIT_MS ? MARGIN * intervalMs : 0;
      next.set(host, at + intervalMs + margin);
      return at - now;
    });
  };
}
