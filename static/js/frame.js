/* The frame's small manners. Without this file every page works: menus open and close by their own summary,
   the error summary takes the focus by autofocus, and text areas have a scroll bar. */

// Menus close on Escape (the focus goes back to what opened them), on a press outside, and when the focus leaves.
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});
for (const kind of ["pointerdown", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
}

// The error summary takes the focus, also when it arrives later in a part of the page.
const focusErrors = (root) => root.querySelector?.("[data-error-summary]")?.focus();
focusErrors(document);
document.addEventListener("htmx:after:swap", (event) => focusErrors(event.target));

// A link in the summary leads to its field: the label is scrolled into view as well, not the field alone.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

// Text areas grow with their text where the style sheet's field-sizing is not known.
if (!CSS.supports("field-sizing", "content")) {
  const grow = (area) => {
    area.rows = Math.min(30, Math.max(Number(area.dataset.rows ??= area.rows), area.value.split("\n").length + 1));
  };
  document.querySelectorAll("textarea").forEach(grow);
  document.addEventListener("input", (event) => event.target.matches?.("textarea") && grow(event.target));
}

// Pages are printed by the browser's own command; the button saves the way to it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
