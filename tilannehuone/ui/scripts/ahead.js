/* A choice on the trend page is shown before the page has been run for it.

   The framework takes some 200 ms to draw a page anew; its headline and chart are there in a third
   of that when they are asked for by themselves. The page's own run comes to the same and stays the
   truth: whatever fails here is left to it. */
(() => {
  "use strict";

  const ASKED = /\bst-key-pick-(area|indicator|period|breakdown)\b/;
  let turn = 0;

  const sent = async (name, at) => {
    const query = new URLSearchParams(window.location.search);
    if (!query.has("lang")) query.set("lang", window.room.lang);
    query.set("pick", name);
    query.set("at", at);
    const answer = await fetch(`ahead?${query}`);
    return answer.status === 200 ? answer.json() : null;
  };

  const show = async (box, option) => {
    const name = box.closest("[class*=st-key-pick-]")?.className.match(ASKED)?.[1];
    const place = document.querySelector(".st-key-drawing-trend .th-place");
    if (!name || !place) return;
    const mine = ++turn;
    const found = await sent(name, option.dataset.key).catch(() => null);
    const head = document.querySelector(".stHtml > .th-head")?.parentElement;
    if (!found?.drawing || !head || !place.isConnected || mine !== turn) return;
    head.innerHTML = found.head;
    place.innerHTML = place.drawn = found.drawing;
  };

  addEventListener("keydown", (event) => {
    const box = event.key === "Enter" && event.target.closest?.("[role=combobox]");
    const option = box && document.getElementById(box.getAttribute("aria-activedescendant"));
    if (option) show(box, option);
  }, true);

  addEventListener("pointerup", (event) => {
    const option = event.target.closest?.("[role=option]");
    const box = option && document.querySelector("[role=combobox][aria-expanded=true]");
    if (box) show(box, option);
  }, true);
})();
