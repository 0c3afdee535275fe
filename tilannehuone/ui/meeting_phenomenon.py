"""One phenomenon gone into: the curve beside what was observed, then the four questions."""

from collections.abc import Iterator
from html import escape

from tilannehuone.meeting.agenda import Entry
from tilannehuone.meeting.objects import Phenomenon
from tilannehuone.texts.format import day
from tilannehuone.ui import meeting_forms as forms
from tilannehuone.ui import meeting_measure
from tilannehuone.ui.meeting_held import Held
from tilannehuone.ui.meeting_parts import Slide, beside, points, upright

QUESTIONS = (("right_way", "how_noticed"), ("what_missing", "not_needed"))
"""The four questions, two on a slide: so all of them can be read from afar."""

MOST_OBSERVATIONS = 4


def slides(held: Held, entries: tuple[Entry, ...], *, wall: bool) -> Iterator[Slide]:
    """Yield the slides of what is gone into; where nothing is chosen, one to choose it on."""
    ids = [one.id for one in entries if one.kind == "phenomenon"]
    mine = [one for one in held.phenomena if one.id in ids or one.discussed_in == held.meeting.id]
    for one in mine:
        yield _beside(held, one, wall=wall)
        for n, pair in enumerate(QUESTIONS, start=1):
            yield _asked(held, one, n, pair, wall=wall)
    if not mine:
        yield _new(held, wall=wall)


def _new(held: Held, *, wall: bool) -> Slide:
    parts = [
        forms.words("title", held.text("phenomenon_title"), "", rows=2),
        forms.words("hypothesis", held.text("hypothesis"), "", rows=3),
    ]
    fixed = {"area_code": held.meeting.area_code, "discussed_in": held.meeting.id}
    writes = forms.Writes("phenomenon", "new", None, fixed, ("title",))
    said = held.text("phenomenon_none")
    part = "" if wall else forms.form(writes, held.text("phenomenon_title"), parts)
    return Slide("phenomenon", "phenomenon", said, upright(held, "phenomenon", "", said), part)


def _beside(held: Held, one: Phenomenon, *, wall: bool) -> Slide:
    """Return the curve of the first measure it is tied to, beside what was observed."""
    seen = ""
    known = [each for each in one.indicators if each in held.page.indicators]
    if known:
        name, drawn = meeting_measure.picture(held.page, held.meeting.area_code, known[0])
        seen = f"<h2>{escape(name)}</h2>{drawn}"
    part = _observations(held, one)
    if wall:
        part += forms.told_list([forms.told(held.text("hypothesis"), one.hypothesis)])
    else:
        words = forms.words("hypothesis", held.text("hypothesis"), one.hypothesis, rows=3)
        part += forms.form(_writes(held, one, "hypothesis"), held.text("hypothesis"), [words])
    html = (
        beside(held, "phenomenon", one.title, seen)
        if seen
        else upright(held, "phenomenon", "", one.title)
    )
    return Slide(f"phenomenon-{one.id}", "phenomenon", one.title, html, part)


def _observations(held: Held, one: Phenomenon) -> str:
    """Return the newest observations behind a phenomenon."""
    mine = [each for each in held.observations if each.phenomenon_id == one.id]
    newest = sorted(mine, key=lambda each: (each.day, each.id))[-MOST_OBSERVATIONS:]
    rows = [f"{day(each.day, held.page.lang)}: {each.text}" for each in reversed(newest)]
    return forms.piece("observed", points(held.text("observed"), rows))


def _asked(held: Held, one: Phenomenon, n: int, pair: tuple[str, str], *, wall: bool) -> Slide:
    """Return two of the four questions."""
    if wall:
        rows = [forms.told(held.text(name), getattr(one, name)) for name in pair]
        part = forms.told_list(rows)
    else:
        fields = [forms.words(name, held.text(name), getattr(one, name), rows=3) for name in pair]
        part = forms.form(_writes(held, one, f"questions-{n}"), one.title, fields)
    html = upright(held, "phenomenon", one.title, "")
    asked = " ".join(held.text(name) for name in pair)
    if wall:
        html = upright(held, "phenomenon", one.title, "", *_questions(held, pair))
    return Slide(f"phenomenon-{one.id}-{n}", "phenomenon", f"{one.title}. {asked}", html, part)


def _questions(held: Held, pair: tuple[str, str]) -> Iterator[str]:
    """Yield the questions by themselves, for a wall on which nothing is answered yet."""
    for name in pair:
        yield f'<p class="th-asked">{escape(held.text(name))}</p>'


def _writes(held: Held, one: Phenomenon, name: str) -> forms.Writes:
    return forms.Writes("phenomenon", name, one, {"discussed_in": held.meeting.id})
