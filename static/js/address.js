// The address bar follows the picture: once it is drawn, since changing the address holds it up. Browsers allow some two hundred changes
// in half a minute, and a drag or a play makes more: past a hundred, the address waits until the reader pauses. Until then the
// cell's own link has it.
(() => {
  const span = 30000, most = 100, pause = 200; // milliseconds, changes, milliseconds
  const recent = []; // when the last changes were made
  let timer = 0;
  const tooMany = () => {
    while (recent[0] < performance.now() - span) recent.shift();
    return recent.length >= most;
  };
  const follow = (address) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      history.replaceState(history.state, '', address);
      recent.push(performance.now());
    }, tooMany() ? pause : 0);
  };
  document.addEventListener('htmx:before:history:update', (event) => {
    if (!event.detail.sourceElement?.closest?.('.cell')) return;
    event.preventDefault();
    follow(event.detail.history.path);
  });
  // Walking along a run asks for nothing: the cell's link has the address.
  document.addEventListener('descent:address', ({ target: cell }) => {
    const link = cell.querySelector('.cell-foot [data-permalink]'), form = cell.querySelector('form.controls');
    if (link) follow(form.getAttribute('action') + new URL(link.href).search);
  });
})();
