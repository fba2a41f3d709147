// Copy buttons: they copy the address of a link, or the text of a field, and say so. Where the browser keeps the clipboard
// to itself, as over plain HTTP, the text is offered for copying by hand.
(() => {
  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('button[data-copy]');
    if (!button) return;
    const source = document.querySelector(button.dataset.copy), said = button.parentElement.querySelector('.copied');
    const text = source.href ?? source.value ?? source.textContent;
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      const field = Object.assign(document.createElement('textarea'), { value: text, readOnly: true });
      field.setAttribute('aria-hidden', 'true');
      field.className = 'alt';
      document.body.append(field);
      field.select();
      try { done = document.execCommand('copy'); } catch { /* said below */ }
      field.remove();
      button.focus();
    }
    said.textContent = done ? 'Copied.' : `The browser does not allow it. Copy by hand: ${text}`;
    clearTimeout(said.timer);
    said.timer = setTimeout(() => { if (done) said.textContent = ''; }, 4000);
  });
})();
