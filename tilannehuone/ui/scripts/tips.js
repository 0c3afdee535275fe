/* Tooltips of drawings: what a mark's data-tip says, beside the pointer.

   A drawing has an unseen place around each mark; where the pointer is on none, the nearest within
   reach speaks. Events are heard on the document, since pages are drawn anew under our hands. */
(() => {
  "use strict";

  const room = window.room;
  const REACH = 40; // pixels from a mark's place at which it still speaks
  const APART = 16; // pixels between pointer and words
  const EDGE = 8; // pixels kept free at the window's edges
  let tip = null;
  let mark = null;

  const middle = (one) => {
    const box = one.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };

  const nearest = (drawing, x, y) => {
    let found = null;
    let least = REACH;
    for (const one of drawing.querySelectorAll("[data-tip]")) {
      const [left, top] = middle(one);
      const apart = Math.hypot(left - x, top - y);
      if (apart < least) [found, least] = [one, apart];
    }
    return found;
  };

  const under = (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const drawing = target?.closest("svg.th-drawing");
    const own = target?.closest("[data-tip]") ?? null;
    if (!drawing) return own;
    return own && drawing.contains(own) ? own : nearest(drawing, event.clientX, event.clientY);
  };

  const hide = () => {
    mark = null;
    if (tip) tip.hidden = true;
  };

  const show = (one, x, y) => {
    if (!tip?.isConnected) {
      tip = room.element("div", { class: "th-tip", role: "tooltip" });
      room.place().append(tip);
    }
    if (one !== mark) {
      mark = one;
      tip.textContent = one.dataset.tip;
    }
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const right = x + APART + width + EDGE <= window.innerWidth;
    const left = right ? x + APART : x - APART - width;
    const top = Math.min(y + APART, window.innerHeight - height - EDGE);
    tip.style.left = `${Math.max(EDGE, left)}px`;
    tip.style.top = `${Math.max(EDGE, top)}px`;
  };

  const follow = (event) => {
    const one = under(event);
    if (one) show(one, event.clientX, event.clientY);
    else if (mark) hide();
  };

  /* A mark that is a link speaks to the keyboard too, under itself. */
  const focused = (event) => {
    const one = event.target instanceof Element ? event.target.closest("a[data-tip]") : null;
    if (!one?.matches(":focus-visible")) return;
    const box = one.getBoundingClientRect();
    show(one, box.left + box.width / 2, box.bottom - APART);
  };

  document.addEventListener("focusin", focused);
  document.addEventListener("focusout", hide);
  document.addEventListener("pointermove", follow, { passive: true });
  document.addEventListener("pointerdown", follow, { passive: true });
  document.documentElement.addEventListener("pointerleave", hide);
  document.addEventListener("scroll", hide, { capture: true, passive: true });
  window.addEventListener("blur", hide);
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && mark) hide();
    },
    true,
  );
})();
