/* The slides of the shared screen, all in one answer, asked for once while that is fresh. */
(() => {
  "use strict";

  const room = window.room;
  const FRESH_FOR = 60_000; // milliseconds
  const asked = new Map(); // answers on their way or come, by query

  const query = () => {
    const found = new URLSearchParams(window.location.search);
    found.delete("shared");
    if (!found.has("lang")) found.set("lang", room.lang);
    // the page of studies opens with lines, and leaves what is usual out of its address
    const isStudy = window.location.pathname.endsWith("/research");
    if (isStudy && !found.has("study")) found.set("study", "lines");
    if (!isStudy) found.delete("study");
    return String(found);
  };

  const answered = async (key) => {
    const answer = await fetch(`slides?${key}`);
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.message);
    return told;
  };

  /* The slides of this address: a promise, broken with what the server says where it has none. */
  room.slides = () => {
    const key = query();
    if (!asked.has(key)) {
      const answer = answered(key);
      const forget = () => asked.delete(key);
      answer.then(() => setTimeout(forget, FRESH_FOR), forget);
      asked.set(key, answer);
    }
    return asked.get(key);
  };

  // ask ahead when a hand or the keyboard comes near the button
  for (const sign of ["pointerover", "focusin"]) {
    document.addEventListener(sign, (event) => {
      const near = event.target instanceof Element && event.target.closest("[data-room=shared]");
      if (near) room.slides().catch(() => {});
    });
  }
})();
