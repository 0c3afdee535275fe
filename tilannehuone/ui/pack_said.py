"""What a meeting said, as its pack holds it: successes, readings, decisions, promises."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from tilannehuone.texts import text
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import facts_html
from tilannehuone.ui.pack import Opened
from tilannehuone.ui.pack_differences import indicator_of
from tilannehuone.ui.words import count

Said = Mapping[str, Any]


def said_html(page: Page, shown: Opened) -> str:
    """Return everything that was written down in the meeting; empty where nothing was."""
    content = shown.content
    of = content.records
    meeting_id = shown.meeting.id
    promises = of.get("promise", ())
    made = [one for one in promises if one["meeting_id"] == meeting_id]
    answered = [one for one in promises if one["meeting_id"] != meeting_id]
    names = {one.indicator_id: indicator_of(one).name.in_language(page.lang)
             for one in content.series}  # fmt: skip
    parts = [
        _list(page, "successes", [_words(page, one["text"]) for one in of.get("success", ())]),
        _list(page, "answered", [_answer(page, one) for one in answered]),
        _list(
            page,
            "interpretations",
            [_reading(page, one, names) for one in of.get("interpretation", ())],
        ),
        _list(page, "phenomena", [_words(page, one["title"]) for one in of.get("phenomenon", ())]),
        _list(page, "decisions", [_decision(page, one) for one in of.get("decision", ())]),
        _list(page, "promises", [_promise(page, one) for one in made]),
        _list(page, "staff_message", str(content.meeting["staff_message"]).splitlines()),
        _feedback(page, content.feedback),
    ]
    body = "".join(parts)
    title = escape(page.text("said"))
    return f'<section class="th-section"><h2>{title}</h2>{body}</section>' if body else ""


def _list(page: Page, key: str, lines: Sequence[str]) -> str:
    told = "".join(f"<li>{escape(one)}</li>" for one in lines if one)
    return f"<h3>{escape(page.text(key))}</h3><ul>{told}</ul>" if told else ""


def _words(page: Page, words: str) -> str:
    """Return what was written, or that it is left out; nobody can save an empty text."""
    return words or page.text("withheld_words")


def _answer(page: Page, one: Said) -> str:
    word = page.text(f"promise_{one['state']}")
    told = f"{one['promiser']}: {_words(page, one['text'])} – {word}"
    return f"{told}. {one['learning']}".rstrip(". ") + "." if one["learning"] else f"{told}."


def _reading(page: Page, one: Said, names: Mapping[str, str]) -> str:
    judgement = text(f"meeting.judgement_{one['judgement']}", page.lang).lower()
    name = names.get(one["indicator_id"], one["indicator_id"])
    return f"{name}: {judgement}. {one['text']}".strip()


def _decision(page: Page, one: Said) -> str:
    course = text(f"meeting.course_{one['course']}", page.lang)
    owner = f" ({one['owner']})" if one["owner"] else ""
    return f"{course}: {_words(page, one['text'])}{owner}"


def _promise(page: Page, one: Said) -> str:
    return f"{one['promiser']}: {_words(page, one['text'])}"


def _feedback(page: Page, scores: Mapping[str, int]) -> str:
    if not sum(scores.values()):
        return ""
    yes, partly, no = (count(scores.get(one, 0), page.lang) for one in ("3", "2", "1"))
    told = page.text("feedback_counts", yes=yes, partly=partly, no=no)
    return facts_html([(page.text("feedback"), told)], page.lang)
