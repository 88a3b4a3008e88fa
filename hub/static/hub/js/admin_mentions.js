// Offers to tick the capabilities that a firm's texts mention, while they are being written.
(() => {
  const TEXTS = /^(tagline|description|offers_text|looks_for_text)_(en|fr|nl)$/;
  let waiting = 0;

  const box = (value) => document.querySelector(`input[name="capabilities"][value="${CSS.escape(value)}"]`);

  const show = (panel, mentions) => {
    const open = mentions.filter((mention) => box(String(mention.value))?.checked === false);
    panel.querySelector("[data-hub-mentions-list]").replaceChildren(
      ...open.map((mention) => {
        const line = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button button-small button-secondary";
        button.dataset.hubMention = mention.value;
        button.textContent = mention.label;
        button.setAttribute("aria-label", `${panel.dataset.tick}: ${mention.label}`);
        line.append(button);
        return line;
      }),
    );
    panel.hidden = open.length === 0;
  };

  const ask = async () => {
    const panel = document.querySelector("[data-hub-mentions]");
    const form = document.querySelector("[data-edit-form]");
    if (!panel || !form) return;
    const told = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (TEXTS.test(name) || name === "csrfmiddlewaretoken") told.append(name, value);
    }
    const answer = await fetch(panel.dataset.url, { method: "POST", body: told });
    if (answer.ok && !answer.redirected) show(panel, (await answer.json()).mentions);
  };

  document.addEventListener("input", (event) => {
    if (!TEXTS.test(event.target.name ?? "")) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 600);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-hub-mention]");
    if (!button) return;
    const input = box(button.dataset.hubMention);
    if (input && !input.checked) input.click();
    const panel = button.closest("[data-hub-mentions]");
    button.closest("li").remove();
    panel.hidden = !panel.querySelector("[data-hub-mention]");
    input?.focus();
  });
})();
