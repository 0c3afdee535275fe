/* A meeting on the shared screen: the scribe's slides hold forms, a wall's hold what was written.

   Both ask for news every moment as long as they are seen; the wall follows the scribe. */
(() => {
  "use strict";

  const room = window.room;
  const EVERY = { wall: 1000, scribe: 2000 }; // milliseconds from news to news
  let here = null; // the meeting on the screen

  const address = (what, more = {}) => {
    const query = new URLSearchParams({ meeting: here.id, lang: room.lang, ...more });
    if (here.isWall) query.set("wall", "1");
    return `meeting/${what}?${query}`;
  };

  const answered = async (what, more) => {
    const answer = await fetch(address(what, more));
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.message);
    return told;
  };

  const itemOf = (slide) => here.items.find((one) => one.id === slide?.item);

  const heard = (told) => {
    here.told = told;
    here.heardAt = performance.now();
  };

  /* News that left the server before our own words came to it. */
  const isOlder = (fresh, piece) =>
    !("again" in piece.dataset) &&
    piece.dataset.id !== "" &&
    (fresh.dataset.id === "" || Number(fresh.dataset.version) < Number(piece.dataset.version));

  /* A form stays as it is while somebody writes in it, or until all of it is saved. */
  const stays = (piece, fresh) =>
    piece.matches(".th-write")
      ? piece.contains(document.activeElement) || !room.sending.isAtRest(piece) ||
        isOlder(fresh, piece)
      : piece.isEqualNode(fresh);

  /* Puts the newest words into a slide, but for what somebody is writing in just now. */
  const put = (root, html) => {
    const came = Object.assign(document.createElement("template"), { innerHTML: html }).content;
    const part = root.querySelector(".th-part");
    if (here.isWall) return part.replaceChildren(came);
    const old = new Map([...part.children].map((one) => [one.dataset.piece, one]));
    const kept = new Set();
    let last = null;
    for (const fresh of [...came.children]) {
      const stale = old.get(fresh.dataset.piece);
      const one = stale && stays(stale, fresh) ? stale : fresh;
      // what stays is not moved: a field that is moved loses the focus
      if (!stale) part.insertBefore(one, last ? last.nextSibling : part.firstChild);
      else if (one !== stale) stale.replaceWith(one);
      kept.add(one);
      last = one;
    }
    for (const one of [...part.children]) if (!kept.has(one)) one.remove();
    room.sending.release();
    bind(root);
    return undefined;
  };

  const bind = (root) => {
    for (const form of root.querySelectorAll(".th-write:not([data-place])")) {
      form.dataset.place = `${here.id}.${root.dataset.slide}.${form.dataset.piece}`;
      room.sending.bind(form);
    }
  };

  const drawn = (slide) => {
    if (here.roots.has(slide.id)) return here.roots.get(slide.id);
    const made = Object.assign(document.createElement("template"), { innerHTML: slide.html });
    const root = made.content.firstElementChild;
    root.dataset.slide = slide.id;
    here.roots.set(slide.id, root);
    put(root, slide.part);
    return root;
  };

  const slides = async () => {
    const told = await answered("slides");
    here.items = told.items;
    here.slides = told.slides;
    heard(told);
    for (const one of told.slides) {
      const root = here.roots.get(one.id);
      if (root) put(root, one.part);
      else drawn(one); // what the browser had kept of any is sent
    }
    return told.slides;
  };

  const refresh = async (parts) => {
    const ids = Object.keys(parts);
    const isSame = ids.length === here.slides.length && here.slides.every((one) => one.id in parts);
    if (!isSame) {
      const mine = here;
      const found = await slides();
      if (here === mine) room.screen.renew(found);
      return;
    }
    for (const one of here.slides) {
      if (parts[one.id] === one.part) continue;
      one.part = parts[one.id];
      put(here.roots.get(one.id), one.part);
    }
    room.screen.fit();
    if (document.activeElement === document.body) room.screen.rest(); // what had it is no more
  };

  const news = async () => {
    const mine = here;
    if (!mine || document.hidden || !mine.slides) return;
    try {
      const told = await answered("news", { seen: mine.told.token });
      if (here !== mine) return;
      const hasMoved = told.slide !== mine.told.slide;
      heard(told);
      mine.isLost = false;
      if (told.parts) await refresh(told.parts);
      if (mine.isWall && (hasMoved || !mine.hasFollowed) && told.slide) room.screen.to(told.slide);
      mine.hasFollowed = true;
    } catch {
      mine.isLost = true;
    }
  };

  /* News at once, and from then on at their pace. */
  room.freshen = async () => {
    const mine = here;
    if (!mine) return;
    clearTimeout(mine.timer);
    await news();
    if (here !== mine) return;
    clearTimeout(mine.timer);
    mine.timer = setTimeout(room.freshen, mine.isWall ? EVERY.wall : EVERY.scribe);
  };

  const tick = () => {
    if (!here?.told) return;
    here.tools.time(here.told, here.heardAt, itemOf(here.at));
    const standing = here.isWall ? "" : room.sending.standing();
    here.tools.words(here.isLost && standing !== "refused" ? "offline" : standing);
  };

  const shown = (slide) => {
    const before = here.at;
    here.at = slide;
    if (before && before !== slide) {
      const root = here.roots.get(before.id);
      for (const form of root?.querySelectorAll(".th-write") ?? []) {
        room.sending.save(form, "whole" in form.dataset || "again" in form.dataset);
      }
    }
    tick();
    if (here.isWall) return;
    const told = { meeting: here.id, slide: slide.id, item: slide.item };
    room.post("meeting/place", told).then((answer) => {
      if (here?.at !== slide || answer?.status !== 200) return;
      heard({ ...answer, token: here.told.token });
      tick();
    });
  };

  const left = () => {
    for (const one of room.sending.all()) room.sending.save(one);
    room.sending.stop();
    clearTimeout(here.timer);
    clearInterval(here.ticking);
    here = null;
    // the page beneath is older than the book
    setTimeout(() => window.dispatchEvent(new PopStateEvent("popstate")));
  };

  /* The meeting that the address names, as the shared screen's guest; nothing where it names none. */
  room.meeting = () => {
    const asked = new URLSearchParams(window.location.search);
    const id = asked.get("meeting");
    if (!id || !window.location.pathname.endsWith("/meeting")) return null;
    const tools = room.meetingBar();
    here = { id, isWall: asked.get("wall") === "1", tools, roots: new Map(), items: [] };
    here.ticking = setInterval(tick, 1000);
    here.timer = setTimeout(room.freshen, EVERY.wall);
    room.sending.whenTurned(tick);
    const mine = here;
    return {
      bar: tools.element,
      isScribe: !mine.isWall,
      slides,
      drawn,
      shown,
      left,
      first: () => mine.told.slide || null,
      key: (event) => !mine.isWall && room.meetingKey(event, mine.roots.get(mine.at?.id)),
    };
  };

  document.addEventListener("visibilitychange", () => !document.hidden && room.freshen());
  room.meetingId = () => here?.id;
})();
