/* Records written one after another: each is sent in turn, and kept until it is acknowledged.

   The form is free for the next one at once. What the server refuses comes back into it. */
(() => {
  "use strict";

  const room = window.room;
  const AGAIN = 3000; // milliseconds until a failed sending is tried again

  const kept = (place) => {
    try {
      return JSON.parse(localStorage.getItem(place) ?? "[]");
    } catch {
      return [];
    }
  };

  const keep = (place, waiting) => {
    try {
      if (waiting.length) localStorage.setItem(place, JSON.stringify(waiting));
      else localStorage.removeItem(place);
    } catch {
      // a browser that keeps nothing
    }
  };

  /* The queue of a form; `turned` hears how it stands: sending, offline, refused or still. */
  room.queue = (form, turned) => {
    const place = `room.waiting.${form.dataset.place}`;
    const waiting = kept(place);
    let running = null; // a promise while records are being sent
    let back = null; // what was refused, until the form is free for it

    const giveBack = () => {
      if (!back || !room.paper.isEmpty(form)) return;
      const { body, answer } = back;
      back = null;
      Object.assign(form.dataset, { id: body.id ?? "", version: body.version ?? 0 });
      room.paper.fill(form, body.values);
      room.paper.keep(form, null);
      if (answer.theirs) room.offerMerge(form, body, answer.theirs);
      room.comeBack(form);
    };

    const refused = (body, answer) => {
      form.querySelector(".th-unsaid").textContent = answer.theirs ? "" : answer.message;
      turned("refused");
      if (body.kind === "feedback") return;
      back = { body, answer };
      giveBack();
    };

    const sendAll = async () => {
      turned("sending");
      while (waiting.length) {
        const answer = await room.post("meeting/write", waiting[0]);
        if (!answer) {
          turned("offline");
          setTimeout(flush, AGAIN);
          return;
        }
        const body = waiting.shift();
        keep(place, waiting);
        if (answer.status !== 200) refused(body, answer);
        else if (!waiting.length) {
          form.querySelector(".th-unsaid").textContent = "";
          turned("still");
        }
      }
      room.freshen();
    };

    const flush = () => {
      if (waiting.length) running ??= sendAll().finally(() => (running = null));
      return running;
    };

    return {
      isEmpty: () => !waiting.length && !back,
      settled: async () => {
        await flush();
        return !waiting.length && !back;
      },
      flush,
      giveBack,
      push: (body) => {
        waiting.push(body);
        keep(place, waiting);
        flush();
      },
    };
  };

  /* One tap, one answer. */
  room.tapped = (form, queue) => {
    form.addEventListener("change", (event) => {
      const values = { ...JSON.parse(form.dataset.fixed), score: Number(event.target.value) };
      queue.push({ kind: "feedback", request_id: room.sending.requestId(), values });
      setTimeout(() => (event.target.checked = false), 400);
    });
  };
})();
