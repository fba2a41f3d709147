// Walking along a run: slider, keys, play. The steps come from the server some at a time, as a film of the run that the
// cell shows, and are put into its pictures here: scrubbing asks for nothing. Without this file the links and the field
// under the picture do the same, a page at a time.
(() => {
  const svgNS = 'http://www.w3.org/2000/svg';
  const states = new WeakMap(); // by cell
  const stateOf = (cell) => {
    if (!states.has(cell)) states.set(cell, { frames: [], tracks: {}, wanted: null, asked: null, edition: 0, timer: 0 });
    return states.get(cell);
  };
  const barOf = (cell) => cell.querySelector('.walk');
  const formOf = (cell) => cell.querySelector('form.controls');
  const fieldOf = (cell) => formOf(cell).elements.namedItem('k');
  const lastOf = (cell) => Math.max(...[...cell.querySelectorAll('.overlay[data-last]')].map((e) => Number(e.dataset.last)), 0);
  const stepOf = (cell) => (fieldOf(cell).value === '' ? -1 : Number(fieldOf(cell).value));
  const cellOf = (element) => element.closest('.cell');

  const stretch = 100; // steps that come at once
  // The film of the run that the form describes: the stretch that holds step k.
  async function load(cell, k) {
    const state = stateOf(cell), edition = state.edition, form = formOf(cell);
    if (state.asked) return;
    const query = new URLSearchParams(new FormData(form));
    query.delete('k');
    query.delete('slides');
    query.delete('hide');
    query.set('at', k - (k % stretch));
    state.asked = new AbortController();
    try {
      const response = await fetch(`${form.getAttribute('action')}.film?${query}`, { signal: state.asked.signal });
      if (!response.ok) return;
      const film = await response.json();
      if (edition !== state.edition) return;
      Object.assign(state.tracks, film.tracks);
      film.here.forEach((here, i) => {
        const marks = Object.fromEntries(Object.entries(film.marks).map(([name, list]) => [name, list[i]]));
        state.frames[film.from + i] = { here, marks, work: film.work[i] };
      });
    } catch { /* the picture stays as it is */ } finally {
      if (edition === state.edition) state.asked = null;
    }
    if (edition === state.edition && state.wanted !== null) draw(cell, state.wanted);
  }

  // Shows step k, or the whole run where k is negative.
  function show(cell, k) {
    const state = stateOf(cell), bar = barOf(cell), last = lastOf(cell);
    k = Math.min(k, last);
    const text = k < 0 ? '' : String(k);
    fieldOf(cell).value = text;
    if (bar.querySelector('.typed').value !== text) bar.querySelector('.typed').value = text;
    bar.querySelector('.scrub').value = Math.max(k, 0);
    bar.classList.toggle('walking', k >= 0);
    state.wanted = k;
    address(cell, text);
    draw(cell, k);
  }

  function draw(cell, k) {
    const state = stateOf(cell), bar = barOf(cell), frame = k < 0 ? { here: '', marks: {} } : state.frames[k];
    if (!frame) {
      load(cell, k);
      return;
    }
    for (const svg of cell.querySelectorAll('.overlay[data-last]')) {
      const name = svg.closest('[data-figure]').dataset.figure, track = state.tracks[name];
      svg.classList.toggle('scrubbing', k >= 0 && track !== undefined);
      svg.querySelector('.way').replaceChildren(...(k >= 0 && track ? [way(track, k)] : []));
      svg.querySelector('.marks').innerHTML = frame.marks[name] ?? '';
      if (k < 0) delete svg.dataset.at;
      else svg.dataset.at = k;
    }
    bar.querySelector('.here').textContent = frame.here;
    bar.querySelector('.scrub').setAttribute('aria-valuetext', k < 0 ? 'the whole run' : `step ${k}, ${frame.here}`);
    if (frame.work !== undefined) {
      const work = document.getElementById(`${cell.id}-work`), open = work.querySelector('details')?.open;
      work.innerHTML = frame.work;
      if (open === false) work.querySelector('details')?.removeAttribute('open');
    } else if (k < 0 && !cell.closest('.lab-page')) document.getElementById(`${cell.id}-work`).replaceChildren();
    cell.dispatchEvent(new CustomEvent('descent:step', { detail: k, bubbles: true }));
    // The next stretch is fetched before it is needed.
    if (k >= 0 && k + 20 <= lastOf(cell) && !state.frames[k + 20]) load(cell, k + 20);
  }

  // The way up to step k: a line and dots, clipped to the data area.
  function way(track, k) {
    const [x, y, width, height] = track.clip, clip = document.createElementNS(svgNS, 'svg');
    const set = (element, attributes) => Object.entries(attributes).forEach(([name, v]) => element.setAttribute(name, v));
    set(clip, { x, y, width, height, viewBox: [x * 10, y * 10, width * 10, height * 10].join(' ') });
    let line = '', dots = '';
    for (let i = 0; i <= k; i++) {
      const at = `${track.points[2 * i]} ${track.points[2 * i + 1]}`;
      line += (i ? 'L' : 'M') + at;
      dots += `M${at}h0`;
    }
    for (const [look, d] of [[track.class, line], [track.class + track.dots, dots]]) {
      const path = document.createElementNS(svgNS, 'path');
      set(path, { class: `s ${look}`, d });
      clip.append(path);
    }
    return clip;
  }

  // The address and the cell's links name the step.
  function address(cell, text) {
    const named = (href) => {
      const url = new URL(href, location.href);
      let query = url.search.slice(1).split('&').filter((part) => part && !part.startsWith('k=')).join('&');
      if (text !== '') query += `${query && '&'}k=${text}`;
      return url.pathname + (query && `?${query}`);
    };
    const links = cell.querySelectorAll('.cell-foot a[href]');
    links.forEach((a) => { a.setAttribute('href', named(a.href)); });
    cell.dispatchEvent(new CustomEvent('descent:address', { bubbles: true }));
  }

  // Play: so many steps a second that a run takes some six seconds, one step at a time.
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  function play(cell, on) {
    const state = stateOf(cell), button = barOf(cell).querySelector('.play');
    clearTimeout(state.timer);
    state.timer = 0;
    button.textContent = on ? 'Pause' : 'Play';
    button.setAttribute('aria-pressed', on);
    if (!on) return;
    if (stepOf(cell) >= lastOf(cell) || stepOf(cell) < 0) show(cell, 0);
    const beat = () => {
      const k = stepOf(cell);
      if (k >= lastOf(cell)) return play(cell, false);
      if (state.frames[k]) show(cell, k + 1); // else it is still on its way
      const speed = Number(barOf(cell).querySelector('.speed select').value);
      const rate = calm.matches ? Math.min(speed, 1) : Math.min(Math.max(lastOf(cell) / 6, 2), 60) * speed;
      state.timer = setTimeout(beat, 1000 / rate);
    };
    state.timer = setTimeout(beat, 300);
  }
  const playing = (cell) => stateOf(cell).timer !== 0;

  // The slider, the typed step, and the form's own field, which a picture's handle writes: that one is not the server's
  // business as long as the run is known.
  document.addEventListener('input', (event) => {
    const { target } = event, cell = target.closest?.('.cell');
    if (!cell || !barOf(cell)) return;
    if (target === fieldOf(cell)) event.stopPropagation();
    else if (!target.matches('.scrub, .typed')) return;
    play(cell, false);
    if (target.value === '' && target.validity.badInput) return;
    show(cell, target.value === '' ? -1 : Math.max(Math.round(Number(target.value)), 0));
  }, true);
  document.addEventListener('click', (event) => {
    const at = event.target.closest?.('.walk a, .walk .play');
    if (!at || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const cell = cellOf(at), k = stepOf(cell);
    event.preventDefault();
    if (at.matches('.play')) return play(cell, !playing(cell));
    play(cell, false);
    if (at.matches('.whole')) show(cell, -1);
    else show(cell, Math.max(k + (at.matches('.on') ? 1 : -1), 0));
  });
  // Space plays from anywhere in the bar but a button or a field; a point and a comma step.
  document.addEventListener('keydown', (event) => {
    const bar = event.target.closest?.('.walk');
    if (!bar || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('.typed, select')) return;
    const cell = cellOf(bar), k = stepOf(cell);
    if (event.key === ' ' && event.target.matches('.scrub')) play(cell, !playing(cell));
    else if (event.key === '.') show(cell, Math.max(k, 0) + 1);
    else if (event.key === ',') show(cell, Math.max(k - 1, 0));
    else return;
    event.preventDefault();
  });
  for (const kind of ['pointerenter', 'focusin']) { // what will be needed is fetched when the reader comes near
    document.addEventListener(kind, ({ target }) => {
      const bar = target.closest?.('.walk');
      if (!bar) return;
      const cell = cellOf(bar), k = Math.max(stepOf(cell), 0);
      if (!stateOf(cell).frames[k]) load(cell, k);
    }, true);
  }

  // A new answer is another run: its film is another one.
  document.addEventListener('htmx:after:swap', (event) => {
    const cell = event.detail.ctx?.sourceElement?.closest?.('.cell');
    if (!cell || !barOf(cell)) return;
    const state = stateOf(cell), bar = barOf(cell), last = lastOf(cell);
    state.asked?.abort();
    Object.assign(state, { frames: [], tracks: {}, asked: null, edition: state.edition + 1 });
    bar.querySelector('.scrub').max = Math.max(last, 1);
    if (stepOf(cell) > last) fieldOf(cell).value = last;
    bar.querySelector('.typed').value = fieldOf(cell).value;
    bar.querySelector('.scrub').value = Math.max(stepOf(cell), 0);
    bar.classList.toggle('walking', stepOf(cell) >= 0);
    if (playing(cell)) load(cell, Math.max(stepOf(cell), 0));
  });
})();
