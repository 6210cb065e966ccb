// Copies a feed's address; without this, its field can be selected.
const SAID_MS = 2000;

for (const button of document.querySelectorAll('button.copy')) {
  const field = button.parentElement.querySelector('input');
  const label = button.textContent;
  const tell = () => {
    button.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = label;
    }, SAID_MS);
  };
  // Pages without TLS have no clipboard; what is selected is copied all the same.
  const copySelected = () => {
    if (document.execCommand('copy')) tell();
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    field.select();
    if (navigator.clipboard === undefined) copySelected();
    else navigator.clipboard.writeText(field.value).then(tell, copySelected);
  });
}
