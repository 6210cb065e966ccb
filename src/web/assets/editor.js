// Numbers the lines of the config, opens at the line that is asked for, and asks the server what is wrong with the config while one types it; without this, the button "check" does.
const WAIT_MS = 400;
// The server may live under a path of its host.
const CHECK = new URL('../api/config/check', document.currentScript.src).href;
const form = document.querySelector('form.editor');
const area = form?.querySelector('textarea');
const list = document.getElementById('config-faults');
const numbers = document.getElementById('config-lines');
let numbered = 0;
let timer;
let asked = 0;

function lineStart(text, line) {
  let at = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf('\n', at);
    if (next === -1) break;
    at = next + 1;
  }
  return at;
}

function goTo(line) {
  const start = lineStart(area.value, line);
  const found = area.value.indexOf('\n', start);
  area.focus();
  area.setSelectionRange(start, found === -1 ? area.value.length : found);
  const height = Number.parseFloat(getComputedStyle(area).lineHeight) || 20;
  area.scrollTop = Math.max(0, (line - 5) * height);
}

// Backticks mark what is written in the files, as in coded.tsx.
function coded(message) {
  return message.split(/`([^`]+)`/).map((part, i) => {
    if (i % 2 === 0) return part;
    const code = document.createElement('code');
    code.textContent = part;
    return code;
  });
}

function show(faults) {
  list.replaceChildren();
  const head = document.createElement('p');
  head.className = faults.length === 0 ? 'good' : 'bad';
  head.textContent = faults.length === 0 ? list.dataset.none : list.dataset.some.replace('{n}', String(faults.length));
  const items = document.createElement('ul');
  for (const { file, line, column, message } of faults.slice(0, 30)) {
    const item = document.createElement('li');
    const place = document.createElement('button');
    place.type = 'button';
    place.className = 'place';
    place.textContent = `${file}:${line}:${column}`;
    if (file === form.elements.file.value) place.addEventListener('click', () => goTo(line));
    else place.disabled = true;
    item.append(place, ' ', ...coded(message));
    items.append(item);
  }
  list.append(head, items);
}

async function check() {
  const mine = ++asked;
  const response = await fetch(`${CHECK}?lang=${document.documentElement.lang.slice(0, 2)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    credentials: 'same-origin',
    body: JSON.stringify({ file: form.elements.file.value, text: area.value }),
  });
  if (!response.ok || mine !== asked) return;
  show((await response.json()).faults);
}

function number() {
  const lines = area.value.split('\n').length;
  if (lines !== numbered) numbers.textContent = Array.from({ length: lines }, (_, i) => i + 1).join('\n');
  numbered = lines;
  numbers.scrollTop = area.scrollTop;
}

if (area) {
  number();
  area.addEventListener('input', number);
  area.addEventListener('scroll', () => {
    numbers.scrollTop = area.scrollTop;
  });
  if (area.dataset.open) goTo(Number(area.dataset.open));
}

area?.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    check().catch(() => undefined);
  }, WAIT_MS);
});
