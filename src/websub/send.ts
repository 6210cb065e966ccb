/** Speaks to subscribers and to other hubs: asks whether a subscription is meant, sends signed bodies, pings. */
import { say } from '../reasons/render.ts';
import type { Reason } from '../model/reason.ts';
import { randomBytes } from 'node:crypto';
import type { Sender } from '../fetch/sender.ts';
import type { HubRequest } from './request.ts';
import { sameSecret } from '../text/secrets.ts';
import { signBody } from './signature.ts';
import type { Subscription, TopicBody } from '../store/websub/subscriptions.ts';

/** `no`: the subscriber said no or nothing that makes sense; `away`: it could not be asked. */
export type Verified = { readonly outcome: 'yes' } | { readonly outcome: 'no' | 'away'; readonly message: string };

/** WebSub §5.3: the subscriber is asked by a challenge that it has to give back with a 2xx. */
export async function verifyIntent(sender: Sender, request: HubRequest): Promise<Verified> {
  const challenge = randomBytes(24).toString('base64url');
  const address = new URL(request.callback);
  address.searchParams.append('hub.mode', request.mode);
  address.searchParams.append('hub.topic', request.topic);
  address.searchParams.append('hub.challenge', challenge);
  if (request.mode === 'subscribe')
    address.searchParams.append('hub.lease_seconds', String(Math.floor(request.leaseMs / 1000)));
  const reply = await sender.ask(address.href, challenge.length);
  if (reply.outcome === 'answered')
    return sameSecret(Buffer.from(reply.body).toString('latin1'), challenge)
      ? { outcome: 'yes' }
      : { outcome: 'no', message: 'the callback did not give the challenge back' };
  const { stage } = reply;
  const refused = stage === 'address' || stage === 'limit' || (reply.status !== null && reply.status < 500);
  return { outcome: refused ? 'no' : 'away', message: say(reply.reason, 'en') };
}

/** `gone`: the subscriber wants no more (410); `away`: worth another attempt. */
export type Delivered =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'gone' | 'away'; readonly message: string };

/** WebSub §7: the topic's whole body, its addresses as Link headers, signed where the subscriber gave a secret. */
export async function deliverBody(
  sender: Sender,
  { topic, callback, secret }: Pick<Subscription, 'topic' | 'callback' | 'secret'>,
  { body, contentType }: Pick<TopicBody, 'body' | 'contentType'>,
  hub: string,
): Promise<Delivered> {
  const headers: Record<string, string> = { link: `<${hub}>; rel="hub", <${topic}>; rel="self"` };
  if (secret !== null) headers['x-hub-signature'] = signBody(secret, body);
  const result = await sender.sendMessage({ url: callback, contentType, body, headers });
  if (result.outcome === 'accepted') return { outcome: 'accepted' };
  return { outcome: result.status === 410 ? 'gone' : 'away', message: say(result.reason, 'en') };
}

/** Tells another hub which topics changed, as its clients have done since PubSubHubbub 0.4; WebSub leaves it open. */
export async function pingHub(sender: Sender, hub: string, topics: readonly string[]): Promise<Reason | null> {
  return sendForm(sender, hub, [['hub.mode', 'publish'], ...topics.map((topic) => ['hub.url', topic])]);
}

/** What a hub is asked for (WebSub §5.1). */
export interface HubWish {
  readonly hub: string;
  readonly topic: string;
  readonly callback: string;
}

/** Asks a hub to push a topic to a callback, or to stop. Returns why it refused; null where it accepted. */
export async function askHub(
  sender: Sender,
  { hub, topic, callback }: HubWish,
  lease: { readonly secret: string; readonly leaseMs: number } | null,
): Promise<Reason | null> {
  return sendForm(sender, hub, [
    ['hub.mode', lease === null ? 'unsubscribe' : 'subscribe'],
    ['hub.topic', topic],
    ['hub.callback', callback],
    ...(lease === null
      ? []
      : [
          ['hub.secret', lease.secret],
          ['hub.lease_seconds', String(Math.floor(lease.leaseMs / 1000))],
        ]),
  ]);
}

/** Hubs may move by 307 and 308 (websub.rocks, tests 203 and 204). */
const MAX_REDIRECTS = 3;

async function sendForm(sender: Sender, hub: string, fields: readonly (readonly string[])[]): Promise<Reason | null> {
  const form = new URLSearchParams(fields.map(([name = '', value = '']): [string, string] => [name, value]));
  const contentType = 'application/x-www-form-urlencoded';
  const result = await sender.sendMessage({
    url: hub,
    contentType,
    body: form.toString(),
    maxRedirects: MAX_REDIRECTS,
  });
  return result.outcome === 'accepted' ? null : result.reason;
}
