/* Keys on the slides of a meeting. In a field they are the field's own but for Enter, which goes on,
   and Esc, which leaves it; elsewhere numbers choose an answer and letters begin the first field.
   Numbers and letters can be switched off with the other keys of one letter. */
(() => {
  "use strict";

  const room = window.room;
  const FIELDS = "textarea, input:not([type=radio]):not([type=hidden]), select";

  const ways = (form) => [...form.querySelectorAll(FIELDS)];

  /* The field in which one goes on writing: the first that is empty, else the first. */
  const firstField = (root) => {
    const all = [...root.querySelectorAll(`.th-write :is(${FIELDS})`)];
    return all.find((one) => one.matches("textarea, input") && !one.value) ?? all[0];
  };

  const letterAfterAll = (field) => {
    field.focus();
    field.setSelectionRange?.(field.value.length, field.value.length);
  };

  /* Back to a slide whose words were not taken, unless somebody writes elsewhere already. */
  room.comeBack = (form) => {
    const slide = form.closest(".th-meet")?.dataset.slide;
    if (!slide || document.activeElement.matches(FIELDS)) return;
    room.screen.to(slide);
    letterAfterAll(ways(form)[0]);
  };

  /* What Enter does at the end of a form: save it, and go on at once; the next is typed already. */
  const finished = async (form) => {
    const again = "again" in form.dataset;
    if (again && room.paper.isEmpty(form)) return room.screen.turn(1);
    const lacks = room.paper.lacking(form);
    if (lacks && !room.paper.isEmpty(form)) return lacks.focus();
    const left = room.sending.save(form, true);
    if (form.dataset.kind === "promise" && again) return ways(form)[0].focus();
    room.screen.turn(1);
    if (!again && (await left) === "refused") room.comeBack(form);
    return undefined;
  };

  const enter = (event, field) => {
    const form = field.closest(".th-write");
    if (!form) return false;
    const lines = Number(field.dataset.lines ?? 0);
    const isBreak = event.shiftKey || (lines && !event.ctrlKey && !event.metaKey);
    if (field.matches("textarea") && isBreak) {
      if (lines && field.value.split("\n").length >= lines) event.preventDefault();
      return true;
    }
    event.preventDefault();
    const all = ways(form);
    const next = all[all.indexOf(field) + 1];
    const isOver = "again" in form.dataset && room.paper.isEmpty(form);
    if (next && !isOver && !event.ctrlKey && !event.metaKey && !next.matches("select")) next.focus();
    else finished(form);
    return true;
  };

  const inField = (event, field) => {
    if (event.key === "Escape") {
      event.preventDefault();
      room.screen.rest();
    } else if (event.key === "Enter") return enter(event, field);
    else if (field.type === "radio" && /^[1-9]$/.test(event.key)) return choose(event, document);
    return true;
  };

  const choose = (event, root) => {
    const radio = root.querySelector(`.th-slide [data-number="${event.key}"]`);
    if (!radio) return false;
    event.preventDefault();
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const form = radio.closest("form");
    const field = ways(form)[0];
    if (field) letterAfterAll(field);
    return true;
  };

  const outside = (event, slide) => {
    const onButton = event.target instanceof Element && event.target.closest("button, a");
    if (event.key === "Enter" && !onButton) {
      const act = slide.querySelector("[data-act]");
      const field = firstField(slide);
      event.preventDefault();
      if (act) act.focus();
      else if (field && !field.value) letterAfterAll(field);
      else if (field) finished(field.closest("form"));
      else room.screen.turn(1);
      return true;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.key.length > 1) return false;
    if (event.key === " " || !room.keysAreOn()) return false;
    if (/^[1-9]$/.test(event.key)) return choose(event, document);
    const field = firstField(slide);
    if (!field || onButton) return false;
    letterAfterAll(field); // the letter itself then goes into the field
    return true;
  };

  /* Whether a key was the meeting's own; any other is left to the shared screen. */
  room.meetingKey = (event, slide) => {
    if (!slide) return false;
    const field = event.composedPath()[0];
    if (event.isComposing) return true;
    if (event.key !== "Tab" && room.isTyping(event)) return inField(event, field);
    return outside(event, slide);
  };

  room.finishForm = finished;
})();
