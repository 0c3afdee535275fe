"""What a slide of the meeting is written on: forms, answers chosen by number, and fields.

The browser's script reads the `data-` names: kind, id and version of the record, values that go
with it unseen (`fixed`), those that must be there (`needed`), and as they were saved (`saved`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from tilannehuone.meeting.objects import Record

MOST_LETTERS = 600
"""Of one answer: a few sentences. What is longer is no longer read from a wall."""


@dataclass(frozen=True, slots=True)
class Writes:
    """What a form writes: a kind of record, and the one there is already, if any.

    `again` forms take one record after another; `whole` ones are sent when they are finished, not
    while they are typed in. `fixed` are values sent with a new record, or with every change where
    there is one already.
    """

    kind: str
    name: str
    record: Record | None = None
    fixed: Mapping[str, Any] | None = None
    needed: Sequence[str] = ()
    again: bool = False
    whole: bool = False


def form(writes: Writes, title: str, parts: Iterable[str]) -> str:
    """Return a form; `title` names it for a reader who does not see it."""
    record = writes.record
    told = {
        "piece": writes.name,
        "kind": writes.kind,
        "id": record.id if record else "",
        "version": str(record.version if record else 0),
        "fixed": json.dumps(dict(writes.fixed or {}), sort_keys=True),
        "needed": " ".join(writes.needed),
    }
    names = "".join(f' data-{name}="{escape(one)}"' for name, one in told.items())
    again = (" data-again" if writes.again else "") + (" data-whole" if writes.whole else "")
    return (
        f'<form class="th-write"{names}{again} aria-label="{escape(title)}" novalidate>'
        f'{"".join(parts)}<p class="th-unsaid" role="alert"></p></form>'
    )


def answers(
    name: str, question: str, choices: Sequence[tuple[str, str]], chosen: str | None
) -> str:
    """Return answers of which one is chosen, each by its number too."""
    shown = "".join(
        f'<label><input type="radio" name="{name}" value="{value}" data-number="{n}"'
        f"{_checked(value == chosen)}>"
        f'<kbd aria-hidden="true">{n}</kbd><span>{escape(words)}</span></label>'
        for n, (value, words) in enumerate(choices, start=1)
    )
    saved = "" if chosen is None else f' data-saved="{escape(chosen)}"'
    return (
        f'<fieldset class="th-answers"{saved}><legend>{escape(question)}</legend>{shown}</fieldset>'
    )


def words(name: str, question: str, said: str, *, rows: int = 2, saved: str | None = None) -> str:
    """Return a field for a sentence or a few; `saved` where what stands in it is a proposal."""
    kept = said if saved is None else saved
    proposed = f' data-proposed="{escape(said)}"' if kept != said else ""
    return (
        f'<label class="th-field"><span>{escape(question)}</span>'
        f'<textarea name="{name}" rows="{rows}" maxlength="{MOST_LETTERS}" spellcheck="true"'
        f' data-saved="{escape(kept)}"{proposed}>{escape(said)}</textarea></label>'
    )


def line(name: str, question: str, said: str, known: Sequence[str] = ()) -> str:
    """Return a field of one line; `known` are words offered while it is typed in."""
    offered = "".join(f'<option value="{escape(one)}"></option>' for one in known)
    listed = f'<datalist id="th-known-{name}">{offered}</datalist>' if known else ""
    to = f' list="th-known-{name}"' if known else ""
    return (
        f'<label class="th-field"><span>{escape(question)}</span><input type="text" name="{name}"'
        f' maxlength="200" autocomplete="off" value="{escape(said)}" data-saved="{escape(said)}"'
        f"{to}></label>{listed}"
    )


def choice(
    name: str, question: str, choices: Sequence[tuple[str, str, str]], chosen: str = ""
) -> str:
    """Return a list to choose from: value, words, and what the choice sets of itself."""
    shown = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}'
        f"{f' data-sets={escape(sets)}' if sets else ''}>{escape(told)}</option>"
        for value, told, sets in choices
    )
    return (
        f'<label class="th-field"><span>{escape(question)}</span>'
        f'<select name="{name}" data-saved="{escape(chosen)}">{shown}</select></label>'
    )


def hidden(name: str, value: str) -> str:
    """Return a value that another choice sets."""
    shown = escape(value)
    return f'<input type="hidden" name="{name}" value="{shown}" data-saved="{shown}">'


def save_button(told: str) -> str:
    """Return the button that does what Enter does, for a hand."""
    return f'<button type="submit" class="th-do">{escape(told)}</button>'


def piece(name: str, html: str) -> str:
    """Return a part of a slide that is brought up to date by itself."""
    return f'<div class="th-piece" data-piece="{name}">{html}</div>'


def told(label: str, said: str, strong: str = "") -> str:
    """Return written words as the wall shows them; nothing where nothing was written."""
    if not (said or strong):
        return ""
    mark = f'<span class="label">{escape(label)}</span> ' if label else ""
    word = f"<b>{escape(strong)}</b> " if strong else ""
    return f"<li>{mark}{word}{escape(said)}</li>"


def told_list(rows: Iterable[str]) -> str:
    """Return all written words of a slide; nothing where nothing was written yet."""
    shown = "".join(rows)
    return f'<ul class="th-written">{shown}</ul>' if shown else ""


def _checked(is_chosen: bool) -> str:
    return " checked" if is_chosen else ""
