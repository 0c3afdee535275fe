/* Two people have written the same words at the same time: nothing is overwritten, one chooses. */
(() => {
  "use strict";

  const room = window.room;

  const differing = (form, body, theirs) =>
    room.paper
      .fields(form)
      .map((one) => one.name)
      .filter((name, n, all) => all.indexOf(name) === n && name in body.values)
      .filter((name) => String(theirs[name] ?? "") !== body.values[name]);

  const chosen = (form, theirs, values) => {
    form.querySelector(".th-merge").remove();
    form.dataset.version = theirs.version;
    room.paper.markSaved(form, theirs);
    room.paper.fill(form, values);
    room.paper.keep(form, null);
    form.querySelector("textarea, input:not([type=hidden]):not([type=radio])")?.focus();
    room.sending.insist(form);
    room.screen.fit();
  };

  /* What somebody else wrote, and three ways on. */
  room.offerMerge = (form, body, theirs) => {
    form.querySelector(".th-merge")?.remove();
    const names = differing(form, body, theirs);
    const mine = Object.fromEntries(names.map((name) => [name, body.values[name]]));
    const other = Object.fromEntries(names.map((name) => [name, theirs[name] ?? ""]));
    const isChoice = (name) => form.querySelector(`[name="${name}"]`).type === "radio";
    const both = Object.fromEntries(
      names.map((name) => [
        name,
        isChoice(name) ? mine[name] : [other[name], mine[name]].filter(Boolean).join(" "),
      ]),
    );
    const shown = names.map((name) => {
      const radio = form.querySelector(`[name="${name}"][value="${CSS.escape(other[name])}"]`);
      return radio?.closest("label").querySelector("span").textContent ?? other[name];
    });
    const way = (key, values) => {
      const made = room.element("button", { type: "button", class: "th-small" }, room.text(key));
      made.addEventListener("click", () => chosen(form, theirs, values));
      return made;
    };
    const panel = room.element(
      "div",
      { class: "th-merge", role: "alert" },
      room.element("p", {}, room.text("meet_theirs", { words: shown.join(" ") })),
      way("meet_keep_mine", mine),
      way("meet_keep_theirs", other),
      way("meet_keep_both", both),
    );
    form.append(panel);
    room.screen.fit();
    panel.querySelector("button").focus();
  };
})();
