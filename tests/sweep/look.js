/* What is wrong with the page that is open, as sentences: everything folded is unfolded first, then, where `menus` is
   set, each menu of the bar and each dialog is opened in its turn. */
async (menus) => {
  const found = new Set();
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const examine = async (where) => {
    const { violations } = await axe.run(where, { runOnly: tags, resultTypes: ["violations"], preload: false });
    for (const one of violations.filter(({ impact }) => ["serious", "critical"].includes(impact))) {
      const nodes = one.nodes.slice(0, 4).map(({ html }) => html.slice(0, 160));
      found.add(`${one.id} (${one.impact}): ${nodes.join(" | ")}`);
    }
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) found.add("goes sideways");
  };
  for (const folded of document.querySelectorAll("main details")) folded.open = true;
  await examine(document);
  for (const menu of menus ? document.querySelectorAll("details.menu") : []) {
    menu.open = true;
    await examine(menu);
    menu.open = false;
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.showModal();
    await examine(dialog);
    dialog.close();
  }
  return [...found];
}
