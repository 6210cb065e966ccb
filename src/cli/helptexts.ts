/** What `--help` says of every command, option and argument: one row each, Chinese and English. */

type Text = readonly [zh: string, en: string];

export interface CommandText {
  readonly about: Text;
  /** A line to type, and what it does. */
  readonly examples: readonly (readonly [line: string, zh: string, en: string])[];
}

/** By the words that are typed after `deltawire`. */
export const COMMANDS = {
  start: {
    about: ['运行程序，直到收到 SIGTERM 或 SIGINT', 'run the daemon until SIGTERM or SIGINT'],
    examples: [
      ['deltawire start', '读取 config/，数据放在 data/', 'reads config/, keeps its data in data/'],
      [
        'deltawire start --role worker',
        '只做抓取，与其他机器共用 REDIS_URL',
        'only polls, beside others on one REDIS_URL',
      ],
    ],
  },
  demo: {
    about: [
      '用自带的样例来源运行整个程序：不需要联网和设置',
      'run the whole daemon on bundled sample sources: no internet, no settings',
    ],
    examples: [['DELTAWIRE_PORT=9000 deltawire demo', '换一个端口', 'on another port']],
  },
  init: {
    about: ['在文件夹里写一份带注释的配置', 'write a commented config into a folder'],
    examples: [['deltawire init', '写进 config/', 'into config/']],
  },
  check: {
    about: ['检查配置，列出每个错误的位置', 'validate the config and list every error with its line'],
    examples: [
      ['deltawire check --fetch', '并把每个来源各抓一次', 'and poll each source once'],
      ['deltawire check --fix', '把迁移后的地址写回文件', 'and write addresses that moved into the file'],
    ],
  },
  doctor: {
    about: [
      '检查数据库、磁盘、网络、时钟、配置和各进程：哪里不对，怎么办',
      'look at store, disk, network, clock, config and workers: what is wrong and what to do',
    ],
    examples: [['deltawire doctor --fix', '并修复读不出来的记录', 'and mend records that cannot be read']],
  },
  backup: {
    about: [
      '把数据库和配置写成一个文件（tar.gz），运行中也可以',
      'write the store and the config into one file (tar.gz), also while the daemon runs',
    ],
    examples: [['deltawire backup news-$(date +%F).tar.gz', '以日期命名', 'named by the day']],
  },
  restore: {
    about: [
      '用备份恢复数据库和配置；先停止程序',
      'put a backup in the place of the store and the config; stop the daemon first',
    ],
    examples: [
      ['deltawire restore news.tar.gz', '恢复到空的数据文件夹', 'into an empty data folder'],
      [
        'deltawire restore --replace news.tar.gz',
        '替换现有数据，先备份',
        'in place of what is there, after a backup of it',
      ],
    ],
  },
  password: {
    about: [
      '读入密码，打印带哈希的登录名，写进 server.admin 或 DELTAWIRE_ADMIN',
      'read a password and print the login with its hash, for server.admin or DELTAWIRE_ADMIN',
    ],
    examples: [['deltawire password --user editor', '用户名 editor', 'for the user editor']],
  },
  completion: {
    about: ['打印命令补全脚本', 'print a completion script for a shell'],
    examples: [
      ['source <(deltawire completion bash)', '写进 ~/.bashrc', 'in ~/.bashrc'],
      ['source <(deltawire completion zsh)', '写进 ~/.zshrc', 'in ~/.zshrc'],
      ['deltawire completion fish | source', '写进 ~/.config/fish/config.fish', 'in ~/.config/fish/config.fish'],
    ],
  },
  try: {
    about: [
      '让文档走完每一步，打印各步的结果；不用数据库，什么都不保存',
      'take documents through every stage and print what each made of them; without Redis, nothing is stored',
    ],
    examples: [
      ['deltawire try https://news.example.com/rss.xml', '一个地址', 'an address'],
      ['deltawire try --json page.html | jq .', '每行一个 JSON 对象', 'one JSON object a line'],
      ['deltawire try --items news.jsonl', '给条目，不给文档', 'items instead of documents'],
    ],
  },
  poll: {
    about: ['让正在运行的程序立即抓取', 'ask the running daemon to poll now'],
    examples: [
      ['deltawire poll my-source', '一个来源', 'one source'],
      ['deltawire poll --all', '所有启用的来源', 'every enabled source'],
    ],
  },
  why: {
    about: [
      '一个条目收在哪些版面、第几页，没收的是被什么挡住',
      'in which editions an entry is, on which page, and what keeps it out of the others',
    ],
    examples: [
      ['deltawire why https://news.example.com/1.html', '按地址', 'by its address'],
      ['deltawire why 地铁 --edition anhui', '按标题里的词，只看一个版面', 'by words of its title, in one edition'],
    ],
  },
  explain: {
    about: [
      '同上，并列出以往的处理结果、规则和依据',
      'the same, and what was decided on it, when, by which rule and evidence',
    ],
    examples: [['deltawire explain https://news.example.com/1.html', '按地址', 'by its address']],
  },
  replay: {
    about: [
      '用另一份配置重跑已存的条目，打印各版面会增减哪些',
      'run another config over the stored entries and print what each edition would gain and lose',
    ],
    examples: [['deltawire replay --config draft', '试用 draft/ 里的配置', 'tries the config in draft/']],
  },
  withdraw: {
    about: [
      '撤稿：把一则报道或一个条目从所有版面撤下，或用 --undo 恢复',
      'take a story or an entry out of every edition, or back with --undo',
    ],
    examples: [
      ['deltawire withdraw https://news.example.com/1.html --reason 失实', '撤下并写明理由', 'with the reason'],
      ['deltawire withdraw --undo STORY', '重新发布', 'publishes it again'],
    ],
  },
  story: { about: ['人工调整报道', 'arrange stories by hand'], examples: [] },
  'story split': {
    about: ['把一个条目从它的报道里拆出来，不再并回', 'remove an entry from its story permanently'],
    examples: [['deltawire story split https://news.example.com/1.html', '按地址', 'by its address']],
  },
  'story join': {
    about: ['把一则报道并入另一则', 'make one story a part of another permanently'],
    examples: [['deltawire story join STORY OTHER', 'OTHER 并入 STORY', 'OTHER becomes part of STORY']],
  },
  source: { about: ['配置里的来源', 'the sources of the config'], examples: [] },
  'source add': {
    about: [
      '查看一个地址，找出可以抓取的订阅源或列表页，给出配置',
      'look at an address, find the feed or the page of news to poll, and propose its block',
    ],
    examples: [
      ['deltawire source add news.example.com', '只看建议', 'shows the block'],
      ['deltawire source add news.example.com --yes', '写进 sources.yaml', 'writes it into sources.yaml'],
    ],
  },
  opml: { about: ['订阅列表（OPML）', 'subscription lists (OPML)'], examples: [] },
  'opml import': {
    about: ['把 OPML 文件里的订阅源加进 sources.yaml', 'add the feeds of an OPML file to sources.yaml'],
    examples: [['deltawire opml import subscriptions.opml', '注释保留', 'comments are kept']],
  },
  'opml export': {
    about: ['打印各版面（默认）或来源的 OPML 列表', 'print an OPML list of the editions (default) or of the sources'],
    examples: [['deltawire opml export --sources > sources.opml', '存成文件', 'into a file']],
  },
} as const satisfies Readonly<Record<string, CommandText>>;

