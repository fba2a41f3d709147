// Work: what is typed into an exercise is kept at every pause, here in the browser at once and on the server a moment later.
// Without this file the button “Save for later” does it.
(() => {
  const pause = 600, patience = [2000, 4000, 8000, 15000, 30000];
  const desks = new Map(); // by address: what is on its way to be kept
  const storage = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, v) => { try { localStorage.setItem(key, v); } catch { /* the server keeps it, too */ } },
    remove: (key) => { try { localStorage.removeItem(key); } catch { /* nothing was there */ } },
  };

  const exerciseOf = (element) => element?.closest?.('.exercise[data-address]');
  const formOf = (exercise) => exercise.querySelector('[name=variant]')?.form;
  const variantOf = (exercise) => exercise.querySelector('[name=variant]').value;
  const placeOf = (exercise) => `draft:${exercise.dataset.owner}:${exercise.dataset.address}:${variantOf(exercise)}`;
  const deskOf = (exercise) => {
    const { address } = exercise.dataset;
    if (!desks.has(address)) desks.set(address, { address, tries: 0 });
    return desks.get(address);
  };
  const own = (name) => ['action', 'variant', 'key', 'hints-shown'].includes(name);

  // Who was nobody when the page came is somebody now: what the browser keeps is theirs.
  function adopt(owner) {
    if (!owner) return;
    for (const exercise of document.querySelectorAll('.exercise[data-owner=""]')) {
      const before = placeOf(exercise), kept = storage.get(before);
      exercise.dataset.owner = owner;
      if (kept === null) continue;
      storage.remove(before);
      storage.set(placeOf(exercise), kept);
    }
    for (const desk of desks.values()) if (desk.body && shown(desk)) desk.place = placeOf(shown(desk));
  }

  // A submission has a key of its own; a page that many readers see leaves it to their browsers.
  function giveKeys(root) {
    for (const field of root.querySelectorAll('.exercise [name=key]')) {
      if (field.value) continue;
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      field.value = btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
    }
  }

  function say(exercise, words, lost) {
    const line = exercise?.querySelector('.exercise-saved');
    if (!line || line.textContent.trim() === words) return;
    line.textContent = words;
    line.classList.toggle('lost', lost);
  }
  const clock = () => new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const shown = (desk) => document.querySelector(`.exercise[data-address="${CSS.escape(desk.address)}"]`);

  document.addEventListener('input', ({ target }) => {
    const exercise = exerciseOf(target), form = exercise && formOf(exercise);
    if (!form || target.form !== form) return;
    const desk = deskOf(exercise), body = new URLSearchParams(new FormData(form));
    body.set('action', 'draft');
    desk.body = body.toString();
    desk.place = placeOf(exercise);
    storage.set(desk.place, desk.body);
    desk.tries = 0;
    later(desk, pause);
    if (exercise.querySelector('.exercise-saved')?.classList.contains('lost')) return;
    say(exercise, '', false);
  });

  function later(desk, wait) {
    clearTimeout(desk.timer);
    desk.timer = setTimeout(() => save(desk), wait);
  }

  // One save at a time for the whole page: the first one of all may make a student of the reader.
  let last = Promise.resolve();
  function save(desk) {
    clearTimeout(desk.timer);
    last = last.then(() => send(desk));
    return last;
  }

  async function send(desk, keepalive = false) {
    const { body } = desk;
    if (!body) return;
    let status = 0, words = '';
    try {
      const answer = await fetch(desk.address, {
        method: 'POST', body, keepalive, signal: keepalive ? null : AbortSignal.timeout(10000),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'HX-Request': 'true' },
      });
      status = answer.status;
      adopt(answer.headers.get('Descent-Owner'));
      if (!answer.ok) words = await answer.text();
    } catch { /* no answer: tried again below */ }
    const changed = desk.body !== body;
    if (status === 204) {
      if (storage.get(desk.place) === body) storage.remove(desk.place);
      if (!changed) {
        desk.body = '';
        say(shown(desk), `Saved ${clock()}`, false);
      }
    } else if (status === 409 || status === 413 || status === 422) {
      if (!changed) desk.body = '';
      say(shown(desk), words || 'Not saved: this is too long.', true);
    } else {
      say(shown(desk), 'Not saved. Trying again …', true);
      if (!changed) later(desk, patience[Math.min(desk.tries++, patience.length - 1)]);
    }
  }

  addEventListener('online', () => { for (const desk of desks.values()) if (desk.body) save(desk); });
  addEventListener('pagehide', () => {
    for (const desk of desks.values()) {
      clearTimeout(desk.timer);
      if (desk.body) send(desk, true);
    }
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) for (const desk of desks.values()) if (desk.body) later(desk, 0);
  });

  // A button: what is being saved goes first, and what was to be saved goes along with it.
  let waited = null;
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('.exercise button[name=action]'), exercise = exerciseOf(button);
    if (!button || waited === button) { waited = null; return; }
    const desk = desks.get(exercise.dataset.address);
    if (!desk) return;
    clearTimeout(desk.timer);
    event.preventDefault();
    event.stopImmediatePropagation();
    // A task later: a click that Enter in a field has made lets no other one through while it lasts.
    last.then(() => setTimeout(() => {
      clearTimeout(desk.timer);
      if (!button.isConnected) return;
      waited = button;
      button.click();
    }));
  }, true);

  const buttonOf = (event) => {
    const button = event.detail.ctx?.sourceElement;
    return button?.matches?.('.exercise button[name=action]') ? button : null;
  };
  document.addEventListener('htmx:before:request', (event) => {
    const exercise = exerciseOf(buttonOf(event));
    if (!exercise) return;
    const { address } = exercise.dataset;
    event.detail.ctx.work = { address, place: placeOf(exercise), body: desks.get(address)?.body };
  });
  document.addEventListener('htmx:after:swap', () => {
    adopt(document.querySelector('.exercise[data-owner]:not([data-owner=""])')?.dataset.owner);
    giveKeys(document);
    restore();
    markSolved();
  });
  document.addEventListener('htmx:finally:request', (event) => {
    const from = event.detail.ctx?.work;
    if (!from) return;
    const status = event.detail.ctx.response?.status ?? 0, desk = desks.get(from.address), exercise = shown(from);
    if (status >= 200 && status < 300) {
      if (desk && desk.body !== from.body) return; // typed while the answer was on its way
      if (desk) desk.body = '';
      storage.remove(from.place);
      return;
    }
    if (status === 0) say(exercise, 'The server does not answer. Nothing was sent; what you typed stays here.', true);
    if (desk?.body && status !== 409 && status !== 413) later(desk, status === 422 ? pause : patience[0]);
    exercise?.querySelector('[aria-invalid=true]')?.focus();
  });

  // The numbers of a lesson's exercises carry a check from the moment that one is solved.
  function markSolved() {
    for (const { id } of document.querySelectorAll('.exercise[data-state="solved"]')) {
      for (const mark of document.querySelectorAll(`.exercise-overview a[href="#${CSS.escape(id)}"] .overview-solved`)) mark.hidden = false;
    }
  }

  // What the browser kept and the server did not get, after a crash of either.
  function restore() {
    for (const exercise of document.querySelectorAll('.exercise[data-address]')) {
      if (exercise.dataset.restored || !exercise.querySelector('[name=variant]')) continue;
      exercise.dataset.restored = '';
      const form = formOf(exercise), kept = form && storage.get(placeOf(exercise));
      if (!kept) continue;
      if (['solved', 'gave-up'].includes(exercise.dataset.state)) storage.remove(placeOf(exercise));
      else if (!fill(form, new URLSearchParams(kept))) storage.remove(placeOf(exercise)); // the server got it all the same
    }
  }

  function fill(form, values) {
    let changed = null;
    for (const field of form.elements) {
      if (!field.name || own(field.name) || field.type === 'hidden' || field.tagName === 'BUTTON') continue;
      const all = values.getAll(field.name);
      if (field.type === 'checkbox' || field.type === 'radio') {
        const checked = all.includes(field.value);
        if (field.checked !== checked) { field.checked = checked; changed = field; }
      } else if (all.length && field.value !== all[0]) {
        field.value = all[0];
        changed = field;
      }
    }
    changed?.dispatchEvent(new Event('input', { bubbles: true }));
    return changed;
  }

  giveKeys(document);
  restore();
})();
