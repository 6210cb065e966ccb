/** A name server on loopback that says what it is told to: the packets of RFC 1035 §4 for A, AAAA and CNAME. */
import { type Socket, createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What is known of a name: addresses, or one other name (CNAME); `silence` for no answer, null for no such name. */
export type Zone = (name: string, type: 'A' | 'AAAA') => readonly string[] | 'silence' | null;

const TYPES = { A: 1, AAAA: 28, CNAME: 5 } as const;
const NO_SUCH_NAME = 3;
const QUESTION_AT = 12;

function encodeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1'));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function encodeRecord(owner: Buffer, type: number, data: Uint8Array): Buffer {
  // Class IN, to be kept for no time at all.
  const head = Buffer.from([0, type, 0, 1, 0, 0, 0, 0, 0, data.length]);
  return Buffer.concat([owner, head, data]);
}

function recordsOf(zone: Zone, name: string, type: 'A' | 'AAAA'): readonly Buffer[] | 'silence' | null {
  const known = zone(name, type);
  if (known === null || known === 'silence') return known;
  const owner = encodeName(name);
  const [alias] = known;
  if (alias !== undefined && isIP(alias) === 0) {
    const target = recordsOf(zone, alias, type);
    const cname = encodeRecord(owner, TYPES.CNAME, encodeName(alias));
    return target === 'silence' ? target : [cname, ...(target ?? [])];
  }
  return known.map((address) => {
    // ipaddr.js takes ::10.0.0.1 for the mapped form, but nothing here is written so.
    const bytes = Buffer.from(ipaddr.parse(address).toByteArray());
    return encodeRecord(owner, TYPES[type], bytes);
  });
}

/** The message that answers the one question of `request`; null for silence. */
function answer(request: Buffer, zone: Zone): Buffer | null {
  const labels: string[] = [];
  let at = QUESTION_AT;
  for (let length = request[at] ?? 0; length > 0; length = request[at] ?? 0) {
    labels.push(request.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = request.readUInt16BE(at + 1);
  const name = labels.join('.').toLowerCase();
  const records = type === TYPES.A || type === TYPES.AAAA ? recordsOf(zone, name, type === TYPES.A ? 'A' : 'AAAA') : [];
  if (records === 'silence') return null;
  const header = Buffer.from(request.subarray(0, QUESTION_AT));
  header.writeUInt16BE(0x8180 | (records === null ? NO_SUCH_NAME : 0), 2);
  header.writeUInt16BE(records?.length ?? 0, 6);
  header.writeUInt32BE(0, 8);
  return Buffer.concat([header, request.subarray(QUESTION_AT, at + 5), ...(records ?? [])]);
}

/** Listens on a port of 127.0.0.1; 0: any. */
export async function startNameServer(zone: Zone, port = 0): Promise<Socket> {
  const server = createSocket('udp4', (message, from) => {
    const reply = answer(message, zone);
    if (reply !== null) server.send(reply, from.port, from.address);
  });
  await new Promise<void>((resolve) => {
    server.bind(port, '127.0.0.1', resolve);
  });
  return server;
}