export type CommandName = keyof typeof COMMANDS;

/** Options, arguments, names of values, and what stands around them. */
export const HELP = {
  program: [
    '地方新闻订阅源：抓取、净化，把同一事件的报道并成一则，按地区分版发布。',
    'Regional Chinese news as feeds: polls, cleans, folds copies into one story, keeps what concerns the regions of its editions.',
  ],
  usage: ['用法：', 'Usage:'],
  usageOptions: ['[选项]', '[options]'],
  usageCommand: ['[命令]', '[command]'],
  arguments: ['参数：', 'Arguments:'],
  options: ['选项：', 'Options:'],
  commands: ['命令：', 'Commands:'],
  running: ['运行和维护：', 'Run and maintain:'],
  newsroom: ['报道：', 'News:'],
  sources: ['来源：', 'Sources:'],
  examples: ['例：', 'Examples:'],
  byDefault: ['（默认 {value}）', '(default: {value})'],
  help: ['显示帮助', 'display help'],
  helpOf: ['显示一个命令的帮助', 'display help for a command'],
  version: ['显示版本号', 'output the version number'],
  lang: ['zh（中文）或 en（英文）；默认按 LANG', 'zh (Chinese) or en (English); default: by LANG'],
  config: ['配置文件夹', 'config folder'],
  role: ['all、scheduler、worker 或 web', 'all, scheduler, worker or web'],
  behindProxy: [
    '前面有反向代理：从本机打开管理页面也要登录',
    'a reverse proxy stands before it: the desk asks for its login on loopback too',
  ],
  fetch: ['并把每个启用的来源各抓一次', 'also poll every enabled source once'],
  fixMoves: [
    '把永久迁移的来源的新地址写进 sources.yaml',
    'write the new addresses of sources that moved permanently into sources.yaml',
  ],
  fixRecords: ['修复读不出来的记录，或把它们移开', 'mend stored records that cannot be read, or set them aside'],
  what: ['来源标识、地址或文件', 'source ids, addresses or files'],
  jsonLines: ['每行一个 JSON 对象', 'one JSON object a line'],
  json: ['一个 JSON 对象', 'one JSON object'],
  items: ['不给文档，给条目：每行一个 JSON 对象', 'items instead of documents: one JSON object a line'],
  stage: ['到这一步为止：parse', 'stop after this stage: parse'],
  sourceId: ['来源标识', 'source id'],
  allSources: ['所有启用的来源', 'every enabled source'],
  entries: ['条目的地址或标识', 'addresses or ids of entries'],
  entry: ['条目的地址、标识或标题里的词', 'address, id or words of the title of an entry'],
  editionOnly: ['只看这个版面', 'this edition only'],
  newest: ['最多多少则最新的报道', 'newest stories at most'],
  user: ['用户名', 'name of the user'],
  shell: ['bash、zsh 或 fish', 'bash, zsh or fish'],
  address: ['网站、栏目或订阅源的地址，只写域名也可以', 'address of a site, a channel or a feed; a bare host will do'],
  newId: ['来源的标识；默认由地址得出', 'id of the source; default: from its address'],
  yes: ['写进 sources.yaml', 'write the block into sources.yaml'],
  backupFile: ['要写的文件', 'file to write'],
  restoreFile: ['backup 写的文件', 'file that `backup` wrote'],
  replace: ['替换现有内容，先备份', 'replace what is there, after a backup of it'],
  splitEntry: ['条目的地址或标识', 'address or id of the entry'],
  into: ['留下的报道的标识', 'id of the story that stays'],
  joined: ['被并入的报道的标识', 'id of the story that becomes part of it'],
  withdrawn: ['报道的标识，或条目的地址或标识', 'id of a story, or address or id of an entry'],
  why: ['撤稿的理由，写进收录记录', 'why; it stands in the ledger'],
  undo: ['重新发布', 'publish it again'],
  opmlFile: ['OPML 文件', 'OPML file'],
  editions: ['各版面', 'the published editions'],
  enabledSources: ['启用的来源', 'the enabled sources'],

  aFolder: ['文件夹', 'folder'],
  aRole: ['角色', 'role'],
  aFile: ['文件', 'file'],
  aStage: ['步骤', 'stage'],
  aSource: ['来源', 'source'],
  anEntry: ['条目', 'entry'],
  anEdition: ['版面', 'edition'],
  aNumber: ['数量', 'n'],
  aName: ['名字', 'name'],
  aShell: ['shell', 'shell'],
  anAddress: ['地址', 'url'],
  anId: ['标识', 'id'],
  aStory: ['报道', 'story'],
  aReason: ['理由', 'text'],
  aTarget: ['目标报道', 'into'],
  aDocument: ['文档', 'what'],
  aCommand: ['命令', 'command'],
} as const satisfies Readonly<Record<string, Text>>;

export type HelpWord = keyof typeof HELP;
