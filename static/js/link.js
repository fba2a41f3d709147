// Examples: the points of a picture that stand for rows of the data. The backdrop says where they are, and which field
// names the row that is looked at. Hovering looks at the nearest point as long as it lasts; a click, a tap or a key
// chooses it. Each writes the field, as typing would: the server draws the pull into every picture. Without this file
// the field and the list of examples do the same.
(() => {
  const near = 14; // how far from a point still points at it, in pixels

  // What the backdrop says, read once.
  const told = new WeakMap();
  function spotsOf(stage) {
    const svg = stage.querySelector('.backdrop[data-spots]');
    if (!svg) return null;
    if (!told.has(svg)) {
      const places = svg.dataset.places.split(',').map((p) => (p === '' ? null : p.split(' ').map((v) => v / 10)));
      told.set(svg, { svg, places, every: Number(svg.dataset.every), param: svg.dataset.spots, noun: svg.dataset.noun });
    }
    return told.get(svg);
  }
  const fieldOf = (stage, spots) => {
    const f = stage.closest('.cell')?.querySelector('form.controls')?.elements.namedItem(spots.param);
    return f instanceof HTMLInputElement && f.type !== 'hidden' && !f.disabled ? f : null;
  };
  const rowOf = (spots, i) => String(i * spots.every + 1);
  const indexOf = (spots, row) => Math.round((Number(row) - 1) / spots.every);

  // The point nearest to where an event is; −1 where none is near.
  function nearest(spots, event, reach) {
    const r = spots.svg.getBoundingClientRect(), box = spots.svg.viewBox.baseVal, scale = r.width / box.width;
    const x = (event.clientX - r.left) / scale, y = (event.clientY - r.top) / scale;
    let best = -1, least = (reach / scale) ** 2;
    spots.places.forEach((p, i) => {
      const far = p ? (p[0] - x) ** 2 + (p[1] - y) ** 2 : Infinity;
      if (far < least) [best, least] = [i, far];
    });
    return best;
  }

  function write(field, row) {
    if (field.value === row) return;
    field.value = row;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  // The row that was chosen before hovering began, by field.
  const chosen = new WeakMap();
  function look(stage, spots, i) {
    const field = fieldOf(stage, spots);
    if (!field) return;
    if (!chosen.has(field)) chosen.set(field, field.value);
    write(field, rowOf(spots, i));
  }
  function lookBack(field) {
    if (!chosen.has(field)) return;
    write(field, chosen.get(field));
    chosen.delete(field);
  }
  function choose(stage, spots, i) {
    const field = fieldOf(stage, spots);
    if (!field) return;
    chosen.delete(field);
    write(field, i < 0 ? '' : rowOf(spots, i));
  }

  // The picture that the pointer was over. A picture that was just drawn anew may not hear that the pointer has left it;
  // the next move elsewhere tells.
  let hovered = null;
  function leave(stage) {
    hovered = null;
    const spots = spotsOf(stage), field = spots && fieldOf(stage, spots);
    if (field) lookBack(field);
    stage.classList.remove('points');
  }

  const heldUp = (event) => event.buttons !== 0 || event.target.closest('.handle') !== null;
  document.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'touch') return;
    const stage = event.target.closest?.('.stage'), spots = stage && spotsOf(stage);
    if (hovered && hovered !== stage) leave(hovered);
    if (!spots || heldUp(event)) return;
    const i = nearest(spots, event, near);
    stage.classList.toggle('points', i >= 0);
    if (i < 0) return;
    hovered = stage;
    look(stage, spots, i);
  });
  document.addEventListener('pointerout', (event) => {
    const stage = event.target.closest?.('.stage'), spots = stage && spotsOf(stage);
    if (!spots || stage.contains(event.relatedTarget) || event.pointerType === 'touch') return;
    leave(stage);
  });
  // On a point a press chooses it, and does not take hold of a handle. Capture: before stage.js.
  document.addEventListener('pointerdown', (event) => {
    const stage = event.target.closest?.('.stage'), spots = stage && spotsOf(stage);
    if (!spots || event.button !== 0 || !event.isPrimary || event.pointerType === 'touch' || event.target.closest('.handle')) return;
    const i = nearest(spots, event, near);
    if (i < 0) return;
    event.stopPropagation();
    choose(stage, spots, i);
    stage.querySelector('.examples')?.focus({ preventScroll: true });
  }, true);
  document.addEventListener('click', (event) => {
    const stage = event.target.closest?.('.stage'), spots = stage && spotsOf(stage);
    if (!spots || event.pointerType !== 'touch' || event.target.closest('.handle')) return;
    const i = nearest(spots, event, 2 * near);
    if (i < 0) return;
    event.stopPropagation();
    choose(stage, spots, i);
  }, true);
  // What is typed, or chosen from the list, is chosen.
  document.addEventListener('input', ({ target, isTrusted }) => { if (isTrusted) chosen.delete(target); }, true);
  document.addEventListener('click', ({ target }) => {
    const link = target.closest?.('a[data-set]'), form = link?.closest('.cell')?.querySelector('form.controls');
    const name = link && [...new URLSearchParams(link.dataset.set).keys()][0];
    const field = name && form?.elements.namedItem(name);
    if (field) chosen.delete(field);
  }, true);

  // For the keyboard: one stop in each picture. Arrows go to the next point in their direction, Home and End to the first
  // and the last row, Escape to none.
  function prepare(stage) {
    const spots = spotsOf(stage), field = spots && fieldOf(stage, spots);
    let stop = stage.querySelector('.examples');
    if (!field) {
      stop?.remove();
      return;
    }
    if (!stop) {
      stop = document.createElement('div');
      stop.className = 'examples';
      stop.tabIndex = 0;
      stop.setAttribute('role', 'slider');
      stage.prepend(stop);
    }
    const rows = (spots.places.length - 1) * spots.every + 1;
    stop.setAttribute('aria-label', `Look at one ${spots.noun}: arrow keys go from point to point, Escape leaves`);
    stop.setAttribute('aria-valuemin', 0);
    stop.setAttribute('aria-valuemax', rows);
    stop.setAttribute('aria-valuenow', Number(field.value) || 0);
    stop.setAttribute('aria-valuetext', field.value === '' ? 'none' : `${spots.noun} ${field.value} of ${rows}`);
  }

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  // The nearest point in a direction; what lies aside counts double.
  function next(spots, from, [dx, dy]) {
    const at = spots.places[from];
    let best = -1, least = Infinity;
    spots.places.forEach((p, i) => {
      if (!p || i === from) return;
      const ahead = (p[0] - at[0]) * dx + (p[1] - at[1]) * dy, aside = Math.abs((p[0] - at[0]) * dy) + Math.abs((p[1] - at[1]) * dx);
      // Points on one place are gone through by their rows.
      const far = ahead === 0 && aside === 0 ? ((dx + dy > 0) === (i > from) ? Math.abs(i - from) * 1e-9 : Infinity) : ahead > 0 ? ahead + 2 * aside : Infinity;
      if (far < least) [best, least] = [i, far];
    });
    return best;
  }
  document.addEventListener('keydown', (event) => {
    const stop = event.target.closest?.('.examples');
    if (!stop || event.ctrlKey || event.metaKey || event.altKey) return;
    const stage = stop.closest('.stage'), spots = spotsOf(stage), field = spots && fieldOf(stage, spots);
    if (!field) return;
    const first = spots.places.findIndex((p) => p), last = spots.places.findLastIndex((p) => p);
    const now = field.value === '' ? -1 : Math.min(indexOf(spots, field.value), last);
    let i = now;
    if (event.key in ways) i = now < 0 || !spots.places[now] ? first : next(spots, now, ways[event.key]);
    else if (event.key === 'Home') i = first;
    else if (event.key === 'End') i = last;
    else if (event.key === 'PageUp') i = Math.max(now - 10, first);
    else if (event.key === 'PageDown') i = Math.min(now + 10, last);
    else if (event.key === 'Escape' && field.value !== '') i = -1;
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (i < 0 && event.key !== 'Escape') return; // nothing lies that way
    choose(stage, spots, i);
    prepare(stage);
  }, true);

  const prepareAll = (root) => root.querySelectorAll('.stage').forEach(prepare);
  document.addEventListener('htmx:after:swap', (event) => prepareAll(event.detail.ctx?.sourceElement?.closest?.('.cell') ?? document));
  document.addEventListener('htmx:after:process', ({ target }) => prepareAll(target));
  prepareAll(document);
})();
