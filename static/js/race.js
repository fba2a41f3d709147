// The race: the form starts it, its states come as server-sent events, each all that there is to show, and buttons steer it.
// Without this file the form leads to a page that offers a short race as a plain request.
(() => {
  const cell = document.querySelector('[data-race]');
  if (!cell || !window.EventSource) return;
  const form = cell.querySelector('form'), progress = cell.querySelector('progress'), buttons = cell.querySelector('.race-buttons');
  const said = document.getElementById('race-said'), start = buttons.querySelector('.race-start');
  const button = (command) => buttons.querySelector(`[data-command=${command}]`);
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const calmPause = 1000; // milliseconds between two pictures for readers who want little motion
  let stream = null, address = '', phase = '', drawn = 0;

  const tell = (words) => { said.textContent = words; };
  const problem = (words) => {
    const p = Object.assign(document.createElement('p'), { className: 'error', textContent: words });
    form.querySelector('.problems').replaceChildren(p);
  };

  // The focus goes to the button that takes the place of one that vanishes.
  const show = (running) => {
    const focused = buttons.contains(document.activeElement);
    start.hidden = running;
    button('pause').hidden = !running || phase !== 'running';
    button('continue').hidden = !running || phase !== 'paused';
    button('stop').hidden = !running;
    if (focused && (document.activeElement === document.body || document.activeElement.hidden)) buttons.querySelector('button:not([hidden])').focus();
  };

  const end = () => {
    stream?.close();
    stream = null;
    show(false);
  };

  const onState = ({ data }) => {
    const state = JSON.parse(data), changed = state.phase !== phase, now = performance.now();
    phase = state.phase;
    cell.dataset.phase = phase;
    if (state.said) tell(state.said);
    if (changed || !calm.matches || now - drawn > calmPause) {
      drawn = now;
      if (state.progress === null) progress.removeAttribute('value');
      else progress.value = state.progress;
      for (const [id, html] of Object.entries(state.parts)) {
        const part = document.getElementById(id);
        if (part && part.innerHTML !== html) part.innerHTML = html;
      }
    }
    if (state.over) end();
    else if (changed) show(true);
  };

  const send = (command) => fetch(`${address}/${command}`, { method: 'POST', keepalive: true }).catch(() => {});

  const follow = () => {
    stream = new EventSource(`${address}/stream`);
    stream.addEventListener('state', onState);
    stream.addEventListener('error', () => {
      if (stream?.readyState !== EventSource.CLOSED) return; // it tries again by itself
      phase = 'lost';
      cell.dataset.phase = phase;
      problem('The connection to the server is lost, and the race with it. Start it again.');
      tell('The connection to the server is lost.');
      end();
    });
  };

  const clearErrors = () => {
    form.querySelectorAll('.error').forEach((e) => { e.textContent = ''; });
    form.querySelector('.problems').replaceChildren();
    form.querySelectorAll('[aria-invalid]').forEach((e) => e.removeAttribute('aria-invalid'));
    cell.classList.remove('refused');
  };

  const refuse = (errors) => {
    for (const { field, message } of errors) {
      const input = field && form.elements[field], at = input && document.getElementById(`${input.id}-error`);
      if (!at) {
        problem(field ? `${field}: ${message}` : message);
        continue;
      }
      at.textContent = message;
      input.setAttribute('aria-invalid', 'true');
    }
    const first = form.querySelector('[aria-invalid]');
    first?.closest('details')?.setAttribute('open', '');
    first?.focus();
  };

  let starting = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (starting) return;
    starting = true;
    clearErrors();
    if (stream) { // the race before gives way
      const old = stream;
      stream = null;
      old.close();
      await send('stop');
    }
    phase = '';
    try {
      const answer = await fetch(cell.dataset.race, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(form)) });
      const body = await answer.json();
      if (!answer.ok) {
        refuse(body.errors);
        show(false);
        return;
      }
      address = body.race;
      history.replaceState(history.state, '', body.address);
      cell.querySelector('[data-permalink]').href = body.address;
      follow();
      cell.querySelector('.race-bar').scrollIntoView({ block: 'nearest', behavior: calm.matches ? 'auto' : 'smooth' });
    } catch {
      problem('The server does not answer. Try again in a moment.');
      show(false);
    } finally {
      starting = false;
    }
  });

  buttons.addEventListener('click', ({ target }) => {
    const command = target.closest('button')?.dataset.command;
    if (command) send(command);
  });

  // A page that goes away takes its race along; the server would notice by itself a moment later.
  addEventListener('pagehide', () => {
    if (!stream) return;
    send('stop');
    end();
    document.getElementById('race-phase').textContent = 'The race has ended: you left the page.'; // for who comes back
  });
})();
