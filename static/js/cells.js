// Cells: sliders write into their number fields, presets fill the form, controls that do not matter are hidden, and
// requests name the backdrops that the page shows already. The form itself belongs to htmx; without this file the
// number fields and the button still work.
(() => {
  const value = (slider) => {
    const { lo, hi, scale, step } = slider.dataset;
    const share = slider.value / slider.max, a = Number(lo), b = Number(hi);
    if (scale === 'log') return Number((a * (b / a) ** share).toPrecision(3));
    const grain = Number(step) || 1;
    return Number((Math.round((a + share * (b - a)) / grain) * grain).toPrecision(12));
  };
  const position = (slider, v) => {
    const { lo, hi, scale } = slider.dataset;
    const a = Number(lo), b = Number(hi), c = Math.min(Math.max(v, a), b);
    const share = scale === 'log' ? Math.log(c / a) / Math.log(b / a) : (c - a) / (b - a);
    return Math.round(share * slider.max);
  };
  const sliderOf = (field) => field.form?.querySelector(`.slider[data-for="${CSS.escape(field.id)}"]`);

  // Capture: before htmx, which listens on the form, reads the fields.
  document.addEventListener('input', ({ target }) => {
    if (target.matches('.slider')) {
      document.getElementById(target.dataset.for).value = value(target);
      target.setAttribute('aria-valuetext', value(target));
    } else if (target.form?.matches('.controls')) {
      followField(target);
      if (target.tagName === 'SELECT') {
        followChoice(target);
        showRelevant(target.form);
      }
    }
  }, true);

  function followField(field) {
    const slider = sliderOf(field);
    if (!slider || field.value === '' || Number.isNaN(Number(field.value))) return;
    slider.value = position(slider, Number(field.value));
    slider.setAttribute('aria-valuetext', field.value);
  }

  // A default that depends on a choice follows it where the reader left it alone, and so does the end of a slider.
  function followChoice(select) {
    const was = select.dataset.was, now = select.value;
    select.dataset.was = now;
    for (const box of select.form.querySelectorAll(`[data-vary="${CSS.escape(select.name)}"]`)) {
      const defaults = JSON.parse(box.dataset.defaults), field = box.querySelector('[name]');
      if (box.dataset.reach) {
        const reach = JSON.parse(box.dataset.reach), slider = sliderOf(field);
        slider.dataset.hi = reach[now] ?? reach[''];
        slider.max = slider.dataset.hi - slider.dataset.lo;
        followField(field);
      }
      if (field.value !== (defaults[was] ?? defaults[''])) continue;
      field.value = defaults[now] ?? defaults[''];
      followField(field);
    }
  }

  // Whether a control matters beside the others; a choice that does not matter itself makes no difference.
  function showRelevant(form) {
    const boxOf = (choice) => choice.closest('[data-when]');
    const relevant = (box) => JSON.parse(box.dataset.when).every(({ param, in: values }) => {
      const choice = form.elements[param];
      return values.includes(choice.value) || (boxOf(choice) && !relevant(boxOf(choice)));
    });
    for (const box of form.querySelectorAll('[data-when]')) {
      const shown = relevant(box);
      box.hidden = !shown;
      for (const field of box.querySelectorAll('input, select')) field.disabled = !shown;
    }
  }

  // A preset is a whole set of values; data-set changes some and leaves the others as they are.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-preset], a[data-set]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const form = link.closest('.cell').querySelector('.controls'), whole = 'preset' in link.dataset;
    const values = new URLSearchParams(link.dataset.preset ?? link.dataset.set);
    // A value without a control, or one that the form carries along and the preset does not know: the link loads the page.
    const fieldsOf = (name) => [...form.elements].filter((field) => field.name === name || field.name === `${name}[]`);
    for (const [name] of values) if (!fieldsOf(name).length && name !== 'slides' && name !== 'hide') return;
    for (const { name } of form.querySelectorAll(':scope > input[type=hidden]')) if (whole && name !== 'slides' && name !== 'hide' && !values.has(name)) return;
    event.preventDefault();
    for (const [name, v] of values) {
      if (name === 'slides' || name === 'hide') continue;
      const fields = fieldsOf(name), field = fields.at(-1);
      if (field.closest('fieldset')) for (const box of fields) box.checked = v.split(',').includes(box.value);
      else if (field.type === 'checkbox') field.checked = v === 'true';
      else field.value = v;
      if (field.tagName === 'SELECT') field.dataset.was = v;
      followField(field);
    }
    showRelevant(form);
    form.dispatchEvent(new Event('input', { bubbles: true }));
  });

  const cellForm = (event) => {
    const form = event.detail.ctx.sourceElement?.closest?.('form.controls');
    return form && { form, cell: form.closest('.cell') };
  };
  // A picture that is only a sketch: the fine one is asked for when nothing else is, and gives way to every tweak.
  const rests = new WeakMap(); // by form: until the next request
  document.addEventListener('htmx:finally:request', (event) => {
    const at = cellForm(event);
    if (!at || event.detail.ctx.sourceElement !== at.form) return;
    rests.set(at.form, setTimeout(() => {
      if (at.cell.querySelector('[data-sketch]') && !at.cell.classList.contains('refused')) at.form.querySelector('.finer')?.dispatchEvent(new Event('finer'));
    }, 120));
  });
  document.addEventListener('htmx:config:request', (event) => {
    const at = cellForm(event);
    if (!at) return;
    clearTimeout(rests.get(at.form));
  });
  // Named as late as can be: a request may have waited while the one before it changed the pictures.
  document.addEventListener('htmx:before:request', (event) => {
    const at = cellForm(event);
    if (!at) return;
    const shown = [...at.cell.querySelectorAll('[data-backdrop]')].map((e) => e.dataset.backdrop);
    event.detail.ctx.request.headers['Descent-Backdrops'] = shown.join(' ');
    const open = [...at.cell.querySelectorAll('details[data-table][open]')].map((e) => e.dataset.table);
    event.detail.ctx.request.headers['Descent-Tables'] = open.join(' ');
  });
  // A closed table is not kept up to date; opening it asks for its numbers, once the controls have moved.
  document.addEventListener('toggle', ({ target }) => {
    const form = target.open && target.matches('details[data-table]') && target.closest('.cell.moved')?.querySelector('.controls');
    if (form) form.dispatchEvent(new Event('input', { bubbles: true }));
  }, true);
  // A new answer replaces the messages of the one before.
  document.addEventListener('htmx:before:swap', (event) => {
    const at = cellForm(event);
    at?.cell.querySelectorAll('.error').forEach((e) => { e.textContent = ''; });
  });
  document.addEventListener('htmx:after:swap', (event) => {
    const at = cellForm(event);
    if (!at) return;
    for (const field of at.form.elements) { // those that stand elsewhere in the cell, too
      if (!field.hasAttribute('aria-describedby')) continue;
      const message = document.getElementById(`${field.id}-error`)?.textContent.trim();
      if (message) field.setAttribute('aria-invalid', 'true');
      else field.removeAttribute('aria-invalid');
    }
    at.cell.classList.add('moved');
    at.cell.classList.toggle('refused', at.cell.querySelector('[aria-invalid]') !== null);
  });
  // An answer that is neither a picture nor a refusal: the server's words, over the picture that stays.
  document.addEventListener('htmx:finally:request', (event) => {
    const { response, text } = event.detail.ctx, at = response?.status >= 400 && response.status !== 422 && cellForm(event);
    if (at) at.form.querySelector('.problems').innerHTML = text;
  });
  // No answer at all: say so where the reader looks, and keep the picture.
  document.addEventListener('htmx:error', (event) => {
    const at = event.detail.ctx && cellForm(event);
    if (at && !event.detail.ctx.response) {
      at.form.querySelector('.problems').innerHTML = '<p class="error">The server does not answer. The picture is the last one it drew.</p>';
    }
  });
})();
