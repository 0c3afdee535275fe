/* One view, one step back. The framework writes every part of an address as a step of its own; what
   only completes the address of the view just opened belongs to that step.

   Also: another language of what is seen now, not of what was asked for when the page was opened. */
(() => {
  "use strict";

  const TOGETHER = 1500; // milliseconds within which the parts of one choice are written
  const push = window.history.pushState.bind(window.history);
  let last = -TOGETHER;

  const isCompletion = (next) =>
    next.pathname === window.location.pathname &&
    [...new URLSearchParams(window.location.search)].every(
      ([name, value]) => next.searchParams.get(name) === value,
    );

  /* A step that a reader took: a link within the room. */
  window.room.step = (address) => {
    last = performance.now();
    push({}, "", address);
  };

  window.history.pushState = (state, title, address) => {
    const next = new URL(address ?? window.location.href, window.location.href);
    if (isCompletion(next) || performance.now() - last < TOGETHER) {
      window.history.replaceState(state, title, address);
    } else {
      last = performance.now();
      push(state, title, address);
    }
  };

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.(".th-languages a[hreflang]");
      if (!link) return;
      const query = new URLSearchParams(window.location.search);
      query.set("lang", link.hreflang);
      link.href = `?${query}`;
    },
    true,
  );
})();
