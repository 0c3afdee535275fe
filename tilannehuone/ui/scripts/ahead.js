/* A choice on the trend page is shown before the page has been run for it.

   The framework takes some 400 ms to draw a page anew; its headline and chart are there in a third
   of that when they are asked for by themselves, and sooner when they are asked for while the
   option is still being looked at. The page's own run comes to the same and stays the truth:
   whatever fails here is left to it. */
(() => {
  "use strict";

  const ASKED = /\bst-key-pick-(area|indicator|period|breakdown)\b/;
  const LOOKED_AT = 120; // milliseconds after which an option is taken to be looked at
  const FRESH_FOR = 60_000; // milliseconds
  const asked = new Map(); // answers on their way or come, by query
  let turn = 0;
  let looking = 0;

  const active = (box) => document.getElementById(box.getAttribute("aria-activedescendant"));
  const opened = () => document.querySelector("[role=combobox][aria-expanded=true]");

  const answered = async (query) => {
    const answer = await fetch(`ahead?${query}`);
    return answer.status === 200 ? answer.json() : null;
  };

  /* The headline and chart of an option of a picker: a promise of them, or of null. */
  const sent = (box, option) => {
    const name = box.closest("[class*=st-key-pick-]")?.className.match(ASKED)?.[1];
    if (!name || !document.querySelector(".st-key-drawing-trend")) return Promise.resolve(null);
    const query = new URLSearchParams(window.location.search);
    if (!query.has("lang")) query.set("lang", window.room.lang);
    query.set("pick", name);
    query.set("at", option.dataset.key);
    const key = String(query);
    if (!asked.has(key)) {
      asked.set(key, answered(key).catch(() => null));
      setTimeout(() => asked.delete(key), FRESH_FOR);
    }
    return asked.get(key);
  };

  const show = async (box, option) => {
    const mine = ++turn;
    clearTimeout(looking);
    const found = await sent(box, option);
    const head = document.querySelector(".stHtml > .th-head")?.parentElement;
    const place = document.querySelector(".st-key-drawing-trend .th-place");
    if (!found?.drawing || !head || !place || mine !== turn) return;
    head.innerHTML = found.head;
    place.innerHTML = place.drawn = found.drawing;
  };

  /* Asks ahead for the option that the keyboard or the pointer rests on. */
  const look = (option) => {
    clearTimeout(looking);
    looking = setTimeout(() => {
      const box = opened();
      const one = box && (option?.isConnected ? option : active(box));
      if (one) sent(box, one);
    }, LOOKED_AT);
  };

  addEventListener("keydown", (event) => {
    const box = event.key === "Enter" && event.target.closest?.("[role=combobox]");
    const option = box && active(box);
    if (option) show(box, option);
  }, true);

  addEventListener("pointerup", (event) => {
    const option = event.target.closest?.("[role=option]");
    const box = option && opened();
    if (box) show(box, option);
  }, true);

  addEventListener("keyup", (event) => event.key !== "Enter" && look(null), true);
  addEventListener("input", () => look(null), true);
  addEventListener("pointerover", (event) => {
    const option = event.target.closest?.("[role=option]");
    if (option) look(option);
  }, true);
})();
