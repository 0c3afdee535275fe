/* The shared screen: one message at a time over everything else, large, turned by keys.

   All slides come in one answer, so turning needs no server. `?shared=1` opens it with the page.
   A meeting brings slides of its own, which are written on: `room.meeting` (meeting.js) is its
   guest here, and hears of every slide shown and every key before the screen does. */
(() => {
  "use strict";

  const room = window.room;
  const STILL_AFTER = 2500; // milliseconds without a move, after which the pointer fades
  const SWIPE = 60; // pixels
  const LEAST_FIT = 0.66; // of the size of type, where a slide's words are many
  const WAYS = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1,
    Home: -Infinity, End: Infinity,
  };
  let screen = null; // the open screen: its elements, slides and place

  const button = (act, label, sign) =>
    room.element(
      "button",
      { type: "button", "data-turn": act, "aria-label": label, title: label },
      room.element("span", { "aria-hidden": "true" }, sign),
    );

  const built = () => {
    const parts = {
      slide: room.element("div", { class: "th-slide" }),
      place: room.element("span", { class: "th-at" }),
      heard: room.element("p", { class: "th-heard", "aria-live": "polite" }),
    };
    const turning = room.element(
      "div",
      { class: "th-turn" },
      button("-1", room.text("previous"), "‹"),
      button("1", room.text("next"), "›"),
      button("leave", room.text("leave"), "×"),
      parts.place,
    );
    parts.layer = room.element(
      "div",
      { class: "th-room", role: "dialog", "aria-modal": "true", tabindex: "-1",
        "aria-label": room.text("shared") },
      parts.slide,
      turning,
      parts.heard,
    );
    return parts;
  };

  /* Let the words of a slide shrink until nothing is cut. */
  const fit = () => {
    const { layer, slide } = screen;
    for (let size = 1; size >= LEAST_FIT; size -= 0.06) {
      layer.style.setProperty("--fit", size.toFixed(2));
      if (slide.scrollHeight <= slide.clientHeight + 1) return;
    }
  };

  const drawn = (one) => {
    one.element ??= Object.assign(document.createElement("template"), { innerHTML: one.html });
    return one.element.content.cloneNode(true);
  };

  const show = (n) => {
    const { slides, slide, place, heard, guest, layer } = screen;
    screen.at = Math.min(Math.max(n, 0), slides.length - 1);
    const one = slides[screen.at];
    slide.replaceChildren(guest ? guest.drawn(one) : drawn(one));
    fit();
    guest?.shown(one);
    if (!layer.contains(document.activeElement)) layer.focus();
    place.textContent = room.text("place", { at: screen.at + 1, of: slides.length });
    const message = slide.querySelector(".th-said p")?.textContent ?? "";
    heard.textContent = `${place.textContent}. ${one.title}. ${message}`;
  };

  const turn = (way) => {
    if (screen?.slides) show(way === 0 ? 0 : screen.at + way);
  };

  /* For the guest: slides by their ids, which may have become others, and the room they have. */
  room.screen = {
    turn,
    fit: () => screen?.slides && fit(),
    rest: () => screen?.layer.focus(),
    to: (id) => {
      const n = screen?.slides?.findIndex((one) => one.id === id) ?? -1;
      if (n >= 0 && n !== screen.at) show(n);
    },
    renew: (slides) => {
      const here = screen.slides[screen.at]?.id;
      screen.slides = slides;
      show(Math.max(0, slides.findIndex((one) => one.id === here)));
    },
  };

  /* The pointer and the buttons are there while someone moves, and fade when nobody does. */
  const stir = () => {
    const { layer } = screen;
    layer.classList.remove("still");
    clearTimeout(screen.timer);
    screen.timer = setTimeout(() => layer.classList.add("still"), STILL_AFTER);
  };

  const leave = () => {
    if (!screen) return;
    const { layer, before, beneath, timer, guest } = screen;
    clearTimeout(timer);
    guest?.left();
    screen = null;
    layer.remove();
    beneath.forEach((one) => (one.inert = false));
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    const here = new URL(window.location.href);
    if (here.searchParams.has("shared") || here.searchParams.has("wall")) {
      here.searchParams.delete("shared");
      here.searchParams.delete("wall");
      window.history.replaceState(window.history.state, "", here);
    }
    before?.focus?.({ preventScroll: true });
  };

  const open = async () => {
    if (screen) return;
    const host = room.place();
    const beneath = [...host.children].filter((one) => !one.inert);
    const guest = room.meeting?.() ?? null;
    screen = { ...built(), at: 0, before: document.activeElement, beneath, guest };
    const { layer, slide } = screen;
    const mine = screen;
    slide.append(room.element("p", { class: "th-wait" }, room.text("opening")));
    if (guest) layer.insertBefore(guest.bar, slide.nextSibling);
    host.append(layer);
    beneath.forEach((one) => (one.inert = true));
    layer.focus();
    stir();
    const whole = guest?.isScribe ? null : document.documentElement;
    whole?.requestFullscreen?.({ navigationUI: "hide" }).then(
      () => (screen === mine ? (mine.full = true) : document.exitFullscreen()),
      () => {}, // not allowed here: the browser's own frame stays
    );
    try {
      const slides = (await (guest ?? room).slides()).map((one) => ({ ...one }));
      if (screen !== mine) return;
      mine.slides = slides;
      const wanted = guest?.first() ?? new URLSearchParams(window.location.search).get("indicator");
      show(Math.max(0, slides.findIndex((one) => one.id === wanted)));
    } catch (fault) {
      if (screen !== mine) return;
      const told = fault instanceof TypeError ? "" : fault.message;
      slide.replaceChildren(
        room.element("p", { class: "th-wait", role: "alert" }, told || room.text("no_slides")));
    }
  };

  const goTo = () => {
    const one = screen?.slides?.[screen.at];
    if (one?.address) window.location.assign(one.address);
  };

  window.addEventListener(
    "keydown",
    (event) => {
      if (screen?.guest?.key(event)) return event.stopImmediatePropagation();
      if (!screen || event.ctrlKey || event.altKey || event.metaKey) return;
      event.stopImmediatePropagation();
      const onButton = event.target instanceof HTMLButtonElement;
      if (event.key === "Tab" || (onButton && [" ", "Enter"].includes(event.key))) return;
      event.preventDefault();
      if (event.key === "Escape") leave();
      else if (event.key === "Enter") goTo();
      else if (event.key in WAYS) turn(WAYS[event.key]);
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const act = event.target instanceof Element && event.target.closest("[data-turn]");
    if (!screen || !act) return;
    if (act.dataset.turn === "leave") leave();
    else turn(Number(act.dataset.turn));
  });
  document.addEventListener("pointermove", () => screen && stir(), { passive: true });
  document.addEventListener("focusin", () => screen && stir());
  let begun = null;
  document.addEventListener(
    "touchstart",
    (event) => (begun = room.isTyping(event) ? null : event.touches[0].clientX),
    { passive: true },
  );
  document.addEventListener("touchend", (event) => {
    const way = begun === null ? 0 : event.changedTouches[0].clientX - begun;
    if (screen && Math.abs(way) > SWIPE) turn(way < 0 ? 1 : -1);
    begun = null;
  });
  // Esc in full screen is the browser's own: it ends full screen and is never heard as a key
  document.addEventListener("fullscreenchange", () => {
    if (screen?.full && !document.fullscreenElement) leave();
  });
  window.addEventListener("resize", () => screen?.slides && fit());

  room.onPress("shared", open);
  room.onKey("p", open);

  room.openScreen = open;

  const asked = new URLSearchParams(window.location.search);
  if (asked.has("shared") || asked.has("wall")) {
    const waiting = new MutationObserver(() => {
      if (!document.querySelector(".stApp .th-languages")) return;
      waiting.disconnect();
      open();
    });
    waiting.observe(document.documentElement, { subtree: true, childList: true });
  }
})();
