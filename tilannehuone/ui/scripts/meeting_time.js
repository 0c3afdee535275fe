/* The line under a meeting's slides: the item, the minutes left, and how the words stand. */
(() => {
  "use strict";

  const room = window.room;

  const left = (minutes, seconds) => {
    const over = seconds / 60 - minutes;
    return over > 0
      ? room.text("meet_over", { count: Math.max(1, Math.round(over)) })
      : room.text("meet_left", { count: Math.max(0, Math.ceil(-over)) });
  };

  /* The bar, and a function that brings it up to date. */
  room.meetingBar = () => {
    const parts = Object.fromEntries(
      ["item", "whole", "words"].map((one) => [one, room.element("span", { class: `at-${one}` })]),
    );
    parts.words.setAttribute("role", "status");
    const element = room.element("div", { class: "th-meetbar" }, ...Object.values(parts));

    const say = (part, words, isOver = false) => {
      if (part.textContent !== words) part.textContent = words;
      part.classList.toggle("over", isOver);
    };

    /* `told` is the server's last answer, `at` when it came, `item` the item looked at. */
    const time = (told, at, item) => {
      const since = (performance.now() - at) / 1000;
      const whole = told.seconds + since;
      if (told.state === "closed") {
        say(parts.item, item?.name ?? "");
        say(parts.whole, "");
        return;
      }
      if (item) {
        const spent = told.item === item.id ? told.item_seconds + since : 0;
        const words = `${item.name}: ${left(item.minutes, spent)}`;
        say(parts.item, words, spent > item.minutes * 60);
      }
      const words = room.text("meet_whole", { left: left(told.minutes, whole) });
      say(parts.whole, words, whole > told.minutes * 60);
    };

    const words = (standing) => {
      say(parts.words, standing ? room.text(`meet_${standing}`) : "");
      parts.words.dataset.now = standing;
    };

    return { element, time, words };
  };
})();
