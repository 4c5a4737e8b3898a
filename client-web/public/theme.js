// Shows the remembered theme before anything is painted: the page's own script would run a moment too late. It is in a
// separate file because the server's Content-Security-Policy allows no script in the page.
(() => {
  let theme;
  try {
    theme = localStorage.getItem('watchparty.theme');
  } catch {
    return;
  }
  if (theme !== 'light' && theme !== 'dark') return;
  document.documentElement.dataset.theme = theme;
  // This decides until the style sheet is loaded.
  document.querySelector('meta[name="color-scheme"]').content = theme;
  const own = document.querySelector(`meta[name="theme-color"][media*="${theme}"]`).content;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = own;
})();
