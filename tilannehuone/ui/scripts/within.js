/* Links within the room change what is shown without loading the page anew: a second, not four.

   The framework listens to the browser's own Back and Forward and runs the page again for the new
   address; so a link to a page of ours writes the address and says that it has changed. What it
   cannot do is left to the browser: files, other languages (the shell is in one), other windows. */
(() => {
  "use strict";

  const PATIENCE = 8000; // milliseconds in which a page is drawn anew, or never
  const OURS = ".stHtml a[href], .th-place a[href]";

  const isPlain = (event) =>
    event.button === 0 && !event.defaultPrevented &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

  const folder = (path) => path.slice(0, path.lastIndexOf("/") + 1);

  const isWithin = (link) => {
    const to = new URL(link.href);
    const here = window.location;
    return (
      to.origin === here.origin && folder(to.pathname) === folder(here.pathname) &&
      !to.hash && !link.hasAttribute("download") && !link.hreflang &&
      (!link.target || link.target === "_self") &&
      (to.searchParams.get("lang") ?? window.room.lang) === window.room.lang
    );
  };

  /* Calls back once the page has been drawn anew so far that `found` finds something. */
  const whenDrawn = (found, then) => {
    const watch = new MutationObserver(() => {
      const one = found();
      if (!one) return;
      watch.disconnect();
      then(one);
    });
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), PATIENCE);
  };

  const isLost = () => document.activeElement === null || document.activeElement === document.body;

  /* On another page the reader begins at its heading; on the same one, where they were. */
  const keepPlace = (link, isOther) => {
    if (isOther) {
      const before = document.querySelector("h1");
      whenDrawn(
        () => [...document.querySelectorAll("h1")].find((one) => one !== before),
        (heading) => {
          document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
          heading.tabIndex = -1;
          heading.focus({ preventScroll: true });
        },
      );
    } else if (link.id) {
      whenDrawn(
        () => !link.isConnected && document.getElementById(link.id),
        (same) => isLost() && same.focus({ preventScroll: true }),
      );
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(OURS);
    if (!link || !isPlain(event) || !isWithin(link)) return;
    event.preventDefault();
    keepPlace(link, new URL(link.href).pathname !== window.location.pathname);
    window.room.step(link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
})();
