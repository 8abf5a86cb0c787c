// Runs before the first paint, so that a page never flashes in the wrong theme. The rest lives in src/themes/theme.ts,
// which writes what is read here. It is a file because the Content-Security-Policy allows no inline script.
(() => {
  const root = document.documentElement;
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem('snug.appearance') ?? '{}') ?? {};
  } catch {
    // Storage is blocked or holds something else: the defaults are a fine answer.
  }
  const dark = saved.mode === 'dark' || (saved.mode !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = typeof saved.theme === 'string' ? saved.theme : 'snug';
  root.dataset.mode = dark ? 'dark' : 'light';
  if (saved.density === 'compact') root.dataset.density = 'compact';
  if (saved.size >= 12 && saved.size <= 20) root.style.setProperty('--text-size', `${saved.size}px`);
})();
