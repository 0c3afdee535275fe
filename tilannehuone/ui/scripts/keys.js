/* What the scripts of this folder share: words, a place in the page, and keys of one letter.

   A key of one letter is never taken from a field that is typed in, nor with Ctrl, Alt or Meta, and
   a reader can switch such keys off. The framework's own two (c and r) are of no use to a reader
   and are stopped, so that nobody meets its dialogs by chance. */
(() => {
  "use strict";

  const room = (window.room ??= { lang: "fi", words: {} });
  const SWITCH = "room.keys";
  const STOPPED = ["c", "r"];
  const TYPED_IN = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";
  const acts = new Map();

  // React Aria, of which widgets are made, speaks it too where the framework does not say en-US
  window[Symbol.for("react-aria.i18n.locale")] =
    { fi: "fi-FI", sv: "sv-SE", en: "en-US" }[room.lang] ?? room.lang;

  /* A text of room.yaml with its {places} filled in. */
  room.text = (key, values = {}) =>
    Object.entries(values).reduce(
      (told, [name, one]) => told.replaceAll(`{${name}}`, one),
      room.words[key] ?? "",
    );

  /* Where our own layers belong: under the element that holds the roles of colour. */
  room.place = () => document.querySelector(".stApp") ?? document.body;

  /* An element with attributes and children; a child that is no element is text. */
  room.element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, one] of Object.entries(attributes)) made.setAttribute(key, one);
    made.append(...children);
    return made;
  };

  /* Lets a key of one letter do something, wherever one is on a page. */
  room.onKey = (key, act) => acts.set(key, act);

  room.keysAreOn = () => {
    try {
      return localStorage.getItem(SWITCH) !== "off";
    } catch {
      return true; // a browser that keeps nothing
    }
  };

  room.switchKeys = (on) => {
    try {
      if (on) localStorage.removeItem(SWITCH);
      else localStorage.setItem(SWITCH, "off");
    } catch {
      // then the choice lasts as long as the browser's default
    }
  };

  room.isTyping = (event) => {
    const target = event.composedPath()[0];
    return event.isComposing || (target instanceof Element && Boolean(target.closest(TYPED_IN)));
  };

  window.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || room.isTyping(event)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (STOPPED.includes(key)) event.stopImmediatePropagation();
      const act = acts.get(key);
      if (!act || event.repeat || !room.keysAreOn() || document.querySelector(".th-room")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      act();
    },
    true,
  );

  /* Lets whatever carries data-room="name" do something when it is pressed. */
  room.onPress = (name, act) =>
    document.addEventListener("click", (event) => {
      const pressed = event.target instanceof Element && event.target.closest("[data-room]");
      if (pressed && pressed.dataset.room === name) act(pressed);
    });
})();
