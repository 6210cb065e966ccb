/** Keeps connections away from addresses that deltawire never reaches by itself, and says why. */
import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { say } from '../reasons/render.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type AddressBlocks = readonly (readonly [Address, number])[];

/** Says which addresses connections are kept away from. */
export interface AddressGuard {
  /** The kind of address for which `ip` is refused (a loopback address, a private address inside an IPv6 one); null where it may be reached. */
  refuse(ip: string): Reason | null;
}

/** For the address that an operator wrote as a proxy's: the one connection that no outsider can name. */
export const OPEN_GUARD: AddressGuard = { refuse: () => null };

/** A connection that the guard forbids. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'ADDRESS_REFUSED';
  readonly reason: Reason;
  constructor(why: Reason) {
    super(say(why, 'en'));
    this.reason = why;
  }
}

/** What is let through, and which addresses are this machine's own. */
interface Rules {
  readonly blocks: AddressBlocks;
  readonly own: () => ReadonlySet<string>;
}

/** Parses CIDR blocks and single addresses. Throws a RangeError that names the first one that is neither. */
function parseBlocks(blocks: readonly string[]): AddressBlocks {
  return blocks.map((block) => {
    const text = block.trim();
    try {
      if (text.includes('/')) return unmapBlock(ipaddr.parseCIDR(text));
      const address = ipaddr.process(text);
      return [address, address.kind() === 'ipv4' ? 32 : 128] as const;
    } catch {
      throw new RangeError(`"${block}" is not a CIDR block such as 192.168.0.0/16 or fd00::/8`);
    }
  });
}

// ::ffff:10.0.0.0/104 means 10.0.0.0/8: addresses are compared after the mapping is undone (RFC 4291 §2.5.5.2).
function unmapBlock([address, bits]: readonly [Address, number]): readonly [Address, number] {
  if (address.kind() === 'ipv6' && bits >= 96) {
    const v6 = address as ipaddr.IPv6;
    if (v6.isIPv4MappedAddress()) return [v6.toIPv4Address(), bits - 96];
  }
  return [address, bits];
}

function inBlocks(address: Address, blocks: AddressBlocks): boolean {
  return blocks.some(([block, bits]) => block.kind() === address.kind() && address.match(block, bits));
}

// Addresses by which clouds hand out credentials. 168.63.129.16 is Azure's, in public space; 100.100.100.200 Alibaba
// Cloud's, which the CGNAT range covers; named here for the message.
const METADATA: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '168.63.129.16',
  '100.100.100.200',
  'fd00:ec2::254',
  'fd20:ce::254',
]);

/** Kind of address by ipaddr.js's name of its range; every other range is reserved. */
const KINDS = {
  unspecified: 'fetch.kind.unspecified',
  broadcast: 'fetch.kind.broadcast',
  multicast: 'fetch.kind.multicast',
  linkLocal: 'fetch.kind.link-local',
  loopback: 'fetch.kind.loopback',
  carrierGradeNat: 'fetch.kind.carrier-grade-nat',
  private: 'fetch.kind.private',
  uniqueLocal: 'fetch.kind.private',
  deprecatedSiteLocal: 'fetch.kind.private',
} as const;

function kindOf(range: string): Reason | null {
  return range in KINDS ? reason(KINDS[range as keyof typeof KINDS]) : null;
}

function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const bytes = address.toByteArray();
  const at = (index: number): ipaddr.IPv4 => new ipaddr.IPv4(bytes.slice(index, index + 4));
  const range = address.range();
  // 64:ff9b::/96 is NAT64 (RFC 6052 §2.1); 64:ff9b:1::/48 is for local translators (RFC 8215), where the place differs.
  if (range === 'rfc6052') return address.match(ipaddr.IPv6.parse('64:ff9b::'), 96) ? at(12) : null;
  if (range === 'rfc6145') return at(12);
  if (range === '6to4') return at(2);
  // ISATAP interface ids, 0000:5efe or 0200:5efe before the IPv4 address (RFC 5214 §6.1).
  if ((bytes[8] === 0 || bytes[8] === 2) && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe) return at(12);
  return null;
}

