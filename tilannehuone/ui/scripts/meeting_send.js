/* Sends what is written in a meeting: by itself after a pause, again until it is acknowledged, and
   under one request id, so that what is sent twice is written once. */
(() => {
  "use strict";

  const room = window.room;
  const PAUSE = 700; // milliseconds without a stroke, after which words are sent
  const AGAIN = [1000, 2000, 4000, 8000]; // milliseconds until a failed sending is tried again
  const states = new WeakMap();
  const bound = new Set();
  let listener = () => {};
  let hasSaved = false;

  const requestId = () =>
    [...crypto.getRandomValues(new Uint8Array(16))]
      .map((one) => one.toString(16).padStart(2, "0"))
      .join("");

  /* An answer of the server; nothing where there is no connection to it. */
  room.post = async (address, body) => {
    try {
      const answer = await fetch(`${address}?lang=${room.lang}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (answer.status >= 500) return null;
      return { status: answer.status, ...(await answer.json()) };
    } catch {
      return null;
    }
  };

  const stateOf = (form) => {
    if (!states.has(form)) states.set(form, { tries: 0, now: "still", body: null, always: false });
    return states.get(form);
  };

  const turned = (form, now) => {
    hasSaved ||= now === "sending";
    stateOf(form).now = now;
    listener();
  };

  /* The next request of a form: a whole new record, or what has changed in one; null for none. */
  const bodyOf = (form, finished) => {
    const paper = room.paper;
    const changed = paper.unsaved(form, finished);
    const { kind, id, version, fixed, whole } = form.dataset;
    const waits = whole !== undefined && !finished;
    if (!Object.keys(changed).length || paper.lacking(form) || waits) return null;
    const told = id ? changed : paper.values(form);
    const more = !id || stateOf(form).always ? JSON.parse(fixed) : {};
    const named = id ? { id, version: Number(version) } : {};
    return { kind, ...named, request_id: requestId(), values: { ...more, ...told } };
  };

  const unsaid = (form, words) => {
    form.querySelector(".th-unsaid").textContent = words;
    room.screen.fit();
  };

  const acknowledged = (form, body, record) => {
    form.dataset.id = record.id;
    form.dataset.version = record.version;
    room.paper.markSaved(form, body.values);
    room.paper.keep(form, null);
    unsaid(form, "");
  };

  const sent = async (form, finished) => {
    const state = stateOf(form);
    for (;;) {
      const body = state.body ?? bodyOf(form, finished);
      if (!body) {
        turned(form, "still");
        return "done";
      }
      const said = JSON.stringify(body.values);
      if (said === state.refused) {
        turned(form, "refused"); // the same words would be refused again
        return "refused";
      }
      state.body = body;
      room.paper.keep(form, body);
      turned(form, "sending");
      const answer = await room.post("meeting/write", body);
      if (!answer) {
        turned(form, "offline");
        const after = AGAIN[Math.min(state.tries++, AGAIN.length - 1)];
        state.timer = setTimeout(() => save(form, finished), after);
        return "offline";
      }
      Object.assign(state, { body: null, tries: 0, refused: "" });
      if (answer.status !== 200) {
        state.refused = said;
        room.paper.keep(form, null);
        turned(form, "refused");
        if (answer.theirs) room.offerMerge(form, body, answer.theirs);
        else unsaid(form, answer.message);
        return "refused";
      }
      acknowledged(form, body, answer.record);
    }
  };

  /* Puts a finished record into its queue and frees the form for the next. */
  const queued = async (form, queue, finished) => {
    const isTapped = form.dataset.kind === "feedback"; // and queued when it was
    const body = finished && !isTapped ? bodyOf(form, true) : null;
    if (body) {
      room.paper.clear(form);
      room.paper.forget(form);
      queue.push(body);
      queue.giveBack();
    }
    return (await queue.settled()) ? "done" : stateOf(form).now;
  };

  const next = (form, finished) => {
    const state = stateOf(form);
    state.sending = (state.sending ?? Promise.resolve()).then(() => sent(form, finished));
    return state.sending;
  };

  /* Finishes a proposal as the server makes it of all that is written: it was drawn before. */
  const proposed = async (form) => {
    const queues = [...bound].map((one) => stateOf(one).queue).filter(Boolean);
    const settled = await Promise.all(queues.map((one) => one.settled()));
    if (!settled.every(Boolean)) {
      stateOf(form).timer = setTimeout(() => save(form, true), AGAIN[0]);
      return "offline";
    }
    await room.freshen();
    const drawn = [...bound].find((one) => one.dataset.place === form.dataset.place);
    return drawn ? next(drawn, true) : "still"; // nothing where the meeting was left meanwhile
  };

  /* Sends what is not saved; a promise of `done`, or of how it stands. */
  const save = (form, finished = false) => {
    const state = stateOf(form);
    if (state.queue) return queued(form, state.queue, finished);
    clearTimeout(state.timer);
    const isProposal = finished && !state.body && room.paper.isProposal(form);
    return isProposal ? proposed(form) : next(form, finished);
  };

  const typed = (form) => {
    const state = stateOf(form);
    clearTimeout(state.timer);
    room.paper.keep(form, state.body);
    if (state.queue) return;
    turned(form, state.now === "offline" ? "offline" : "typing");
    state.timer = setTimeout(() => save(form), PAUSE);
  };

  /* Binds a form just drawn to the book; what the browser had kept of it is sent again. */
  const bind = (form) => {
    const state = stateOf(form);
    state.always = form.dataset.id !== "";
    state.body = room.paper.restore(form);
    bound.add(form);
    form.addEventListener("submit", (event) => event.preventDefault());
    if ("again" in form.dataset) {
      state.queue = room.queue(form, (now) => turned(form, now));
      state.queue.flush();
    }
    if (form.dataset.kind === "feedback") return room.tapped(form, state.queue);
    form.addEventListener("input", () => typed(form));
    if (state.queue) return undefined;
    form.addEventListener("change", () => save(form));
    form.addEventListener("focusout", () => save(form));
    return save(form);
  };

  const isAtRest = (form) => {
    const state = stateOf(form);
    if (state.queue && (!state.queue.isEmpty() || form.dataset.id)) return false;
    return state.now === "still" && !state.body && !Object.keys(room.paper.unsaved(form)).length;
  };

  /* Forgets the forms that others have taken the place of. */
  const release = () => {
    for (const one of bound) if (!one.closest(".th-meet")) bound.delete(one);
  };

  /* How all forms together stand: the worst of them. */
  const standing = () => {
    const all = [...bound].map((one) => stateOf(one).now);
    const worst = ["refused", "offline", "sending", "typing"].find((one) => all.includes(one));
    return worst ?? (hasSaved ? "still" : "");
  };

  window.addEventListener("online", () => {
    for (const one of bound) if (stateOf(one).now === "offline") save(one);
  });

  room.sending = {
    bind, release, save, isAtRest, standing, requestId,
    all: () => [...bound],
    insist: (form) => {
      stateOf(form).refused = ""; // the same words, over another version
      return save(form, true);
    },
    stop: () => bound.clear(),
    whenTurned: (act) => (listener = act),
  };
})();
