// Digits choose an option of the question that has the focus; Ctrl+Enter saves from anywhere in the form.
const form = document.querySelector("form[data-keys]");
if (form) {
  form.querySelector("[data-hint]").hidden = false;
  form.querySelector("input, textarea")?.focus({ preventScroll: true });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
    const box = event.target.closest("fieldset");
    if (!box || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("textarea, [type=number]")) return;
    const option = box.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (option) {
      option.click();
      option.focus();
    }
  });
}
