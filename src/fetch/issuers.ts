/** Finds the certificates that a server's chain lacks, by the addresses that certificates name for their issuers. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';

/** The bytes at an address, or why there are none. */
export type Download = (address: string) => Promise<{ readonly body: Uint8Array } | { readonly reason: Reason }>;

/** Between a server's certificate and its root stand one or two, of public authorities hardly ever three. */
const MOST_ISSUERS = 4;
/** Addresses tried of one certificate. */
const MOST_ADDRESSES = 2;
const ISSUER_ADDRESS = /^CA Issuers - URI:"?(https?:\/\/[^\s"]{1,2048})/gim;

/**
 * The intermediate certificates above `leaf`, as PEM, from the nearest on, by Authority Information Access (RFC 5280
 * §4.2.2.1). No root is among them: what a certificate names vouches for nothing by itself.
 */
export async function findIssuers(
  leaf: X509Certificate,
  download: Download,
): Promise<{ readonly issuers: readonly string[] } | { readonly reason: Reason }> {
  const issuers: string[] = [];
  let above: X509Certificate = leaf;
  while (issuers.length < MOST_ISSUERS) {
    const found = await issuerOf(above, download);
    // From the first one on the chain may lead to a root that is known here and named nowhere.
    if ('reason' in found) return issuers.length > 0 ? { issuers } : found;
    above = found.issuer;
    if (above.checkIssued(above)) break;
    issuers.push(above.toString());
  }
  return issuers.length > 0 ? { issuers } : { reason: reason('fetch.tls.issuer-is-root') };
}

async function issuerOf(
  certificate: X509Certificate,
  download: Download,
): Promise<{ readonly issuer: X509Certificate } | { readonly reason: Reason }> {
  const addresses = [...(certificate.infoAccess ?? '').matchAll(ISSUER_ADDRESS)].map(([, address = '']) => address);
  let why: Reason = reason('fetch.tls.names-no-issuer');
  for (const address of addresses.slice(0, MOST_ADDRESSES)) {
    const got = await download(address);
    if ('reason' in got) {
      why = got.reason;
      continue;
    }
    const issuer = readCertificate(got.body);
    if (issuer?.ca === true && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey))
      return { issuer };
    why = reason('fetch.tls.no-issuer-there', { address });
  }
  return { reason: why };
}

/** DER or PEM; null where it is neither. */
function readCertificate(bytes: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(bytes);
  } catch {
    return null;
  }
}

/** All authorities that this process trusts, as PEM: naming any to a connection replaces them. */
export function trustedAuthorities(): readonly string[] {
  // Since Node 22.15.
  const { getCACertificates } = tls as { getCACertificates?: (kind: 'default') => string[] };
  if (getCACertificates !== undefined) return getCACertificates('default');
  const extra = process.env['NODE_EXTRA_CA_CERTS'];
  return extra === undefined ? tls.rootCertificates : [...tls.rootCertificates, readFileSync(extra, 'utf8')];
}
