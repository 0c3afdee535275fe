/* What is pressed in a meeting: beginning and closing it, saving, and mending what was written. */
(() => {
  "use strict";

  const room = window.room;

  const enter = (id) => {
    const to = new URL("meeting", window.location.href);
    to.search = new URLSearchParams({
      ...Object.fromEntries(new URLSearchParams(window.location.search)),
      meeting: id,
    });
    room.step(String(to));
    room.openScreen();
  };

  room.onPress("meeting", async (pressed) => {
    const { meeting, state } = pressed.dataset;
    if (state === "open") return enter(meeting);
    pressed.disabled = true;
    const answer = await room.post("meeting/open", { meeting });
    pressed.disabled = false;
    if (answer?.status === 200) return enter(meeting);
    return room.tell(answer?.message ?? room.text("meet_offline"));
  });

  const closed = async (pressed) => {
    const told = pressed.parentElement.querySelector(".th-unsaid");
    pressed.disabled = true;
    const left = await Promise.all(room.sending.all().map((one) => room.sending.save(one, true)));
    const isWhole = left.every((one) => one === "done");
    const answer = isWhole ? await room.post("meeting/close", { meeting: room.meetingId() }) : null;
    pressed.disabled = false;
    if (answer?.status === 200) return room.freshen();
    told.textContent = answer?.message ?? room.text(isWhole ? "meet_offline" : "meet_not_whole");
    return pressed.focus();
  };

  const mended = (pressed) => {
    const form = pressed.closest(".th-part").querySelector(".th-write");
    const { id, version, values } = JSON.parse(pressed.dataset.mends);
    Object.assign(form.dataset, { id, version });
    room.paper.fill(form, values);
    room.paper.markSaved(form, values);
    form.querySelector("textarea, input:not([type=radio])").focus();
  };

  document.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest(".th-room button");
    if (!pressed) return;
    if (pressed.dataset.act === "close") closed(pressed);
    else if (pressed.dataset.mends) mended(pressed);
    else if (pressed.matches(".th-write [type=submit]")) room.finishForm(pressed.form);
  });

  /* A measure brings the direction that is better with it. */
  document.addEventListener("change", (event) => {
    const sets = event.target.selectedOptions?.[0]?.dataset.sets;
    const form = event.target.closest?.(".th-write");
    const way = form?.querySelector("[name=expected]");
    if (way && event.target.name === "indicator_id") way.value = sets ?? "";
  }, true);
})();
