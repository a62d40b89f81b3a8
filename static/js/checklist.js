/* Digits pick an answer in the item that has focus and go on to the next item; 0 is "does not apply".
   Works only while focus is inside an item, so no shortcut is in anyone's way. The count, and the way to the first open
   item, follow the answers.
   Without this file the radios work as radios, and the count is right after each save. */

const items = [...document.querySelectorAll(".item[data-scaled]")];

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.(".item[data-scaled]");
  if (!item || event.target.matches("textarea, summary") || event.ctrlKey || event.metaKey || event.altKey) return;
  const radio = item.querySelector(`input[data-digit="${CSS.escape(event.key)}"]`);
  if (!radio) return;
  event.preventDefault();
  radio.checked = true;
  for (const kind of ["input", "change"]) radio.dispatchEvent(new Event(kind, { bubbles: true }));
  const next = items[items.indexOf(item) + 1];
  (next?.querySelector("input:checked") ?? next?.querySelector("input") ?? radio).focus();
});

const count = (root) => [...root.querySelectorAll(".item[data-scaled]")].filter((item) => item.querySelector("input:checked")).length;

document.addEventListener("change", (event) => {
  if (!event.target.matches?.(".item[data-scaled] input")) return;
  const number = document.querySelector("[data-answered]");
  const meter = document.querySelector("[data-meter]");
  if (number) number.textContent = String(count(document));
  if (meter) meter.value = count(document);
  const part = event.target.closest(".part");
  const own = part && document.querySelector(`[data-part="${CSS.escape(part.id)}"]`);
  if (own) own.textContent = String(count(part));
  const open = document.querySelector("[data-first-open]");
  const first = items.find((item) => !item.querySelector("input:checked"));
  if (open) {
    open.hidden = !first;
    if (first) open.hash = first.id;
  }
});
