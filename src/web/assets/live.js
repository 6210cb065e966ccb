// Refreshes what is marked data-live on the status page, every few seconds while it is looked at; without it, reloading does.
const EVERY_MS = 10_000;

async function refresh() {
  if (document.hidden || document.activeElement?.closest('[data-live]')) return;
  const response = await fetch(location.href, { headers: { accept: 'text/html' }, credentials: 'same-origin' });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const old of document.querySelectorAll('[data-live]')) {
    const now = fresh.getElementById(old.id);
    if (now !== null && now.innerHTML !== old.innerHTML) old.replaceWith(now);
  }
}

setInterval(() => {
  refresh().catch(() => undefined);
}, EVERY_MS);
