/** Turns an alert into the request that a chat's robot, or any webhook, takes, and its answer into whether it took it. */
import { createHmac } from 'node:crypto';
import type { Language } from '../../reasons/language.ts';
import { codeOf, say } from '../../reasons/render.ts';
import { isoWithOffset } from '../../text/time.ts';
import type { AlertFormat, Settings } from '../../model/config.ts';
import type { AlertJob } from '../queues.ts';

type Format = Exclude<AlertFormat, 'auto'>;

/** What a robot takes and answers. */
interface Robot {
  /** Hosts that its addresses are of. */
  readonly hosts: readonly string[];
  /** What is posted. */
  readonly toBody: (told: Told, where: Where, alert: Alert) => object;
  /** The address with what proves the sender; absent where that is part of the body, or nothing is asked. */
  readonly sign?: (url: string, secret: string, now: number) => string;
  /** Field of the answer that is 0 where the message was taken; absent where the status alone says so. */
  readonly codeOf?: (answer: Readonly<Record<string, unknown>>) => unknown;
}

/** What is told: of a source, or (`source` null) of this daemon. */
export type Alert = Omit<AlertJob, 'source'> & { readonly source: string | null };

export interface AlertRequest {
  readonly url: string;
  readonly body: string;
}

interface Where extends Pick<Settings['alerts'], 'format' | 'secret' | 'language'> {
  readonly webhook: string;
  /** Address of the desk, for a link; null: no link. */
  readonly baseUrl: string | null;
  /** Epoch milliseconds, for the signature. */
  readonly now: number;
}

/** Bounds in UTF-8 bytes keep the whole under every robot's limit: 企业微信 takes 4,096 bytes, 钉钉 and 飞书 20,000. */
const NAME_BYTES = 300;
const WHY_BYTES = 1_200;
const URL_BYTES = 800;

interface Words {
  readonly states: Readonly<Record<string, string>>;
  readonly state: string;
  readonly reason: string;
  readonly time: string;
  readonly address: string;
  readonly open: string;
  readonly colon: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  zh: {
    states: {
      new: '尚未抓取',
      healthy: '正常',
      failing: '抓取失败',
      changed: '内容异常',
      stale: '停更',
      gone: '已下线',
      working: '运行正常',
      stopped: '停止工作',
    },
    state: '状态',
    reason: '原因',
    time: '时间',
    address: '地址',
    open: '打开状态页',
    colon: '：',
  },
  en: {
    states: {},
    state: 'State',
    reason: 'Reason',
    time: 'Time',
    address: 'Address',
    open: 'Open the status page',
    colon: ': ',
  },
};

/** What the chats' messages say, in plain text. */
interface Told {
  readonly title: string;
  /** Each label with its colon. */
  readonly lines: readonly (readonly [label: string, text: string])[];
  readonly link: { readonly text: string; readonly href: string } | null;
}

function tell(alert: Alert, baseUrl: string | null, language: Language): Told {
  const words = WORDS[language];
  const { source } = alert;
  const state = (name: string) => {
    const known = words.states[name];
    return known === undefined ? name : `${known}（${name}）`;
  };
  const lines: Told['lines'] = [
    [words.state, `${state(alert.from)} → ${state(alert.to)}`],
    [words.reason, clip(say(alert.why, language), WHY_BYTES)],
    [words.time, isoWithOffset(alert.at, 'Asia/Shanghai')],
    [words.address, clip(alert.url, URL_BYTES)],
  ];
  return {
    // The program's name, because 钉钉 and 飞书 may be told to take only messages with a certain word.
    title: `deltawire${words.colon}${clip(alert.name, NAME_BYTES)} ${state(alert.to)}`,
    lines: lines.map(([label, text]) => [`${label}${words.colon}`, text]),
    link:
      baseUrl === null
        ? null
        : {
            text: words.open,
            href: clip(
              `${baseUrl}/status${source === null ? '' : `/source?id=${encodeURIComponent(source)}`}`,
              URL_BYTES,
            ),
          },
  };
}

/** On one line, with at most so many bytes of UTF-8. */
function clip(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (Buffer.byteLength(line) <= most) return line;
  let cut = '';
  let bytes = Buffer.byteLength('…');
  for (const character of line) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    cut += character;
  }
  return `${cut}…`;
}

