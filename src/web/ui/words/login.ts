/** The words of the login and of refusals: one row a phrase, Chinese and English. */
export const LOGIN_WORDS = {
  logIn: ['登录', 'Log in'],
  logInWhy: [
    '状态、来源、收录记录、队列和配置要登录后查看。',
    'Status, sources, ledger, queues and config ask for a login.',
  ],
  logOut: ['退出', 'Log out'],
  user: ['用户名', 'User'],
  password: ['密码', 'Password'],
  wrongPassword: ['用户名或密码不对。', 'The user or the password is wrong.'],
  tooManyGuesses: ['密码错得太多，请等一分钟再试。', 'Too many wrong passwords; wait a minute.'],
  refused: ['不能查看', 'Refused'],
  whoAreYou: [
    '请给出 DELTAWIRE_ADMIN 设置的用户名和密码。',
    'Who are you? Give the user and password set as DELTAWIRE_ADMIN.',
  ],
  senderUnsaid: [
    '浏览器没有说明这个请求来自哪个页面，因此没有执行。',
    'The browser did not say which page sent this request, so it was refused. Programs: use a Basic login.',
  ],
  deskReachable: [
    '别的机器也能连到这个服务，所以这一页需要密码。设置 DELTAWIRE_ADMIN=用户:密码（或 settings.yaml 的 server.admin）后重新启动。',
    'This page needs a password, because the server can be reached from other machines. Set DELTAWIRE_ADMIN=user:password (or server.admin in settings.yaml) and start again.',
  ],
  deskPublished: [
    '这个服务有对外地址或在反向代理后面，谁来访问都像来自本机，所以这一页需要密码。设置 DELTAWIRE_ADMIN=用户:密码（或 settings.yaml 的 server.admin）后重新启动；订阅和阅读页面照常公开。',
    'This page needs a password, because the server has an address for others or stands behind a proxy, where every visitor seems to come from this machine. Set DELTAWIRE_ADMIN=user:password (or server.admin in settings.yaml) and start again. Feeds and reading pages stay open.',
  ],
  deskProxied: [
    '这个请求经过代理，而没有设置密码。设置 DELTAWIRE_ADMIN=用户:密码 后可在那里查看。',
    'This page came through a proxy, and no password is set. Set DELTAWIRE_ADMIN=user:password to see it there.',
  ],
  deskForeignName: [
    '没有设置密码时，这一页只在 localhost 下显示。设置 DELTAWIRE_ADMIN=用户:密码 后可用别的名字查看。',
    'This page is shown under localhost only, as no password is set. Set DELTAWIRE_ADMIN=user:password to see it under other names.',
  ],
} as const satisfies Record<string, readonly [zh: string, en: string]>;
