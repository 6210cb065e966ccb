/** Says what the dashboard shows of jobs: short names and data, without secrets, each with a link to its page. */
import type {
  AlertJob,
  FullTextJob,
  IngestJob,
  PlaceJob,
  PollJob,
  PushJob,
  QueueName,
  ReceiveJob,
} from '../../jobs/queues.ts';
import { subscriptionId } from '../../store/websub/subscriptions.ts';
import type { Source } from '../../model/source.ts';
import { iso } from '../ui/times.ts';
import { hostOf } from '../../text/url.ts';

type Items = Pick<IngestJob, 'source' | 'feedTitle' | 'baseUrl' | 'items'>;

interface Shown {
  /** What the queue is for, in both languages: the dashboard has one text for all readers. */
  readonly title: string;
  readonly about: string;
}

export const QUEUE_TITLES: Readonly<Record<QueueName, Shown>> = {
  poll: { title: 'poll 抓取', about: 'Asks one source for news · 向一个来源取新闻' },
  fulltext: { title: 'fulltext 全文', about: 'Fetches the article page of one entry · 取一个条目的正文页' },
  ingest: { title: 'ingest 入库', about: 'Cleans, sorts and stores new entries · 清洗、归类、入库' },
  push: { title: 'push 推送', about: 'Speaks to WebSub subscribers and hubs · 与 WebSub 订阅者和中心往来' },
  verify: { title: 'verify 核实', about: 'Asks whether a WebSub subscription is meant · 向订阅者核实' },
  slow: { title: 'slow 慢投递', about: 'Delivers to slow WebSub subscribers · 向应答慢的订阅者投递' },
  alert: { title: 'alert 告警', about: 'Tells the webhook of a source’s state · 把来源状态告诉 webhook' },
};

const WHY: Readonly<Record<string, string>> = {
  schedule: '到期 due',
  asked: '点名 asked for',
  start: '启动 at the start',
};

/** `nameOf`: a source's name; its id where the config has it no more. */
export function nameJob(queue: QueueName, data: unknown, nameOf: (source: string) => string): string {
  const who = (source: string) => `${nameOf(source)} (${source})`;
  switch (queue) {
    case 'poll': {
      const { source, why } = data as PollJob;
      return `${who(source)} · ${WHY[why] ?? why}`;
    }
    case 'fulltext': {
      const { source, item } = data as FullTextJob;
      return `${who(source)} · ${item.title}`;
    }
    case 'ingest': {
      const job = data as IngestJob | PlaceJob | ReceiveJob;
      if ('editions' in job) return `按新的版面重排报道 stories placed anew (${job.editions.join(', ')})`;
      return 'items' in job
        ? `${who(job.source)} · ${job.items.length} 条 entries`
        : `${who(job.source)} · 读取推送 pushed by its hub`;
    }
    case 'alert': {
      const { source, name, from, to } = data as AlertJob;
      return `${name} (${source}) · ${from} → ${to}`;
    }
    case 'push':
    case 'verify':
    case 'slow':
      break;
  }
  return namePush(data as PushJob, who);
}

function namePush(job: PushJob, who: (source: string) => string): string {
  if (job.kind === 'verify') return `核实订阅 verify ${job.request.mode} · ${hostShown(job.request.callback)}`;
  if (job.kind === 'deliver') return `投递 deliver · ${job.subscription.slice(0, 12)}`;
  if (job.kind === 'follow') return `请中心推送 ask the hub of ${who(job.source)}`;
  if (job.kind === 'unfollow') return `退订 leave ${hostShown(job.hub)}`;
  return `通知 ping ${hostShown(job.hub)} · ${job.topics.length}`;
}

const hostShown = (url: string): string => hostOf(url) ?? url;

/** What a person wants to see of a job's data; the job itself keeps all of it. */
export function showData(queue: QueueName, data: unknown): object {
  switch (queue) {
    case 'ingest': {
      const job = data as IngestJob | PlaceJob | ReceiveJob;
      return 'items' in job ? showItems(job) : job;
    }
    case 'fulltext': {
      const { item, hash, ...rest } = data as FullTextJob;
      return showItems({ ...rest, items: [{ item, hash }] });
    }
    case 'push':
    case 'verify':
    case 'slow': {
      const job = data as PushJob;
      if (job.kind !== 'verify') return job;
      const { secret, ...request } = job.request;
      return {
        ...job,
        subscription: subscriptionId(request.topic, request.callback),
        signed: secret !== null,
        request,
      };
    }
    case 'alert': {
      const job = data as AlertJob;
      return { ...job, at: iso(job.at) };
    }
    case 'poll':
      break;
  }
  return data as PollJob;
}

function showItems({ source, feedTitle, baseUrl, items }: Items): object {
  return {
    source,
    feedTitle,
    baseUrl,
    entries: items.map(({ item }) => ({ title: item.title, link: item.link, published: iso(item.published) })),
  };
}

/** Where a job leads to from the dashboard: its source, or the status. */
export function linkJob(data: unknown, mount: string): { href: string; displayText: string } {
  const source = (data as { readonly source?: Source['id'] } | null)?.source;
  if (source === undefined) return { href: `${mount}/status`, displayText: '状态 status' };
  return { href: `${mount}/status/source?id=${encodeURIComponent(source)}`, displayText: '来源 source' };
}
