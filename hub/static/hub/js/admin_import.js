// Says how far an import is while a worker does it; when that has ended, the page shows what came of it.
(() => {
  const EVERY = 1500;
  const place = document.querySelector("[data-hub-import]");
  const bar = place?.querySelector("[data-hub-import-progress]");
  const line = place?.querySelector("[data-hub-import-sentence]");

  const look = async () => {
    const answer = await fetch(place.dataset.url).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const now = await answer.json();
      if (!now.is_moving) return location.reload();
      if (line.textContent !== now.sentence) line.textContent = now.sentence;
      if (now.percent === null) bar.removeAttribute("value");
      else bar.value = now.percent;
    }
    setTimeout(look, EVERY);
  };

  if (place) setTimeout(look, EVERY);
})();
