// Keys: j and k go through a page's headlines, o opens one, / searches, ? tells the keys, Ctrl-K finds anything.
// Without this, links, the search field and its page do the same.
// The server may live under a path of its host.
// Every page has it beside another script, whose names it must not take.
(() => {
  const BASE = new URL('..', document.currentScript.src);
  const STORED = 'deltawire-keys';
  const WAIT_MS = 150;
  const HEADLINES =
    'main .headline, main .attention .name, main table.rows tbody th[scope=row] a, main table.rows td.title a';
  const help = document.getElementById('keys');
  const finder = document.getElementById('finder');
  const field = finder.querySelector('input');
  const list = finder.querySelector('ul');
  const toggle = help.querySelector('input');

  let isOn = true;
  try {
    isOn = localStorage.getItem(STORED) !== 'off';
  } catch {
    // A browser that keeps nothing has the keys on.
  }
  toggle.checked = isOn;
  toggle.addEventListener('change', () => {
    isOn = toggle.checked;
    try {
      localStorage.setItem(STORED, isOn ? 'on' : 'off');
    } catch {
      // It holds for this page.
    }
  });

  function step(by) {
    const all = [...document.querySelectorAll(HEADLINES)];
    const at = all.indexOf(document.activeElement);
    all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
  }

  const ACTIONS = {
    j: () => step(1),
    k: () => step(-1),
    o: () => document.activeElement?.matches(HEADLINES) && document.activeElement.click(),
    '/': () => document.querySelector('.search input').focus(),
    '?': () => help.showModal(),
  };

  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      if (!finder.open) finder.showModal();
      field.select();
      return;
    }
    const isTyping = event.target.matches?.('input, textarea, select') || event.target.isContentEditable;
    if (!isOn || isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]'))
      return;
    const action = ACTIONS[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });

  // The search by Ctrl-K.
  let asked = 0;
  let timer;

  function show(groups) {
    const rows = groups.flatMap(({ title, answers }) => {
      const head = document.createElement('li');
      head.className = 'group';
      head.textContent = title;
      return [
        head,
        ...answers.map(({ text, href, note }) => {
          const row = document.createElement('li');
          const link = document.createElement('a');
          link.href = new URL(href.slice(1), BASE).href;
          link.textContent = text;
          const aside = document.createElement('span');
          aside.className = 'faint';
          aside.textContent = note;
          row.append(link, ' ', aside);
          return row;
        }),
      ];
    });
    if (rows.length === 0 && field.value.trim() !== '') {
      const none = document.createElement('li');
      none.className = 'faint';
      none.textContent = list.dataset.none;
      rows.push(none);
    }
    list.replaceChildren(...rows);
  }

  async function find() {
    const mine = ++asked;
    const url = new URL('find', BASE);
    url.searchParams.set('q', field.value);
    const response = await fetch(url, { headers: { accept: 'application/json' }, credentials: 'same-origin' });
    if (response.ok && mine === asked) show((await response.json()).groups);
  }

  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      find().catch(() => undefined);
    }, WAIT_MS);
  });

  finder.addEventListener('keydown', (event) => {
    const links = [...list.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    if (event.key === 'ArrowDown') links[Math.min(links.length - 1, at + 1)]?.focus();
    else if (event.key === 'ArrowUp') (links[at - 1] ?? field).focus();
    else return;
    event.preventDefault();
  });
  // Where the first answer is there, Enter goes to it; before that, the form leads to the page of what is found.
  finder.querySelector('form').addEventListener('submit', (event) => {
    const first = list.querySelector('a');
    if (first === null) return;
    event.preventDefault();
    first.click();
  });
})();
