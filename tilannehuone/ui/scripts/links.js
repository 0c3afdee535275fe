/* The address of what is on screen, copied by a button, and the help on keys. */
(() => {
  "use strict";

  const room = window.room;
  const SEEN_FOR = 2600; // milliseconds
  let heard = null;
  let timer = 0;

  const tell = (words) => {
    if (!heard?.isConnected) {
      heard = room.element("p", { class: "th-told", role: "status" });
      room.place().append(heard);
    }
    heard.classList.add("seen");
    // after a moment: a live region is read when its words change, not when it appears with them
    setTimeout(() => (heard.textContent = words), 60);
    clearTimeout(timer);
    timer = setTimeout(() => {
      heard.classList.remove("seen");
      heard.textContent = "";
    }, SEEN_FOR);
  };

  /* For a page that is not served over https, where the clipboard is not open to scripts. */
  const copiedByHand = (address) => {
    const before = document.activeElement;
    const field = room.element("textarea", { "aria-hidden": "true", class: "th-heard" });
    field.value = address;
    room.place().append(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    field.remove();
    before?.focus?.();
    return done;
  };

  const copied = async (address) => {
    try {
      await navigator.clipboard.writeText(address);
      return true;
    } catch {
      return copiedByHand(address);
    }
  };

  room.tell = tell;

  /* An address that stands on the page rather than that of the page. */
  room.onPress("copy_address", async (pressed) => {
    const address = new URL(pressed.dataset.address, window.location.href).href;
    tell(room.text((await copied(address)) ? "copied" : "copy_failed"));
  });

  room.onPress("copy", async () => {
    tell(room.text((await copied(window.location.href)) ? "copied" : "copy_failed"));
  });

  const EVERYWHERE = [
    [["P"], "keys_shared"],
    [["?"], "keys_help"],
    [["key_tab"], "keys_tab"],
  ];
  const IN_SHARED = [
    [["→", "key_space"], "keys_next"],
    [["←"], "keys_previous"],
    [["Home", "End"], "keys_ends"],
    [["Enter"], "keys_open"],
    [["Esc"], "keys_leave"],
  ];
  const IN_MEETING = [
    [["1", "4"], "keys_choose"],
    [["Enter"], "keys_on"],
    [["Esc"], "keys_field"],
  ];

  const listed = (rows) => {
    const list = room.element("dl", { class: "th-keylist" });
    for (const [keys, words] of rows) {
      const named = keys.map((one) => room.element("kbd", {}, room.text(one) || one));
      list.append(
        room.element("div", {}, room.element("dt", {}, ...named),
          room.element("dd", {}, room.text(words))),
      );
    }
    return list;
  };

  const switched = () => {
    const box = room.element("input", { type: "checkbox" });
    box.checked = room.keysAreOn();
    box.addEventListener("change", () => room.switchKeys(box.checked));
    return room.element("label", { class: "th-switched" }, box, room.text("keys_switch"));
  };

  const help = () => {
    if (document.querySelector("dialog.th-help")) return;
    const before = document.activeElement;
    const close = room.element("button", { type: "button" }, room.text("close"));
    const dialog = room.element(
      "dialog",
      { class: "th-help", "aria-labelledby": "th-help-title" },
      room.element("h2", { id: "th-help-title" }, room.text("keys")),
      room.element("h3", {}, room.text("keys_everywhere")),
      listed(EVERYWHERE),
      room.element("h3", {}, room.text("keys_in_shared")),
      listed(IN_SHARED),
      room.element("h3", {}, room.text("keys_in_meeting")),
      listed(IN_MEETING),
      switched(),
      close,
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus?.();
    });
    close.addEventListener("click", () => dialog.close());
    room.place().append(dialog);
    dialog.showModal();
    close.focus();
  };

  room.onPress("keys", help);
  room.onKey("?", help);
})();
