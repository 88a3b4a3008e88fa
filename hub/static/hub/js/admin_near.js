// Shows which firms of the register may be the one that somebody is typing.
(() => {
  const WAIT = 500;
  let waiting = 0;
  let asked = 0;

  const ask = async (panel, form) => {
    const number = ++asked;
    const told = new URLSearchParams({ name: form.elements.name.value, website: form.elements.website.value });
    const answer = await fetch(`${panel.dataset.url}?${told}`).catch(() => null);
    if (!answer?.ok || answer.redirected || number !== asked) return;
    const found = await answer.json();
    const firms = panel.querySelector("[data-hub-near-firms]");
    const status = panel.querySelector("[data-hub-near-status]");
    // The same firms again: what was ticked stays ticked, and nothing is read aloud twice.
    const fresh = document.createElement("div");
    fresh.innerHTML = found.html;
    if (fresh.textContent !== firms.textContent) firms.replaceChildren(...fresh.childNodes);
    if (status.textContent !== found.status) status.textContent = found.status;
  };

  document.addEventListener("input", (event) => {
    const panel = document.querySelector("[data-hub-near]");
    if (!panel || !["name", "website"].includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT, panel, event.target.form);
  });
})();
