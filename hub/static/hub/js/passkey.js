// Asks the browser for a passkey (allauth's webauthn-json translates), puts its answer into the form and
// sends it; what goes wrong is said beside the button. <form data-passkey="add|use">
"use strict";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const options = JSON.parse(document.getElementById("passkey-options").textContent);
  const fault = form.querySelector("[data-passkey-fault]");
  const button = form.querySelector("button");

  const say = (which) => {
    for (const sentence of fault.querySelectorAll("[data-said]")) {
      sentence.hidden = sentence.dataset.said !== which;
    }
    fault.hidden = false;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!window.PublicKeyCredential) {
      say("unable");
      return;
    }
    button.disabled = true;
    fault.hidden = true;
    try {
      const answer = form.dataset.passkey === "add"
        ? await window.webauthnJSON.create(options.creation_options)
        : await window.webauthnJSON.get(options.request_options);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      button.disabled = false;
      say({ InvalidStateError: "known", SecurityError: "unable", NotSupportedError: "unable" }[error.name] || "refused");
      button.focus();
    }
  });
}
