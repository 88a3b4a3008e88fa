// A combobox with a list of suggestions (WAI-ARIA Authoring Practices: editable combobox, list autocomplete).
"use strict";

(() => {
  const input = document.querySelector("input[data-suggest]");
  const list = document.getElementById("suggestions");
  const status = document.getElementById("suggestions-status");
  if (!input || !list) return;

  const PAUSE = 150; // milliseconds without a key before the server is asked
  let timer = 0;
  let request = null;
  let active = -1;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", "suggestions");
  input.setAttribute("aria-expanded", "false");

  const options = () => [...list.querySelectorAll("[role=option]")];

  const close = () => {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    status.textContent = "";
  };

  const select = (index) => {
    const all = options();
    all[active]?.setAttribute("aria-selected", "false");
    active = index < -1 ? all.length - 1 : index >= all.length ? -1 : index;
    if (active === -1) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    all[active].setAttribute("aria-selected", "true");
    all[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[active].id);
  };

  const show = (html) => {
    list.innerHTML = html;
    active = -1;
    if (!list.firstElementChild) return close();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    status.textContent = list.firstElementChild.dataset.status;
  };

  const ask = async () => {
    request?.abort();
    request = new AbortController();
    const asked = new URLSearchParams(new FormData(input.form));
    try {
      const answer = await fetch(`${input.dataset.suggest}?${asked}`, { signal: request.signal });
      show(answer.ok ? await answer.text() : "");
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) return close();
    timer = setTimeout(ask, PAUSE);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      select(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active !== -1) {
      event.preventDefault();
      location.assign(options()[active].dataset.url);
    }
  });

  // A press must not take the focus away before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });

  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
})();
