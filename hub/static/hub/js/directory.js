// Keeps the directory's form in step with the results that htmx swaps in: counts, ticks, order, focus.
"use strict";

(() => {
  const form = document.getElementById("search");
  const results = document.getElementById("results");
  if (!form || !results || !window.htmx) return;

  const number = new Intl.NumberFormat(document.documentElement.lang);

  // The fieldsets stay in the page, so that focus, open lists and their order stay where they were.
  const inStep = () => {
    const shown = results.querySelector("[data-counts]");
    if (!shown) return;
    const counts = JSON.parse(shown.dataset.counts);
    const asked = new URL(shown.dataset.url, location.href).searchParams;
    for (const box of form.querySelectorAll("input[type=checkbox]")) {
      box.checked = asked.getAll(box.name).includes(box.value);
      const count = box.closest("label").querySelector(".facet__count");
      if (!count) continue;
      const found = counts[box.name]?.[box.value] ?? 0;
      count.textContent = number.format(found);
      box.closest("label").classList.toggle("is-empty", found === 0);
    }
    const text = document.getElementById("q");
    if (text !== document.activeElement) text.value = asked.get("q") ?? "";
    document.getElementById("sort").value = asked.get("sort") ?? "relevance";
  };

  let follow = false;
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    // A link in the results goes away with them: the reader then goes on at their start.
    follow = results.contains(event.detail.elt);
  });

  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== results) return;
    inStep();
    if (follow) document.getElementById("results-section").focus();
    follow = false;
  });

  // No answer, or an error: the browser shows the page itself, with what it has to say.
  for (const failed of ["htmx:responseError", "htmx:sendError"]) {
    document.body.addEventListener(failed, (event) => {
      location.assign(event.detail.pathInfo.finalRequestPath);
    });
  }

  // Unless new words were typed, the results are there already: the button at the end only leads to them.
  const filters = form.querySelector("details.filters");
  document.getElementById("show").addEventListener("click", (event) => {
    const shown = new URL(results.querySelector("[data-url]").dataset.url, location.href).searchParams;
    if ((shown.get("q") ?? "") === document.getElementById("q").value.trim()) event.preventDefault();
    filters.open = false;
    document.getElementById("results-section").focus();
  });

  // Browsers that cannot show the inside of a closed disclosure beside the results open it.
  if (!CSS.supports("selector(::details-content)")) {
    const wide = matchMedia("(width >= 62rem)");
    const adapt = () => { filters.open = wide.matches; };
    wide.addEventListener("change", adapt);
    adapt();
  }
})();
