/* What stands in the forms of a meeting's slides, what of it is saved, and what the browser keeps
   until it is. Nothing typed is lost: it is kept at every stroke, and forgotten when acknowledged. */
(() => {
  "use strict";

  const room = window.room;
  const KEPT = "room.meeting.";

  const fields = (form) => [...form.elements].filter((one) => one.name);
  const isRadio = (field) => field.type === "radio";
  const savedOf = (field) => (isRadio(field) ? field.closest("fieldset") : field).dataset.saved;

  /* All values by name; of answers to choose from, the chosen one if there is one. */
  const values = (form) => {
    const found = {};
    for (const one of fields(form)) {
      if (!isRadio(one)) found[one.name] = one.value;
      else if (one.checked) found[one.name] = one.value;
    }
    return found;
  };

  /* A proposal that nobody has touched counts only when the form is finished. */
  const unsaved = (form, finished = false) => {
    const now = values(form);
    const found = {};
    for (const one of fields(form)) {
      const isProposal = one.dataset.proposed === now[one.name] && !finished;
      if (!(one.name in now) || now[one.name] === savedOf(one) || isProposal) continue;
      found[one.name] = now[one.name];
    }
    return found;
  };

  /* Whether all that is not saved is a proposal that nobody has touched. */
  const isProposal = (form) =>
    !Object.keys(unsaved(form)).length && Object.keys(unsaved(form, true)).length > 0;

  const fill = (form, told) => {
    for (const one of fields(form)) {
      if (!(one.name in told)) continue;
      if (isRadio(one)) one.checked = one.value === String(told[one.name]);
      else one.value = told[one.name] ?? "";
    }
  };

  const markSaved = (form, told) => {
    for (const one of fields(form)) {
      if (one.name in told) {
        (isRadio(one) ? one.closest("fieldset") : one).dataset.saved = String(told[one.name] ?? "");
      }
    }
  };

  /* An empty form for the next record of an `again` form. */
  const clear = (form) => {
    form.dataset.id = "";
    form.dataset.version = "0";
    for (const one of fields(form)) {
      if (isRadio(one)) {
        one.checked = false;
        delete one.closest("fieldset").dataset.saved;
      } else one.value = one.dataset.saved = "";
    }
  };

  const isEmpty = (form) => Object.values(values(form)).every((one) => one === "");

  /* The first field that must be filled in and is not; nothing where the form is whole. */
  const lacking = (form) => {
    const now = values(form);
    const name = form.dataset.needed.split(" ").filter(Boolean).find((one) => {
      const isChoice = isRadio(form.querySelector(`[name="${one}"]`) ?? {});
      return isChoice ? !(one in now) : !now[one]?.trim();
    });
    return name && form.querySelector(`[name="${name}"]`);
  };

  const place = (form) => `${KEPT}${form.dataset.place}`;

  /* What is typed and not acknowledged, with the request that is on its way if one is. */
  const keep = (form, body) => {
    try {
      const left = unsaved(form);
      if (!body && !Object.keys(left).length) return localStorage.removeItem(place(form));
      const { id, version } = form.dataset;
      localStorage.setItem(place(form), JSON.stringify({ id, version, values: left, body }));
    } catch {
      // a browser that keeps nothing: then the words live as long as the page
    }
  };

  const forget = (form) => {
    try {
      localStorage.removeItem(place(form));
    } catch {
      // there was nothing kept
    }
  };

  /* Puts what was kept back into a form just drawn; returns the request that was on its way. */
  const restore = (form) => {
    try {
      const kept = JSON.parse(localStorage.getItem(place(form)) ?? "null");
      if (!kept) return null;
      if (kept.id) Object.assign(form.dataset, { id: kept.id, version: kept.version });
      fill(form, kept.values);
      return kept.body ?? null;
    } catch {
      return null;
    }
  };

  room.paper = {
    values, unsaved, isProposal, fill, markSaved, clear, isEmpty, lacking, keep, forget, restore,
    savedOf, fields,
  };
})();
