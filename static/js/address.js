// The address bar follows the picture. Browsers allow some two hundred changes in half a minute, and a drag or a play makes
// more: past a hundred, the address waits until the reader pauses. Until then the cell's own link has it.
(() => {
  const span = 30000, most = 100, pause = 200; // milliseconds, changes, milliseconds
  const recent = []; // when the last changes were made
  let timer = 0, id = '';
  const tooMany = () => {
    while (recent[0] < performance.now() - span) recent.shift();
    return recent.length >= most;
  };
  const write = () => {
    const cell = document.getElementById(id), link = cell?.querySelector('.cell-foot [data-permalink]'), form = cell?.querySelector('form.controls');
    if (link && form) history.replaceState(history.state, '', form.getAttribute('action') + new URL(link.href).search);
    recent.push(performance.now());
  };
  const later = (cell) => {
    id = cell.id;
    clearTimeout(timer);
    timer = setTimeout(write, pause);
  };
  document.addEventListener('htmx:before:history:update', (event) => {
    const cell = event.detail.sourceElement?.closest?.('.cell');
    if (!cell) return;
    clearTimeout(timer);
    if (tooMany()) {
      event.preventDefault();
      later(cell);
    } else recent.push(performance.now());
  });
  document.addEventListener('descent:address', ({ target: cell }) => {
    clearTimeout(timer);
    id = cell.id;
    if (tooMany()) later(cell);
    else write();
  });
})();
