"""A frozen pack opened later: what was known then, and how it stands to what is known today."""

import re
from dataclasses import dataclass
from html import escape

from tilannehuone.access import may
from tilannehuone.errors import RecordMissing
from tilannehuone.meeting.book import Book, one
from tilannehuone.meeting.objects import Meeting, Pack
from tilannehuone.meeting.pack import opened, verify
from tilannehuone.meeting.pack_content import Content
from tilannehuone.meeting.pack_state import PackState, State, pack_state, without_withdrawn
from tilannehuone.texts.format import day
from tilannehuone.ui.book import opened_book
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import facts_html, word_html
from tilannehuone.ui.pack_shown import today
from tilannehuone.ui.words import count

ID = re.compile(r"[0-9a-f]{64}")
LOOKS: dict[State, str] = {
    "current": "improvement.met",
    "newer": "common.late",
    "definition_changed": "neutral.both",
    "withdrawn": "none.shield",
}
"""Icons of a state; the word stands beside them."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack as it may be shown today, and how it stands.

    Nothing that was withdrawn is in `content`.
    """

    pack_id: str
    meeting: Meeting
    content: Content
    state: PackState


def opened_pack(page: Page, book: Book, pack_id: str) -> Opened | None:
    """Return the pack an address names; None where there is none that this reader may see.

    A pack that no closed meeting names was never told to anybody and is none.

    Raises
    ------
    ValueError
        The pack's content is not what its name says.
    """
    if not ID.fullmatch(pack_id):
        return None
    try:
        pack = one(book, Pack, pack_id)
        meeting = one(book, Meeting, pack.meeting_id)
    except RecordMissing:
        return None
    if meeting.pack_id != pack.id or not may(page.person, "view", meeting.area_code):
        return None
    if not verify(pack):
        raise ValueError("the pack is not what its name says")
    content = opened(pack)
    state = pack_state(content, today(page, content))
    return Opened(pack.id, meeting, without_withdrawn(content, state), state)


def found(page: Page, pack_id: str) -> tuple[Opened | None, str]:
    """Return the pack and nothing, or no pack and why there is none, as HTML."""
    try:
        shown = opened_pack(page, opened_book(page.lang), pack_id)
    except ValueError:
        return None, _empty(page, "broken")
    return shown, "" if shown else _empty(page, "missing")


def head_html(page: Page, shown: Opened) -> str:
    """Return which meeting it was, how the pack stands today, and what follows from that."""
    lang, state = page.lang, shown.state.state
    when = day(shown.content.day, lang)
    title = (
        f"<h1>{escape(page.text('title'))}"
        f' <span class="where">{escape(shown.content.area)}, {escape(when)}</span></h1>'
    )
    word = word_html(page.text(f"state_{state}"), LOOKS[state])
    lines = [page.text("known", day=when)]
    if state == "withdrawn":
        lines.append(page.text("withdrawn_why"))
    if shown.state.changed:
        lines.append(page.text("changed_count", count=count(shown.state.changed, lang)))
    added = max((one.added for one in shown.state.series), default=0)
    if added:
        lines.append(page.text("added_count", count=count(added, lang)))
    details = "".join(f'<p class="th-detail">{escape(one)}</p>' for one in lines)
    return (
        f'<header class="th-head th-pack {state}" lang="{lang}">{title}{word}'
        f'<p class="th-message">{escape(page.text(f"message_{state}"))}</p>{details}</header>'
    )


def about_html(page: Page, shown: Opened) -> str:
    """Return what the pack is: its name, the release, the program, when it was closed."""
    lang, content = page.lang, shown.content
    built = day(type(content.day).fromisoformat(content.release_day), lang)
    closed = shown.meeting.closed_at
    facts = [
        (page.text("id"), f"{shown.pack_id}. {page.text('verified')}"),
        (page.text("closed"), day(closed.date(), lang) if closed else ""),
        (page.text("release"), page.text("release_of", name=content.release_id, day=built)),
        (page.text("version"), content.code_version),
        (page.text("instance"), content.instance),
    ]
    title = escape(page.text("about"))
    return f'<section class="th-section"><h2>{title}</h2>{facts_html(facts, lang)}</section>'


def _empty(page: Page, key: str) -> str:
    title, told = escape(page.text("title")), escape(page.text(key))
    return f'<section class="th-empty" lang="{page.lang}"><h1>{title}</h1><p>{told}</p></section>'
