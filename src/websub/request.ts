/** Turns the form that a subscriber posts to the hub into what it asks for, or into a sentence that says what is wrong. */
import { MOST_ADDRESS } from '../text/url.ts';
import { DAY_MS } from '../text/time.ts';

export interface HubRequest {
  readonly mode: 'subscribe' | 'unsubscribe';
  readonly topic: string;
  readonly callback: string;
  readonly leaseMs: number;
  readonly secret: string | null;
}

export type ReadRequest =
  | { readonly ok: true; readonly request: HubRequest }
  | { readonly ok: false; readonly message: string };

/** The secret "MUST be less than 200 bytes in length" (WebSub §5.1). */
const MAX_SECRET_BYTES = 199;
const SECOND_MS = 1_000;
/** Ten days, as the specification's own example; what is asked for is held within the bounds (§5.1). */
const LEASE_MS = 10 * DAY_MS;
const MIN_LEASE_MS = 60 * SECOND_MS;
const MAX_LEASE_MS = 30 * DAY_MS;

type Form = Readonly<Record<string, unknown>>;

/** The parameters of WebSub §5.1. Unknown ones are passed over. */
export function readRequest(form: Form): ReadRequest {
  const mode = field(form, 'hub.mode');
  if (mode !== 'subscribe' && mode !== 'unsubscribe') return wrong('hub.mode must be subscribe or unsubscribe');
  const topic = field(form, 'hub.topic');
  if (topic === '') return wrong('hub.topic is missing');
  if (topic.length > MOST_ADDRESS) return wrong('hub.topic is too long');
  const callback = field(form, 'hub.callback');
  if (callback === '') return wrong('hub.callback is missing');
  if (callback.length > MOST_ADDRESS) return wrong('hub.callback is too long');
  if (!/^https?:\/\//i.test(callback) || !URL.canParse(callback))
    return wrong('hub.callback must be an http:// or https:// address');
  if (new URL(callback).hash !== '') return wrong('hub.callback must not have a fragment');
  const lease = field(form, 'hub.lease_seconds');
  if (lease !== '' && !/^[1-9]\d{0,9}$/.test(lease)) return wrong('hub.lease_seconds must be a whole number above 0');
  const secret = field(form, 'hub.secret');
  if (Buffer.byteLength(secret) > MAX_SECRET_BYTES) return wrong('hub.secret must be shorter than 200 bytes');
  const leaseMs = lease === '' ? LEASE_MS : Number(lease) * SECOND_MS;
  return {
    ok: true,
    request: {
      mode,
      topic,
      callback: new URL(callback).href,
      leaseMs: Math.min(MAX_LEASE_MS, Math.max(MIN_LEASE_MS, leaseMs)),
      secret: secret === '' ? null : secret,
    },
  };
}

function field(form: Form, name: string): string {
  const value = form[name];
  return typeof value === 'string' ? value.trim() : '';
}

function wrong(message: string): ReadRequest {
  return { ok: false, message };
}
