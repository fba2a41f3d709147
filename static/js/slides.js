// Lecture mode. Keys and a clicker move between slides, the address names the slide, and the second window with the
// notes follows and leads. Everything here is also a link, so that it works without this file.
(() => {
  const lecture = document.querySelector('body.lecture, body.speaker');
  if (!lecture) return;
  const speaker = lecture.classList.contains('speaker'), slug = lecture.dataset.lesson;
  const slides = [...lecture.querySelectorAll('[data-slide]')];
  const ids = slides.map((s) => s.dataset.slide);
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(`descent-${slug}`) : null;
  const current = () => slides.findIndex((s) => s.classList.contains('current'));
  const address = (view, id) => `/lessons/${slug}?${view}=${encodeURIComponent(id)}`;
  const link = (selector, view, id) => { const a = lecture.querySelector(selector); if (a) a.href = address(view, id); };

  function show(at, tell = true) {
    at = Math.min(Math.max(at, 0), slides.length - 1);
    if (at === current()) return;
    if (slides[current()].contains(document.activeElement)) document.activeElement.blur();
    slides.forEach((s, i) => s.classList.toggle('current', i === at));
    const view = speaker ? 'notes' : 'slides';
    history.replaceState(null, '', address(view, ids[at]));
    link('.slide-before', view, ids[Math.max(at - 1, 0)]);
    link('.slide-after', view, ids[Math.min(at + 1, ids.length - 1)]);
    link('.notes-link', 'notes', ids[at]);
    lecture.querySelector('.slide-place').textContent = `${at + 1} of ${slides.length}`;
    window.scrollTo(0, 0);
    if (tell) channel?.postMessage({ slide: ids[at] });
  }
  channel?.addEventListener('message', ({ data }) => {
    if (ids.includes(data.slide)) show(ids.indexOf(data.slide), false);
    if (data.hello && !speaker) channel.postMessage({ slide: ids[current()] });
  });
  if (speaker) channel?.postMessage({ hello: true });

  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1 };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest('input, select, textarea, [contenteditable]');
    const page = event.key === 'PageDown' || event.key === 'PageUp';     // what a clicker sends: moves on from anywhere
    if (field && !page && event.key !== 'Escape') return;
    if (event.target.closest('a, button, summary') && (event.key === ' ' || event.key === 'Enter')) return;
    const room = document.documentElement.scrollHeight - innerHeight;
    if (event.key === 'ArrowDown' && scrollY < room - 1 || event.key === 'ArrowUp' && scrollY > 1) return;   // a tall slide scrolls first
    if (event.key in steps) show(current() + (event.shiftKey && event.key === ' ' ? -1 : steps[event.key]));
    else if (event.key === 'Home') show(0);
    else if (event.key === 'End') show(slides.length - 1);
    else if (event.key === 'n' && !speaker) window.open(address('notes', ids[current()]), 'descent-notes', 'width=900,height=700');
    else if (event.key === 'Escape' && field) field.blur();
    else if ((event.key === 's' || event.key === 'Escape') && !speaker) location.assign(lecture.querySelector('.leave').href);
    else return;
    event.preventDefault();
  });
  for (const [selector, by] of [['.slide-before', -1], ['.slide-after', 1]]) {
    lecture.querySelector(selector)?.addEventListener('click', (event) => { event.preventDefault(); show(current() + by); });
  }
  lecture.querySelector('.notes-link')?.addEventListener('click', (event) => {
    event.preventDefault();
    window.open(event.target.href, 'descent-notes', 'width=900,height=700');
  });

  const clock = lecture.querySelector('.clock');
  if (clock) {
    clock.hidden = false;
    const started = Date.now(), two = (n) => String(n).padStart(2, '0');
    const tick = () => {
      const now = new Date(), seconds = Math.floor((Date.now() - started) / 1000);
      clock.querySelector('[data-clock]').textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
      clock.querySelector('[data-elapsed]').textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)} since the window opened`;
    };
    tick();
    setInterval(tick, 1000);
  }
})();
