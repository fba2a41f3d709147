// Handles: points of a figure that are moved by hand. The overlay says in data-stage which points there are, which fields
// they write and how the axes run. A handle is a slider for the keyboard; with mouse or pen the whole picture takes hold
// of the nearest one, with a finger the handle itself or a tap. Moving one writes its fields, as typing would.
(() => {
  const stages = new WeakMap(); // by .stage: what the overlay said, and the handles

  const scale = ([min, max, from, to, log]) => ({
    min, max,
    at: (v) => from + (to - from) * (log ? Math.log(v / min) / Math.log(max / min) : (v - min) / (max - min)),
    value: (at) => {
      const share = Math.min(Math.max((at - from) / (to - from), 0), 1);
      return log ? min * (max / min) ** share : min + share * (max - min);
    },
    // A value as exact as the picture is: a 500th of its width, in round numbers.
    round: (v) => {
      if (log) return Number(v.toPrecision(3));
      const grain = 10 ** Math.floor(Math.log10((max - min) / 200));
      return Number((Math.round(v / grain) * grain).toPrecision(12));
    },
    step: (v, by) => (log ? v * (max / min) ** (by / 100) : v + (by * (max - min)) / 100),
  });

  const field = (stage, name) => {
    const form = stage.closest('.cell')?.querySelector('form.controls');
    const found = name && form?.elements.namedItem(name);
    return found instanceof HTMLInputElement && !found.disabled && found.type !== 'hidden' ? found : null;
  };

  function prepare(stage) {
    const svg = stage.querySelector('.overlay'), said = svg?.dataset.stage;
    const state = stages.get(stage) ?? { handles: [] };
    if (state.said === said) return;
    stages.set(stage, state);
    state.said = said;
    const told = said ? JSON.parse(said) : { handles: [] };
    const box = svg?.viewBox.baseVal;
    const points = told.handles.filter((h) => h.to.some((name) => field(stage, name)));
    if (told.turn && field(stage, told.turn[0])) points.push({ label: 'direction of view', to: told.turn, turn: true });
    Object.assign(state, { box, x: told.x && scale(told.x), y: told.y && scale(told.y) });
    while (state.handles.length > points.length) state.handles.pop().remove();
    points.forEach((point, i) => {
      let handle = state.handles[i];
      if (!handle) {
        handle = document.createElement('div');
        handle.className = 'handle';
        handle.tabIndex = 0;
        handle.setAttribute('role', 'slider');
        stage.append(handle);
        state.handles.push(handle);
      }
      if (handle.held && handle.point.vector) handle.point.label = point.label; // it goes on turning around the same point
      else handle.point = { ...point, x: handle.held && point.to[0] ? handle.point.x : point.x, y: handle.held && point.to[1] ? handle.point.y : point.y };
      handle.classList.toggle('turns', Boolean(point.turn));
      place(stage, handle);
    });
    stage.classList.toggle('movable', points.length > 0);
    stage.classList.toggle('gripped', points.some((p) => p.vector?.norm));
    stage.classList.toggle('turnable', points.some((p) => p.turn));
  }

  // Puts a handle where its point is, and says so.
  function place(stage, handle) {
    const { box, x, y } = stages.get(stage), p = handle.point;
    const said = p.vector ? `${p.x}, ${p.y}` : p.to.map((name) => {
      const f = field(stage, name);
      return f ? `${labelOf(f)} ${f.value}` : '';
    }).filter(Boolean).join(', ');
    handle.setAttribute('aria-label', `Move: ${p.label}`);
    handle.setAttribute('aria-valuetext', said);
    const main = field(stage, p.to[0]) ?? field(stage, p.to[1]);
    handle.setAttribute('aria-valuenow', p.vector ? p.x : Number(main.value) || 0);
    if (p.turn) return;
    handle.style.left = `${(100 * x.at(p.x)) / box.width}%`;
    handle.style.top = `${(100 * y.at(p.y)) / box.height}%`;
  }
  const labels = new WeakMap(); // by field
  const labelOf = (f) => {
    if (!labels.has(f)) labels.set(f, f.labels?.[0]?.textContent.trim().replace(/\s+/g, ' ') ?? f.name);
    return labels.get(f);
  };

  // Writes values into fields and has the form asked once.
  function write(stage, values) {
    const changed = values.map(([name, v]) => [field(stage, name), v]).filter(([f, v]) => f && f.value !== String(v));
    changed.forEach(([f, v]) => { f.value = v; });
    changed.forEach(([f], i) => f.dispatchEvent(new Event('input', { bubbles: i === changed.length - 1 })));
  }

  function moveTo(stage, handle, vx, vy) {
    const { x, y } = stages.get(stage), p = handle.point, values = [];
    if (p.vector) {
      [p.x, p.y] = [x.round(vx), y.round(vy)];
      values.push([p.to[0], listAt(p.vector, p.x, p.y)]);
      write(stage, values);
      place(stage, handle);
      return;
    }
    if (p.to[0]) { p.x = fit(stage, p.to[0], x.round(vx)); values.push([p.to[0], p.x]); }
    if (p.to[1]) { p.y = fit(stage, p.to[1], y.round(vy)); values.push([p.to[1], p.y]); }
    write(stage, values);
    place(stage, handle);
  }
  // The list that a handle at (x, y) stands for, as text: chart.Vector says how.
  function listAt(vector, x, y) {
    const moved = vector.offset.map((c, j) => c + x * vector.x[j] + y * vector.y[j]);
    const length = Math.hypot(...moved.slice(1)), scale = vector.norm === 0 ? 1 : length > 0 ? vector.norm / length : 0;
    return vector.base.map((b, j) => Number((b + scale * moved[j]).toPrecision(5))).join(',');
  }
  // A value that the field accepts.
  function fit(stage, name, v) {
    const f = field(stage, name);
    if (!f) return v;
    if (f.min !== '') v = Math.max(v, Number(f.min));
    if (f.max !== '') v = Math.min(v, Number(f.max));
    return f.step === '1' || f.name === 'k' ? Math.round(v) : v;
  }
  function turn(stage, handle, byAzimuth, byElevation) {
    const [a, e] = handle.point.to, azimuth = field(stage, a), elevation = field(stage, e);
    const wrapped = ((Math.round(Number(azimuth.value) + byAzimuth) + 540) % 360) - 180;
    const values = [[a, wrapped]];
    if (elevation) values.push([e, fit(stage, e, Math.round(Number(elevation.value) + byElevation))]);
    write(stage, values);
    place(stage, handle);
  }

  // Where an event is, in data units.
  function valuesAt(stage, event) {
    const { box, x, y } = stages.get(stage), r = stage.querySelector('.layers').getBoundingClientRect();
    return [x.value(((event.clientX - r.left) / r.width) * box.width), y.value(((event.clientY - r.top) / r.height) * box.height)];
  }
  function nearest(stage, event) {
    const far = (h) => { const r = h.getBoundingClientRect(); return Math.hypot(event.clientX - r.x - r.width / 2, event.clientY - r.y - r.height / 2); };
    return stages.get(stage).handles.toSorted((a, b) => far(a) - far(b))[0];
  }

  document.addEventListener('pointerdown', (event) => {
    const stage = event.target.closest?.('.stage.movable');
    if (!stage || event.button !== 0 || !event.isPrimary) return;
    const on = event.target.closest('.handle'), handle = on ?? nearest(stage, event);
    if (event.pointerType === 'touch' && !on && !handle.point.turn) return; // a finger scrolls; a tap is a click
    if (!on && handle.point.vector?.norm) return; // a line is moved by its handles alone
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.held = true;
    let before = [event.clientX, event.clientY];
    if (!on && !handle.point.turn) moveTo(stage, handle, ...valuesAt(stage, event));
    const move = (e) => {
      if (handle.point.turn) {
        const degrees = [before[0] - e.clientX, e.clientY - before[1]].map((d) => d / 2);
        if (Math.hypot(...degrees) < 1) return;
        before = [e.clientX, e.clientY];
        turn(stage, handle, ...degrees);
      } else moveTo(stage, handle, ...valuesAt(stage, e));
    };
    const end = () => {
      handle.held = false;
      for (const [kind, f] of [['pointermove', move], ['pointerup', end], ['pointercancel', end]]) document.removeEventListener(kind, f);
    };
    for (const [kind, f] of [['pointermove', move], ['pointerup', end], ['pointercancel', end]]) document.addEventListener(kind, f);
  });
  document.addEventListener('click', (event) => {
    const stage = event.target.closest?.('.stage.movable');
    if (!stage || event.pointerType !== 'touch' || event.target.closest('.handle')) return;
    const handle = nearest(stage, event);
    if (!handle.point.turn && !handle.point.vector?.norm) moveTo(stage, handle, ...valuesAt(stage, event));
  });

  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], PageUp: [0, 10], PageDown: [0, -10] };
  document.addEventListener('keydown', (event) => {
    const handle = event.target.closest?.('.handle');
    if (!handle || !(event.key in arrows) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const stage = handle.closest('.stage'), { x, y } = stages.get(stage), p = handle.point;
    let [dx, dy] = arrows[event.key].map((d) => d * (event.shiftKey ? 10 : 1));
    if (p.turn) return turn(stage, handle, 5 * dx, 5 * dy);
    if (!p.vector && !p.to[1] && !dx) dx = dy; // one direction only: up is more
    if (!p.vector && !p.to[0] && !dy) dy = dx;
    if (p.to[0] === 'k') return moveTo(stage, handle, Number(field(stage, 'k').value) + dx, 0);
    moveTo(stage, handle, whole(stage, p.to[0], p.x, x.step(p.x, dx), dx), whole(stage, p.to[1], p.y, y.step(p.y, dy), dy));
  }, true);
  // A key moves a whole number by one at least, on a logarithmic axis as well.
  const whole = (stage, name, from, to, by) =>
    by && field(stage, name)?.step === '1' && Math.round(to) === Math.round(from) ? Math.round(from) + Math.sign(by) : to;

  const prepareAll = (root) => root.querySelectorAll('.stage').forEach(prepare);
  document.addEventListener('htmx:after:swap', (event) => prepareAll(event.detail.ctx?.sourceElement?.closest?.('.cell') ?? document));
  // A cell that was replaced whole is another one.
  document.addEventListener('htmx:after:process', ({ target }) => prepareAll(target));
  // The fields may have been moved without the picture: the handle of the step follows the walk.
  document.addEventListener('descent:step', ({ target, detail: k }) => {
    for (const stage of target.querySelectorAll('.stage')) {
      for (const handle of stages.get(stage)?.handles ?? []) {
        if (handle.point.to[0] !== 'k') continue;
        handle.point.x = Math.max(k, 0);
        const ring = /M-?\d+\s?(-?\d+)/.exec(stage.querySelector('.marks .d7')?.getAttribute('d'));
        if (ring) handle.point.y = stages.get(stage).y.value(Number(ring[1]) / 10);
        place(stage, handle);
      }
    }
  });
  prepareAll(document);
})();
