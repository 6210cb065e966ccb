import { networkInterfaces } from 'node:os';
import { say } from '../../src/reasons/render.ts';
import { describe, expect, test } from 'vitest';
import { createGuard, refusedAddress } from '../../src/fetch/addressguard.ts';

const LOOPBACK = 'a loopback address';
const PRIVATE = 'a private address';
const RESERVED = 'a reserved address';
const METADATA = 'a cloud metadata address';

const refused: readonly (readonly [string, string, string])[] = [
  ['loopback', '127.0.0.1', LOOPBACK],
  ['loopback, last of its block', '127.255.255.254', LOOPBACK],
  ['loopback as hexadecimal', '0x7f.1', LOOPBACK],
  ['loopback as one number', '2130706433', LOOPBACK],
  ['loopback as octal', '017700000001', LOOPBACK],
  ['loopback, IPv6', '::1', LOOPBACK],
  ['loopback in brackets', '[::1]', LOOPBACK],
  ['unspecified', '0.0.0.0', 'an unspecified address'],
  ['this network', '0.1.2.3', 'an unspecified address'],
  ['unspecified, IPv6', '::', 'an unspecified address'],
  ['private 10', '10.1.2.3', PRIVATE],
  ['private 172.16', '172.16.0.1', PRIVATE],
  ['private 172.31', '172.31.255.255', PRIVATE],
  ['private 192.168', '192.168.1.1', PRIVATE],
  ['unique local', 'fd12:3456::1', PRIVATE],
  ['site-local', 'fec0::1', PRIVATE],
  ['link-local', '169.254.1.1', 'a link-local address'],
  ['link-local, IPv6', 'fe80::1', 'a link-local address'],
  ['link-local with a zone', 'fe80::1%eth0', 'a link-local address'],
  ['carrier-grade NAT', '100.64.0.1', 'a carrier-grade NAT address'],
  ['multicast', '224.0.0.251', 'a multicast address'],
  ['multicast, IPv6', 'ff02::1', 'a multicast address'],
  ['broadcast', '255.255.255.255', 'a broadcast address'],
  ['class E', '240.0.0.1', RESERVED],
  ['documentation', '203.0.113.7', RESERVED],
  ['benchmarking', '198.18.0.1', RESERVED],
  ['IETF protocol assignments', '192.0.0.192', RESERVED],
  ['documentation, IPv6', '2001:db8::1', RESERVED],
  ['documentation, RFC 9637', '3fff::1', RESERVED],
  ['discard', '100::1', RESERVED],
  ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2', RESERVED],
  ['outside global unicast', '4000::1', RESERVED],
  ['segment routing', '5f00::1', RESERVED],
  ['metadata', '169.254.169.254', METADATA],
  ['metadata, IPv6', 'fd00:ec2::254', METADATA],
  ['metadata written at length', 'fd00:0ec2:0:0:0:0:0:0254', METADATA],
  ['metadata of Alibaba Cloud', '100.100.100.200', METADATA],
  ['metadata of Azure, in public space', '168.63.129.16', METADATA],
  ['IPv4-mapped loopback', '::ffff:127.0.0.1', LOOPBACK],
  ['IPv4-mapped private, hexadecimal', '::ffff:a00:1', PRIVATE],
  ['IPv4-mapped metadata', '::ffff:169.254.169.254', METADATA],
  ['IPv4-compatible loopback', '::127.0.0.1', RESERVED],
  ['IPv4-translated loopback', '::ffff:0:127.0.0.1', `${LOOPBACK} inside an IPv6 one`],
  ['IPv4-translated public', '::ffff:0:8.8.8.8', RESERVED],
  ['NAT64 of private', '64:ff9b::10.0.0.1', `${PRIVATE} inside an IPv6 one`],
  ['NAT64 of metadata', '64:ff9b::a9fe:a9fe', `${METADATA} inside an IPv6 one`],
  ['NAT64 with a local prefix', '64:ff9b:1::8.8.8.8', RESERVED],
  ['6to4 of loopback', '2002:7f00:1::1', `${LOOPBACK} inside an IPv6 one`],
  ['6to4 of private', '2002:c0a8:101::1', `${PRIVATE} inside an IPv6 one`],
  ['ISATAP of private', '2400:cb00::5efe:10.0.0.1', `${PRIVATE} inside an IPv6 one`],
  ['a host name', 'localhost', 'not an IP address'],
  ['nothing', '', 'not an IP address'],
];

