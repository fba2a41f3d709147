// The address bar follows the picture once the reader pauses: browsers allow some two hundred changes in half a minute, and
// a drag or a play makes more. Until then the cell's own link has the address.
(() => {
  let timer = 0, id = '';
  const follow = (cell) => {
    id = cell.id;
    clearTimeout(timer);
    timer = setTimeout(write, 100);
  };
  const write = () => {
    const cell = document.getElementById(id), link = cell?.querySelector('.cell-foot [data-permalink]'), form = cell?.querySelector('form.controls');
    if (link && form) history.replaceState(history.state, '', form.getAttribute('action') + new URL(link.href).search);
  };
  document.addEventListener('htmx:before:history:update', (event) => {
    const cell = event.detail.sourceElement?.closest?.('.cell');
    if (!cell) return;
    event.preventDefault();
    follow(cell);
  });
  document.addEventListener('descent:address', ({ target }) => follow(target));
})();
