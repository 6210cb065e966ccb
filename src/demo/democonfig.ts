/** Writes the demo's config folder, which a person can open, edit, and watch take effect. */
import { appendFile, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BEIJING_MS } from '../text/time.ts';
import type { DemoServer, DemoSource } from './sampleserver.ts';

const HEAD = `# yaml-language-server: $schema=./sources.schema.json
# 演示用的来源：全部虚构，由本机的演示服务器提供。
# The demo's sources: all made up, served by a local server that the demo starts itself.
#
# 改了这个文件，存盘后两秒内生效，不用重启。试试看：
# A change to this file takes effect within two seconds of saving, with no restart. Try:
#   1. 把“周末样刊”的 enabled 改成 true · set \`enabled: true\` at zhoumo: it starts polling
#   2. 给一个来源加上 · give a source   drop: [菜价]   and its price bulletins are dropped, with the reason in /ledger
#   3. 把 trust 改高或改低 · change a \`trust\`: another copy leads the stories that both tell
#   4. 写错一个词，如 schedul · mistype a key: /status shows the line, and the last good config stays in force
#
# schedule: auto，或 cron 表达式（六段的第一段是秒）· \`auto\`, or cron; of six fields the first is seconds.

sources:
`;

// JSON strings are YAML double-quoted scalars (YAML 1.2 §7.3.1).
const quoted = (text: string): string => JSON.stringify(text);

function block(source: DemoSource): string {
  const { schedule, region, timezone, encoding, select } = source;
  const lines = [`- id: ${source.id}`, `name: ${quoted(source.name)}`, `url: ${source.url}`, `kind: ${source.kind}`];
  lines.push(`group: ${quoted(source.group)}`);
  if (schedule !== undefined) lines.push(`schedule: ${quoted(schedule)}`);
  if (region !== undefined) lines.push(`region: ${quoted(region)}`);
  lines.push(`trust: ${source.trust}`);
  if (timezone !== undefined) lines.push(`timezone: ${timezone}`);
  // What newspaper exports carry besides news.
  if (source.id === 'changjiang') lines.push("drop: ['/^广告/']");
  if (encoding !== undefined) lines.push(`encoding: ${encoding}`);
  if (select !== undefined) {
    lines.push('select:');
    for (const [part, selector] of Object.entries(select)) lines.push(`  ${part}: ${quoted(String(selector))}`);
  }
  if (!source.enabled) lines.push('enabled: false   # ← true');
  lines.push(`note: ${quoted(source.note)}`);
  return lines.map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`)).join('\n');
}

function sourcesYaml(sources: readonly DemoSource[]): string {
  const groups = [...new Set(sources.map(({ group }) => group))];
  const parts = groups.map((group) => {
    const blocks = sources.filter((source) => source.group === group).map(block);
    return `  # ---- ${group}\n\n${blocks.join('\n\n')}`;
  });
  return `${HEAD}\n${parts.join('\n\n')}\n`;
}

/** An edition of one item a day. */
function digestYaml(at: number): string {
  return `
  - id: anhui-zaobao
    title: 安徽早报
    description: 每天一条：此前一天的安徽要闻，按地区排列 · One item a day, Anhui's stories of the day before, by place
    regions: [安徽省]
    digest: {at: "${new Date(at + BEIJING_MS).toISOString().slice(11, 16)}", stories: 20}
`;
}

function settingsYaml(port: number): string {
  return `# yaml-language-server: $schema=./settings.schema.json
# 演示用的设置 · settings of the demo.

server:
  host: 127.0.0.1
  port: ${port}
  # 图片由本机代取 · pictures go through deltawire
  imageProxy: true

fetch:
  # 演示来源都在本机，平时这样的地址一律拒绝 · the sample sources are on this machine; such addresses are refused otherwise
  allowAddresses: [127.0.0.0/8, "::1/128"]
  # 本机不必客气；真实来源请留一两秒 · no need to be polite to oneself; real hosts want a second or two
  perHostIntervalMs: 0
  perHostConcurrency: 4
`;
}

/**
 * Writes sources.yaml and settings.yaml for `server` into `folder`, beside copies of the shipped editions, regions and
 * JSON Schemas. `port` is the daemon's own. Rejects where a folder cannot be read or written, or the shipped
 * editions.yaml or regions.yaml is missing. `digestAt`: when a digest of Anhui's news is published each day (epoch
 * milliseconds; its time of day in Beijing counts); null: no such edition.
 */
export async function writeDemoConfig(
  folder: string,
  shippedConfigFolder: string,
  server: Pick<DemoServer, 'sources'>,
  port: number,
  digestAt: number | null = null,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const schemas = (await readdir(shippedConfigFolder)).filter((name) => name.endsWith('.schema.json'));
  for (const name of ['editions.yaml', 'regions.yaml', ...schemas]) {
    await copyFile(join(shippedConfigFolder, name), join(folder, name));
  }
  if (digestAt !== null) await appendFile(join(folder, 'editions.yaml'), digestYaml(digestAt));
  await writeFile(join(folder, 'sources.yaml'), sourcesYaml(server.sources));
  await writeFile(join(folder, 'settings.yaml'), settingsYaml(port));
}