function refusedIpv4(address: ipaddr.IPv4, { blocks, own }: Rules): Reason | null {
  if (inBlocks(address, blocks)) return null;
  if (METADATA.has(address.toString())) return reason('fetch.kind.metadata');
  const range = address.range();
  if (range !== 'loopback' && own().has(address.toString())) return reason('fetch.kind.own');
  return range === 'unicast' ? null : (kindOf(range) ?? reason('fetch.kind.reserved'));
}

function refusedIpv6(address: ipaddr.IPv6, rules: Rules): Reason | null {
  if (inBlocks(address, rules.blocks)) return null;
  const text = bare(address);
  if (METADATA.has(text)) return reason('fetch.kind.metadata');
  const range = address.range();
  if (range !== 'loopback' && rules.own().has(text)) return reason('fetch.kind.own');
  const embedded = embeddedIpv4(address);
  if (embedded !== null) {
    const kind = refusedIpv4(embedded, rules);
    if (kind !== null) return reason('fetch.kind.inside-ipv6', { kind });
    // A translated public address is as public as the address itself; 6to4 and ISATAP go on to the checks below.
    if (range === 'rfc6052' || range === '6to4') return null;
  }
  const kind = kindOf(range);
  if (kind !== null) return kind;
  // IPv4-compatible (RFC 4291 §2.5.5.1) and everything else outside global unicast, 2000::/3 (RFC 4291 §2.4).
  const global = address.match(ipaddr.IPv6.parse('2000::'), 3);
  return global && range === 'unicast' ? null : reason('fetch.kind.reserved');
}

// ipaddr.js takes ::127.0.0.1 for ::ffff:127.0.0.1; the socket does not. In hexadecimal both read it alike.
function undot(text: string): string {
  if (!text.includes(':')) return text;
  return text.replace(/(?<!\d)(\d+)\.(\d+)\.(\d+)\.(\d+)/, (_dotted, ...octets: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = octets.map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
}

function refuse(ip: string, rules: Rules): Reason | null {
  const text = undot(ip.startsWith('[') && ip.endsWith(']') ? ip.slice(1, -1) : ip);
  // ipaddr.js also reads 0x7f.1 and 017700000001, as resolvers do.
  if (!ipaddr.isValid(text)) return reason('fetch.kind.none');
  const address = ipaddr.process(text);
  return address.kind() === 'ipv4'
    ? refusedIpv4(address as ipaddr.IPv4, rules)
    : refusedIpv6(address as ipaddr.IPv6, rules);
}

/** Without the zone, by which fe80::1%eth0 would escape an exact match. */
function bare(address: Address): string {
  return address.kind() === 'ipv6' ? new ipaddr.IPv6(address.toByteArray()).toString() : address.toString();
}

/**
 * A guard that lets global unicast addresses through, except this machine's own, and those within `allow`, a list of CIDR
 * blocks. `ownAddresses` is asked at each check: interfaces come and go. Throws a RangeError for a faulty block.
 */
export function createGuard(
  allow: readonly string[],
  ownAddresses: () => ReadonlySet<string> = interfaceAddresses,
): AddressGuard {
  const rules: Rules = { blocks: parseBlocks(allow), own: ownAddresses };
  return { refuse: (ip) => refuse(ip, rules) };
}

const NONE: ReadonlySet<string> = new Set();

/** As `refuse` of a guard, of an address by its kind alone: this machine's own may be reached by others. */
export function refusedAddress(ip: string, allow: readonly string[]): Reason | null {
  return createGuard(allow, () => NONE).refuse(ip);
}

/** Reading them takes 0.2 ms, which hundreds of connections a second would feel. */
const INTERFACES_MAX_AGE_MS = 100;
let interfaces: { readonly addresses: ReadonlySet<string>; readonly readMs: number } | null = null;

/** The addresses of this machine's interfaces, as ipaddr.js writes them. */
function interfaceAddresses(): ReadonlySet<string> {
  const nowMs = performance.now();
  if (interfaces === null || nowMs - interfaces.readMs > INTERFACES_MAX_AGE_MS) {
    const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    interfaces = { addresses: new Set(found.map(({ address }) => bare(ipaddr.process(address)))), readMs: nowMs };
  }
  return interfaces.addresses;
}
