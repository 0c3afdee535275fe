"""The rest of the meeting's slides: a success, the course, the message to the staff, the end."""

from html import escape
from json import dumps
from urllib.parse import urlencode

from tilannehuone.meeting.agenda import Item
from tilannehuone.meeting.objects import Decision
from tilannehuone.texts.format import day
from tilannehuone.ui import meeting_forms as forms
from tilannehuone.ui.meeting_held import Held
from tilannehuone.ui.meeting_message import proposed
from tilannehuone.ui.meeting_parts import Slide, measure_name, more, points, upright
from tilannehuone.ui.meeting_promises import left_over

COURSES = ("continue", "correct", "stop", "clarify")
SCORES = (3, 2, 1)


def opening(held: Held, *, wall: bool) -> Slide:
    """Return the first slide: what went well since the last meeting."""
    said = held.text("success_asked")
    html = upright(held, "opening", held.place, said)
    record = held.successes[0] if held.successes else None
    if wall:
        part = forms.told_list(forms.told("", one.text) for one in held.successes)
    else:
        fixed = None if record else {"meeting_id": held.meeting.id}
        writes = forms.Writes("success", "success", record, fixed, ("text",))
        field = forms.words("text", held.text("success"), record.text if record else "", rows=3)
        part = forms.form(writes, said, [field])
    return Slide("opening", "opening", said, html, part)


def course(held: Held, item: Item, *, wall: bool) -> Slide:
    """Return the slide on which it is decided how to go on, and which measures to keep."""
    said = held.text("course_asked")
    unused = [
        name for one in item.entries if one.kind == "diet" and (name := measure_name(held, one.id))
    ]
    html = upright(held, "course", "", said, points(held.text("keep_them"), unused))
    rows = [_row(held, one, wall=wall) for one in held.decisions]
    listed = forms.piece("decided", forms.told_list(rows))
    return Slide("course", "course", said, html, listed if wall else _course_form(held) + listed)


def _course_form(held: Held) -> str:
    owners = sorted({one.promiser for one in held.promises} | {o.owner for o in held.decisions})
    parts = [
        forms.answers(
            "course",
            held.text("course"),
            [(one, held.text(f"course_{one}")) for one in COURSES],
            None,
        ),
        forms.words("text", held.text("decision"), "", rows=2),
        forms.line("owner", held.text("owner"), "", [one for one in owners if one]),
        forms.save_button(held.text("save_decision")),
    ]
    fixed = {"meeting_id": held.meeting.id}
    writes = forms.Writes("decision", "decision", None, fixed, ("course", "text"), again=True)
    return forms.form(writes, held.text("course_asked"), parts)


def _row(held: Held, one: Decision, *, wall: bool) -> str:
    owner = f' <span class="quiet">{escape(one.owner)}</span>' if one.owner else ""
    words = f"<b>{escape(held.text(f'course_{one.course}'))}:</b> {escape(one.text)}{owner}"
    if wall:
        return f"<li>{words}</li>"
    values = {"course": one.course, "text": one.text, "owner": one.owner}
    record = dumps({"id": one.id, "version": one.version, "values": values})
    label = escape(held.text("mend"))
    button = f'<button type="button" class="th-mend" data-mends="{escape(record)}">{label}</button>'
    return f"<li>{words} {button}</li>"


def message(held: Held, *, wall: bool) -> Slide:
    """Return the slide of the message to the staff, and of the feedback by one tap."""
    said = held.text("message_asked")
    html = upright(held, "closing", "", said)
    if wall:
        lines = held.meeting.staff_message.splitlines()
        part = forms.told_list(forms.told("", one) for one in lines) + _tally(held)
        return Slide("message", "closing", said, html, part)
    written = held.meeting.staff_message
    field = forms.words(
        "staff_message", held.text("message"), written or proposed(held), rows=3, saved=written
    ).replace("<textarea", '<textarea data-lines="3"')
    writes = forms.Writes("meeting", "message", held.meeting)
    part = forms.form(writes, held.text("message"), [field]) + _taps(held) + _tally(held)
    return Slide("message", "closing", said, html, part)


def _taps(held: Held) -> str:
    choices = [(str(one), held.text(f"score_{one}")) for one in SCORES]
    asked = forms.answers("score", held.text("was_it_of_use"), choices, None)
    writes = forms.Writes(
        "feedback", "feedback", None, {"meeting_id": held.meeting.id}, ("score",), again=True
    )
    return forms.form(writes, held.text("was_it_of_use"), [asked])


def _tally(held: Held) -> str:
    """Return how many have tapped; who chose what is told only in the minutes, of enough people."""
    count = len(held.feedback)
    key = "tapped_one" if count == 1 else "tapped"
    return forms.piece("tally", more(held.text(key, count=count)) if count else "")


def end(held: Held, *, wall: bool) -> Slide:
    """Return the last slide: what is left open, the next meeting, and the end."""
    following = held.meeting.next_day
    lang = held.page.lang
    said = (
        held.text("next_meeting", day=day(following, lang))
        if following
        else held.text("no_next_meeting")
    )
    html = upright(held, "closing", held.place, said)
    left = forms.piece("left", left_over(held))
    if held.meeting.state == "closed":
        return Slide("end", "closing", said, html, _files(held))
    done = "" if wall else forms.piece("end", _closing(held))
    return Slide("end", "closing", said, html, left + done)


def _closing(held: Held) -> str:
    """Return the button that closes the meeting, after what that means."""
    words = escape(held.text("close"))
    button = f'<button type="button" class="th-do" data-act="close">{words}</button>'
    return f'{more(held.text("close_told"))}{button}<p class="th-unsaid" role="alert"></p>'


def _files(held: Held) -> str:
    """Return links to what a closed meeting leaves: minutes, promises as a calendar, the pack."""
    links = "".join(
        f'<li><a href="{escape(address)}" target="_blank" rel="noopener">'
        f"{escape(held.text(key))}</a></li>"
        for key, address in files(held.page.lang, held.meeting.id, held.meeting.pack_id)
    )
    return forms.piece("files", f"<h2>{escape(held.text('closed'))}</h2><ul>{links}</ul>")


def files(lang: str, meeting_id: str, pack_id: str) -> list[tuple[str, str]]:
    """Return the keys of names, and addresses, of a closed meeting's files."""
    asked = urlencode({"meeting": meeting_id, "lang": lang})
    named = (("minutes", "html"), ("minutes", "docx"), ("promises", "ics"))
    found = [(f"file_{ending}", f"export/{kind}.{ending}?{asked}") for kind, ending in named]
    if pack_id:
        found.append(("file_pack", f"pack?{urlencode({'id': pack_id, 'lang': lang})}"))
    return found
