/** Names the block of addresses that one party holds, so that many addresses of it count as one. */
import ipaddr from 'ipaddr.js';

const LONGEST_NAME = 60;

/**
 * An IPv4 address, or the first `bits` (a multiple of 16) of an IPv6 address: whoever has one has all of its /64
 * (RFC 6177). Something else as it is, cut.
 */
export function blockOf(address: string, bits: number): string {
  if (!ipaddr.isValid(address)) return address.slice(0, LONGEST_NAME);
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const parts = parsed.parts.slice(0, bits / 16).map((part) => part.toString(16));
  return `${parts.join(':')}::/${bits}`;
}
