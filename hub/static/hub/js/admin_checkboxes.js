// Long lists of tick boxes: typing narrows them, and what is ticked stands above the box.
(() => {
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const narrow = (search) => {
    const words = folded(search.value).split(/\s+/).filter(Boolean);
    for (const option of search.closest("[data-hub-ticks]").querySelectorAll(".hub-ticks__option")) {
      const label = folded(option.textContent);
      option.hidden = !words.every((word) => label.includes(word));
    }
  };

  const tell = (list) => {
    const chosen = list.querySelector("[data-hub-ticks-chosen]");
    const ticked = [...list.querySelectorAll("input:checked")];
    chosen.textContent = ticked.map((input) => input.closest("label").textContent.trim()).join(" · ") || chosen.dataset.none;
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-hub-ticks-search]")) narrow(event.target);
  });
  document.addEventListener("change", (event) => {
    const list = event.target.closest?.("[data-hub-ticks]");
    if (list && event.target.type === "checkbox") tell(list);
  });
  // Enter in the narrowing box would send the whole form.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("[data-hub-ticks-search]")) event.preventDefault();
  });
})();
