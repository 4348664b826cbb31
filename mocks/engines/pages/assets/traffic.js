// Sliders beside the numbers; moving one moves the others, so that the shares stay 100 together.
const form = document.querySelector("form[data-traffic]");
if (form) {
  const rows = [...form.querySelectorAll(".share")].map((row) => ({
    slider: row.querySelector("[data-slider]"),
    number: row.querySelector("[type=number]"),
  }));
  const sum = form.querySelector("[data-sum]");
  const button = form.querySelector("button");
  const ready = !button.disabled;

  function show() {
    const total = rows.reduce((all, row) => all + Number(row.number.value), 0);
    sum.textContent = total === 100 ? "The shares add up to 100." : `The shares add up to ${total}; they must be 100 together.`;
    button.disabled = !ready || total !== 100;
    for (const row of rows) row.slider.value = row.number.value;
  }

  function rest(moved) {
    const others = rows.filter((row) => row !== moved);
    let left = 100 - Number(moved.number.value);
    const before = others.reduce((all, row) => all + Number(row.number.value), 0);
    others.forEach((row, at) => {
      const part = before ? Number(row.number.value) / before : 1 / others.length;
      const share = at === others.length - 1 ? left : Math.min(left, Math.round((100 - Number(moved.number.value)) * part));
      row.number.value = share;
      left -= share;
    });
  }

  for (const row of rows) {
    row.slider.hidden = false;
    row.slider.addEventListener("input", () => {
      row.number.value = row.slider.value;
      rest(row);
      show();
    });
    row.number.addEventListener("input", show);
  }
  show();
}
