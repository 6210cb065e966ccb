// Chooses many rows at once: all on the page, a group, or a stretch with the shift key; counts them. Without it the form works as well.
const form = document.querySelector('form.choosing');
const boxes = [...form.querySelectorAll('tbody tr:not(.group) input[type=checkbox]')];
const shown = document.getElementById('choose-shown');
const all = form.elements.all;
const output = form.querySelector('output');
let last = null;

function rowsOf(group) {
  return [...group.closest('tbody').querySelectorAll('tr:not(.group) input[type=checkbox]')];
}

function count() {
  const chosen = boxes.filter((box) => box.checked).length;
  output.textContent = all.checked || chosen === 0 ? '' : output.dataset.chosen.replace('{n}', String(chosen));
  shown.checked = chosen > 0 && chosen === boxes.length;
  shown.indeterminate = chosen > 0 && chosen < boxes.length;
}

form.addEventListener('click', (event) => {
  const box = event.target;
  if (!boxes.includes(box)) return;
  if (event.shiftKey && last !== null) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
  }
  last = box;
});

form.addEventListener('change', ({ target }) => {
  if (target === shown) {
    for (const box of boxes) box.checked = shown.checked;
    if (!shown.checked) for (const box of form.querySelectorAll('tr.group input')) box.checked = false;
  }
  // The group's own box stands for its sources on other pages, too.
  if (target.name.startsWith('g:')) for (const box of rowsOf(target)) box.checked = target.checked;
  else if (boxes.includes(target) && !target.checked) {
    const group = target.closest('tbody').querySelector('tr.group input');
    if (group !== null) group.checked = false;
  }
  if (target !== all && !target.checked) all.checked = false;
  count();
});

shown.closest('[data-shown]').hidden = false;
count();