/** The robots' Markdown knows no escapes: what would be markup, or call on people (`<@all>`), becomes full-width. */
function asMarkdown(text: string): string {
  return text.replaceAll(/[<>[\]`*]/g, (mark) => String.fromCodePoint(mark.charCodeAt(0) + 0xfee0));
}

function markdown({ title, lines, link }: Told, newline: string): string {
  return [
    `### ${asMarkdown(title)}`,
    ...lines.map(([label, text]) => `> ${label}${asMarkdown(text)}`),
    ...(link === null ? [] : [`[${link.text}](${link.href})`]),
  ].join(newline);
}

/** https://developer.work.weixin.qq.com/document/path/91770 */
function toWecom(told: Told): object {
  return { msgtype: 'markdown', markdown: { content: markdown(told, '\n') } };
}

/** https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages */
function toDingtalk(told: Told): object {
  return { msgtype: 'markdown', markdown: { title: clip(asMarkdown(told.title), 100), text: markdown(told, '\n\n') } };
}

/** https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: a `post` keeps text and markup apart. */
function toFeishu({ title, lines, link }: Told, { secret, now }: Where): object {
  const content: object[][] = lines.map(([label, text]) => [{ tag: 'text', text: `${label}${text}` }]);
  if (link !== null) content.push([{ tag: 'a', ...link }]);
  const timestamp = String(Math.floor(now / 1_000));
  return {
    ...(secret !== null && { timestamp, sign: hmac(`${timestamp}\n${secret}`, '') }),
    msg_type: 'post',
    content: { post: { zh_cn: { title, content } } },
  };
}

/** https://docs.slack.dev/messaging/formatting-message-text: `&` is the one mark that is left. */
function toSlack({ title, lines, link }: Told): object {
  const escape = (text: string) => asMarkdown(text).replaceAll('&', '&amp;');
  const rows = lines.map(([label, text]) => `${label}${escape(text)}`);
  return {
    text: [`*${escape(title)}*`, ...rows, ...(link === null ? [] : [`<${link.href}|${link.text}>`])].join('\n'),
  };
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

/** For programs: the reason in English and its code, whatever language the robots speak. */
function asJson(alert: Alert): object {
  const why = say(alert.why, 'en');
  return { ...alert, why, whyCode: codeOf(alert.why), at: new Date(alert.at).toISOString() };
}

/** One row a robot; `json` is any other webhook. */
const ROBOTS: Readonly<Record<Format, Robot>> = {
  json: { hosts: [], toBody: (_told, _where, alert) => asJson(alert) },
  wecom: { hosts: ['qyapi.weixin.qq.com'], toBody: toWecom, codeOf: ({ errcode }) => errcode },
  dingtalk: {
    hosts: ['oapi.dingtalk.com'],
    toBody: toDingtalk,
    sign: signDingtalk,
    codeOf: ({ errcode }) => errcode,
  },
  feishu: {
    hosts: ['open.feishu.cn', 'open.larksuite.com'],
    toBody: toFeishu,
    // StatusCode before.
    codeOf: ({ code, StatusCode }) => code ?? StatusCode,
  },
  slack: { hosts: ['hooks.slack.com'], toBody: toSlack },
};

export function formatOf({ format, webhook }: { readonly format: AlertFormat; readonly webhook: string }): Format {
  if (format !== 'auto') return format;
  const host = URL.canParse(webhook) ? new URL(webhook).hostname : '';
  const known = Object.entries(ROBOTS).find(([, { hosts }]) => hosts.includes(host));
  return (known?.[0] ?? 'json') as Format;
}

export function alertRequest(alert: Alert, where: Where): AlertRequest {
  const { webhook, secret, now } = where;
  const { toBody, sign } = ROBOTS[formatOf(where)];
  return {
    url: secret === null || sign === undefined ? webhook : sign(webhook, secret, now),
    body: JSON.stringify(toBody(tell(alert, where.baseUrl, where.language), where, alert)),
  };
}

/** 加签: HMAC-SHA256 with the secret over time and secret, as parameters of the address. */
function signDingtalk(url: string, secret: string, now: number): string {
  const signed = new URL(url);
  signed.searchParams.set('timestamp', String(now));
  signed.searchParams.set('sign', hmac(secret, `${now}\n${secret}`));
  return signed.href;
}

/**
 * Why a robot did not take the message; null where it did. They answer 200 to everything and say in JSON whether
 * they took it. Other webhooks speak by status alone.
 */
export function refusalOf(format: Format, answer: Uint8Array): string | null {
  const { codeOf } = ROBOTS[format];
  if (codeOf === undefined) return null;
  const said = parseObject(new TextDecoder().decode(answer));
  if (said === null) return 'the answer is not what a robot answers: is the address complete, and the format right?';
  const code = codeOf(said);
  if (code === 0) return null;
  const message = said['errmsg'] ?? said['msg'] ?? said['StatusMessage'];
  return `refused with ${String(code)}: ${clip(typeof message === 'string' ? message : 'no reason given', 300)}`;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