const passed: readonly (readonly [string, string])[] = [
  ['public', '8.8.8.8'],
  ['public, next to private', '172.32.0.1'],
  ['public, next to carrier-grade NAT', '100.128.0.1'],
  ['public, next to loopback', '128.0.0.1'],
  ['public, IPv6', '2400:3200::1'],
  ['public, IPv4-mapped', '::ffff:8.8.8.8'],
  ['public through NAT64', '64:ff9b::8.8.8.8'],
  ['public through 6to4', '2002:808:808::1'],
];

describe('refusedAddress', () => {
  test.each(refused)('refuses %s (%s)', (_name, ip, reason) => {
    expect(say(refusedAddress(ip, []) ?? '', 'en')).toBe(reason);
  });
  test.each(passed)('lets through %s (%s)', (_name, ip) => {
    expect(refusedAddress(ip, [])).toBeNull();
  });

  const allowed: readonly (readonly [string, string, readonly string[], boolean])[] = [
    ['a block', '10.1.2.3', ['10.0.0.0/8'], true],
    ['a block that ends before', '10.1.2.3', ['10.1.2.0/31'], false],
    ['a single address', '10.1.2.3', ['10.1.2.3'], true],
    ['a block, for the mapped form', '::ffff:10.1.2.3', ['10.0.0.0/8'], true],
    ['a mapped block, for the plain form', '10.1.2.3', ['::ffff:10.0.0.0/104'], true],
    ['a block, for the NAT64 form', '64:ff9b::10.1.2.3', ['10.0.0.0/8'], true],
    ['an IPv6 block', 'fd12::1', ['10.0.0.0/8', 'fd00::/8'], true],
    ['all of IPv4, for IPv6', '::1', ['0.0.0.0/0'], false],
    ['a proxy that answers from 198.18.0.0/15', '198.18.3.4', ['198.18.0.0/15'], true],
    ['metadata when named', '169.254.169.254', ['169.254.169.254/32'], true],
  ];
  test.each(allowed)('allows by %s', (_name, ip, blocks, passes) => {
    expect(refusedAddress(ip, blocks) === null).toBe(passes);
  });

  test.each(['10.0.0.0/33', 'intranet', '10.0.0.0/x', ''])('names the faulty block "%s"', (block) => {
    expect(() => createGuard(['10.0.0.0/8', block])).toThrow(`"${block}" is not a CIDR block`);
  });
});

describe('this machine’s own addresses', () => {
  const OWN = "one of this machine's own addresses";
  const own = new Set(['93.184.216.34', '2400:3200::1']);
  const cases: readonly (readonly [string, string, string | null])[] = [
    ['IPv4', '93.184.216.34', OWN],
    ['IPv4 as one number', '1572395042', OWN],
    ['IPv4-mapped', '::ffff:93.184.216.34', OWN],
    ['IPv4-mapped, hexadecimal', '::ffff:5db8:d822', OWN],
    ['inside NAT64', '64:ff9b::93.184.216.34', `${OWN} inside an IPv6 one`],
    ['inside 6to4', '2002:5db8:d822::1', `${OWN} inside an IPv6 one`],
    ['inside ISATAP', '2400:cb00::5efe:93.184.216.34', `${OWN} inside an IPv6 one`],
    ['IPv6', '2400:3200::1', OWN],
    ['IPv6 at length', '2400:3200:0:0:0:0:0:0001', OWN],
    ['IPv6 with a zone', '2400:3200::1%eth0', OWN],
    ['the address next to it', '93.184.216.35', null],
    ['another of its network', '2400:3200::2', null],
  ];
  test.each(cases)('%s (%s)', (_name, ip, reason) => {
    const why = createGuard([], () => own).refuse(ip);
    expect(why === null ? null : say(why, 'en')).toBe(reason);
  });

  test('are let through where the operator opens them', () => {
    const guard = createGuard(['93.184.216.34', '2400:3200::/32'], () => own);
    expect([...own].map((ip) => guard.refuse(ip))).toStrictEqual([null, null]);
  });

  test('are those of the interfaces, and what changes is seen', () => {
    const guard = createGuard([]);
    const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const outer = found.filter(({ internal }) => !internal).map(({ address }) => address);
    expect(outer.map((ip) => say(guard.refuse(ip) ?? '', 'en'))).toStrictEqual(outer.map(() => OWN));
    let now = new Set<string>();
    const changing = createGuard([], () => now);
    expect(changing.refuse('93.184.216.34')).toBeNull();
    now = own;
    expect(changing.refuse('93.184.216.34')).not.toBeNull();
  });
});
