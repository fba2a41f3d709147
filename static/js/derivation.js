// The sheet of a derivation: buttons write their symbol at the caret, as typing would, so that it can be undone; the arrow keys walk
// along the buttons, of which one is in the tab order. The echo itself belongs to htmx.
(() => {
  const CARET = '‸';
  const fieldOf = (bar) => document.getElementById(bar.dataset.symbols);

  function insert(field, text) {
    const at = text.indexOf(CARET), plain = text.replace(CARET, '');
    field.focus();
    const start = field.selectionStart, chosen = field.value.slice(start, field.selectionEnd);
    const whole = at < 0 ? plain : plain.slice(0, at) + chosen + plain.slice(at); // what is selected goes between the brackets
    if (!document.execCommand('insertText', false, whole)) {
      field.setRangeText(whole, start, field.selectionEnd, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (at >= 0 && !chosen) field.setSelectionRange(start + at, start + at);
  }

  document.addEventListener('click', ({ target }) => {
    const button = target.closest?.('.symbols button');
    if (button) insert(fieldOf(button.parentElement), button.dataset.insert);
  });

  // A toolbar: https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
  function enter(bar) {
    const buttons = [...bar.children];
    if (!buttons.some((b) => b.tabIndex < 0)) buttons.forEach((b, i) => { b.tabIndex = i ? -1 : 0; });
  }
  document.addEventListener('focusin', ({ target }) => {
    const bar = target.closest?.('.symbols');
    if (!bar) return;
    for (const button of bar.children) button.tabIndex = button === target ? 0 : -1;
  });
  document.addEventListener('keydown', (event) => {
    const bar = event.target.closest?.('.symbols');
    if (!bar || event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = [...bar.children], at = buttons.indexOf(event.target), last = buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[to].focus();
  });
  const prepare = () => document.querySelectorAll('.symbols').forEach(enter);
  prepare();
  document.addEventListener('htmx:after:swap', prepare);

  // Browsers that do not size a field by its content get one row more than there are lines.
  if (!CSS.supports('field-sizing', 'content')) {
    document.addEventListener('input', ({ target }) => {
      if (target.matches('.derivation-sheet textarea')) target.rows = Math.max(8, target.value.split('\n').length + 1);
    });
  }
  // What the check answers stands below the sheet: the eye is led there.
  document.addEventListener('htmx:after:swap', (event) => {
    if (event.detail.ctx?.sourceElement?.id === 'derivation-form') document.getElementById('derivation-answer')?.scrollIntoView({ block: 'nearest' });
  });
})();
