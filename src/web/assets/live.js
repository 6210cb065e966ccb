// Refreshes what is marked data-live when the server says that something changed; without it, reloading does.
// The server may live under a path of its host.
const LIVE = new URL('../status/live', document.currentScript.src);
// Times such as "3 minutes ago" move by themselves; this also serves where a proxy keeps the events back.
const EVERY_MS = 30_000;
const SOON_MS = 2_000;
let stream;
let waiting;

async function refresh() {
  if (document.hidden) return;
  // Not under the fingers of who is about to press something there.
  if (document.activeElement?.closest('[data-live]')) {
    soon();
    return;
  }
  const response = await fetch(location.href, { headers: { accept: 'text/html' }, credentials: 'same-origin' });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const old of document.querySelectorAll('[data-live]')) {
    const now = fresh.getElementById(old.id);
    if (now !== null && now.innerHTML !== old.innerHTML) old.replaceWith(now);
  }
}

function soon(ms = SOON_MS) {
  waiting ??= setTimeout(() => {
    waiting = undefined;
    refresh().catch(() => undefined);
  }, ms);
}

// A browser opens six connections to a server at most: a page that nobody looks at keeps none.
function follow() {
  if (document.hidden) {
    stream?.close();
    stream = undefined;
    return;
  }
  if (stream !== undefined && stream.readyState !== EventSource.CLOSED) return;
  stream = new EventSource(LIVE);
  stream.addEventListener('change', () => soon(0));
}

document.addEventListener('visibilitychange', () => {
  follow();
  soon(0);
});
setInterval(() => {
  follow();
  soon(0);
}, EVERY_MS);
follow();
