"""The situation on the meeting's slides: one measure a view, open cases, and what is late."""

from collections.abc import Iterable
from html import escape

from tilannehuone.meeting import cases
from tilannehuone.meeting.agenda import Entry
from tilannehuone.meeting.objects import Interpretation, SignalCase
from tilannehuone.texts import text
from tilannehuone.ui import claims, meeting_measure, standing
from tilannehuone.ui import meeting_forms as forms
from tilannehuone.ui.markup import word_html
from tilannehuone.ui.meeting_held import Held
from tilannehuone.ui.meeting_parts import Slide, beside, measure_name, points, upright

JUDGEMENTS = ("right", "same", "wrong", "cannot_say")


def measure(held: Held, entry: Entry, *, wall: bool) -> Slide | None:
    """Return the slide of one measure that is due: chart, sentence, and how it is read."""
    if entry.id not in held.page.indicators:
        return None
    area = held.meeting.area_code
    name, seen = meeting_measure.picture(held.page, area, entry.id)
    address = meeting_measure.address(held.page, {"area": area, "indicator": entry.id})
    html = beside(held, "situation", name, seen)
    part = reading(held, entry.id, wall=wall)
    return Slide(f"measure-{entry.id}", "situation", name, html, part, address)


def reading(held: Held, indicator_id: str, *, wall: bool) -> str:
    """Return how a measure is read: to be written, or as it was written."""
    return _told(held, indicator_id) if wall else _form(held, indicator_id)


def interpretation(held: Held, indicator_id: str) -> Interpretation | None:
    """Return how this meeting reads a measure, as far as it is written."""
    found = [one for one in held.interpretations if one.indicator_id == indicator_id]
    return found[-1] if found else None


def _form(held: Held, indicator_id: str) -> str:
    """Return judgement and words; the claim guard's mark stands apart and is brought up to date."""
    record = interpretation(held, indicator_id)
    choices = [(one, held.text(f"judgement_{one}")) for one in JUDGEMENTS]
    judged = record.judgement if record else None
    parts = [
        forms.answers("judgement", held.text("how_read"), choices, judged),
        forms.words("text", held.text("read_words"), record.text if record else "", rows=4),
    ]
    writes = forms.Writes(
        "interpretation",
        "interpretation",
        record,
        None if record else _series(held, indicator_id),
        ("judgement",),
    )
    return forms.form(writes, held.text("how_read"), parts) + _claim(held, record)


def _series(held: Held, indicator_id: str) -> dict[str, str | None]:
    """Return the series that is shown: the grain that can be read, and its latest period."""
    found = standing.standings(held.page, held.meeting.area_code).get(indicator_id)
    latest = found.latest_period if found else None
    one = held.page.indicators[indicator_id]
    return {
        "meeting_id": held.meeting.id,
        "indicator_id": indicator_id,
        "period_type": found.period_type if found else one.period,
        "period_start": latest.isoformat() if latest else None,
    }


def _told(held: Held, indicator_id: str) -> str:
    record = interpretation(held, indicator_id)
    if record is None:
        return ""
    row = forms.told("", record.text, held.text(f"judgement_{record.judgement}"))
    return forms.told_list([row]) + _claim(held, record)


def _claim(held: Held, record: Interpretation | None) -> str:
    """Return the claim guard's word on what was written, and why; nothing for no claim."""
    if record is None or not record.text:
        return forms.piece("claim", "")
    page = held.page
    found = claims.claims_in(
        page, record.text, record.indicator_id, record.area_code, record.period_type
    )
    verdict = claims.verdict_of(found)
    worst = next((one for one in found if verdict and one.judged.verdict == verdict), None)
    if verdict is None or worst is None:
        return forms.piece("claim", "")
    mark = word_html(claims.claim_word(verdict, page.lang), claims.LOOKS[verdict])
    why = f'<span class="quiet">{escape(claims.reason_words(page, worst))}</span>'
    return forms.piece("claim", f'<div class="th-claimed">{mark}{why}</div>')


def late(held: Held, entries: Iterable[Entry]) -> Slide:
    """Return the slide that names what should have come and has not."""
    names = [name for one in entries if (name := measure_name(held, one.id))]
    listed = points(held.text("late_title"), names)
    html = upright(held, "situation", "", held.text("late_said"), listed)
    return Slide("late", "situation", held.text("late_said"), html, "")


def case(held: Held, entry: Entry, *, wall: bool) -> Slide | None:
    """Return the slide of an open signal case: the curve, and what its stage asks."""
    record = next((one for one in held.cases if one.id == entry.id), None)
    if record is None or record.indicator_id not in held.page.indicators:
        return None
    name, seen = meeting_measure.picture(held.page, record.area_code, record.indicator_id)
    form = _case_told(held, record) if wall else _case_form(held, record)
    part = forms.piece("case", form) if wall else form
    title = held.text("case_of", measure=name)
    html = beside(held, "situation", title, seen)
    return Slide(f"case-{record.id}", "situation", title, html, part)


def _case_form(held: Held, record: SignalCase) -> str:
    """Return what a case's stage asks: an outcome that ends it here, or how it goes on."""
    lang, stage = held.page.lang, record.state
    if not cases.is_open(record):
        return _case_told(held, record)
    ends = [(one, text(f"cases.outcome_{one}", lang)) for one in cases.OUTCOMES[stage]]
    on = [] if stage == "outcome" else [("", text(f"cases.on_{stage}", lang))]
    asked = text(f"cases.ask_{stage}", lang)
    parts = [
        forms.answers("outcome", asked, [*on, *ends], None),
        forms.words(
            cases.WORDS[stage], text("cases.words", lang), getattr(record, cases.WORDS[stage])
        ),
        forms.line("owner", held.text("owner"), record.owner),
        forms.save_button(text("cases.save", lang)),
    ]
    fixed = {"meeting_id": held.meeting.id}
    writes = forms.Writes("signal_case", "case", record, fixed, ("outcome",), whole=True)
    return forms.form(writes, asked, parts)


def _case_told(held: Held, record: SignalCase) -> str:
    """Return what each stage found so far, and the outcome."""
    lang = held.page.lang
    outcome = text(f"cases.outcome_{record.outcome}", lang) if record.outcome else ""
    rows = [
        forms.told(text(f"cases.stage_{stage}", lang), getattr(record, name))
        for stage, name in cases.WORDS.items()
        if getattr(record, name)
    ]
    return forms.told_list([*rows, forms.told("", "", outcome) if outcome else ""])
