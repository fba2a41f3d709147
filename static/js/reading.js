// Reading: the theme switch, where-am-I in the list of sections, and what was read, kept in this browser only.
(() => {
  const root = document.documentElement;
  const store = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, v) => { try { localStorage.setItem(key, v); } catch { /* progress is a convenience */ } },
  };

  const themes = document.querySelector('.theme');
  if (themes) {
    themes.hidden = false;
    const chosen = themes.querySelector(`[value="${root.dataset.theme ?? 'auto'}"]`);
    if (chosen) chosen.checked = true;
    themes.addEventListener('change', ({ target }) => {
      if (target.value === 'auto') delete root.dataset.theme;
      else root.dataset.theme = target.value;
      store.set('theme', target.value);
    });
  }

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') document.querySelector('.menu[open]')?.removeAttribute('open');
  });
  document.addEventListener('click', ({ target }) => {
    const menu = document.querySelector('.menu[open]');
    if (menu && !menu.contains(target)) menu.removeAttribute('open');
  });

  const readKey = (slug) => `read:${slug}`;
  const readSections = (slug) => new Set((store.get(readKey(slug)) ?? '').split(' ').filter(Boolean));

  const page = document.querySelector('.lesson-page');
  if (page) {
    if (page.dataset.opened) document.getElementById(page.dataset.opened)?.scrollIntoView({ block: 'start' });
    const links = new Map([...page.querySelectorAll('.toc a[href^="#"]')].map((a) => [a.hash.slice(1), a]));
    const read = readSections(page.dataset.lesson), visible = new Set();
    const sections = [...page.querySelectorAll('.section')];
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) { visible.add(target.id); read.add(target.id); } else visible.delete(target.id);
      }
      const here = sections.find((s) => visible.has(s.id))?.id;
      for (const [id, a] of links) {
        if (id === here) a.setAttribute('aria-current', 'true'); else a.removeAttribute('aria-current');
      }
      store.set(readKey(page.dataset.lesson), [...read].join(' '));
    }, { rootMargin: '-20% 0px -55% 0px' });
    sections.forEach((s) => observer.observe(s));
  }

  for (const entry of document.querySelectorAll('[data-progress] .entry')) {
    const count = Number(entry.dataset.sections), seen = Math.min(readSections(entry.dataset.lesson).size, count);
    if (!seen) continue;
    const words = entry.querySelector('[data-read]');
    words.hidden = false;
    words.textContent = seen === count ? 'read' : `${seen} of ${count} sections read`;
  }

  // `s` turns a lesson into slides.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 's' || event.ctrlKey || event.metaKey || event.altKey || !page) return;
    if (event.target.closest('input, select, textarea, [contenteditable]')) return;
    const here = page.querySelector('.toc a[aria-current]')?.hash.slice(1) ?? '';
    location.assign(`/lessons/${page.dataset.lesson}?slides=${encodeURIComponent(here)}`);
  });
})();
