// Gives the job dashboard's buttons that are icons only the names that screen readers and tests know them by.
const NAMES = [
  ['style|M23.99', 'Redis', 'Redis'],
  ['M8 3H5a2', '全屏', 'Full screen'],
  ['M9.671 4.136', '设置', 'Settings'],
  ['circle|circle|M7 20', '链接', 'Links'],
  ['circle|circle|circle', '更多操作', 'More actions'],
  ['M3 12a9 9', '重试', 'Retry'],
  ['M10 11v6', '清理', 'Clean'],
  ['rect|M4 16c', '复制', 'Copy'],
];
// Duplicate, update data: jobs are shown shortened here, so the server takes no data back.
const REFUSED = ['M15 2h-4a2', 'M21.174 6.8'];
const language = document.documentElement.lang.startsWith('zh') ? 1 : 2;

function iconOf(button) {
  return [...button.querySelectorAll('svg > *')].map((part) => part.getAttribute('d') ?? part.tagName).join('|');
}

function mend() {
  for (const button of document.querySelectorAll('button:not([aria-label])')) {
    if (button.textContent.trim() !== '' && button.querySelector('svg > style') === null) continue;
    const icon = iconOf(button);
    const name = NAMES.find(([start]) => icon.startsWith(start));
    button.setAttribute('aria-label', name?.[language] ?? ['', '操作', 'Action'][language]);
    if (REFUSED.some((start) => icon.startsWith(start))) button.hidden = true;
  }
  // What is seen must be part of what is heard (WCAG 2.2 §2.5.3).
  for (const button of document.querySelectorAll('button[aria-label]')) {
    const [seen, heard] = [button.textContent.trim(), button.getAttribute('aria-label')];
    if (seen !== '' && button.querySelector('svg > style') === null && !heard.includes(seen))
      button.setAttribute('aria-label', `${seen}: ${heard}`);
  }
  for (const picture of document.querySelectorAll('svg[role="img"]:not([aria-label])'))
    picture.setAttribute('aria-label', 'icon');
  for (const key of document.querySelectorAll('kbd')) key.style.color = 'inherit';
}

new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
