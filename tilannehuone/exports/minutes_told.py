"""The minutes in words: whole sentences, what was left open told as such, nothing to fill in.

A part that every meeting has says in a sentence that it was empty; a part that only some meetings
have (look-backs, signs of change, what was not discussed) is then left out.
"""

from collections.abc import Iterator

from tilannehuone.exports.document import Block, Document, Paragraph, Points, Section
from tilannehuone.exports.minutes_tables import answers_table, decisions_table, promises_table
from tilannehuone.meeting.minutes import Minutes
from tilannehuone.meeting.minutes_parts import (
    CaseHandled,
    Deeper,
    Noticed,
    Reading,
    listed,
)
from tilannehuone.texts import catalogue, text
from tilannehuone.texts.format import day, in_period, period


def told(minutes: Minutes) -> Document:
    """Return the minutes as a document in the meeting's language."""
    lang = minutes.lang
    draft = "_draft" if minutes.is_draft else ""
    where = {"day": day(minutes.day, lang), "place": minutes.place}
    return Document(
        name=file_name(minutes, "file"),
        lang=lang,
        title=text(f"minutes.title{draft}", lang, **where),
        made=minutes.written_at,
        opening=tuple(_opening(minutes)),
        sections=tuple(_sections(minutes)),
        subject=text("minutes.staff_title", lang, **where),
    )


def file_name(minutes: Minutes, kind: str) -> str:
    """Return a file's name without its ending: what it is, of which area and day."""
    return f"{text(f'minutes.{kind}', minutes.lang)}-{minutes.area_code}-{minutes.day.isoformat()}"


def _opening(minutes: Minutes) -> Iterator[Block]:
    lang = minutes.lang
    if minutes.is_draft:
        yield Paragraph(text(f"minutes.draft_{minutes.state}", lang))
    held = "will_be" if minutes.state == "planned" else "held"
    lines = [text(f"minutes.{held}", lang, day=day(minutes.day, lang))]
    if minutes.next_day is None:
        lines.append(text("minutes.no_next", lang))
    else:
        lines.append(text("minutes.next", lang, day=day(minutes.next_day, lang)))
    if minutes.release_day is not None:
        lines.append(text("minutes.figures_of", lang, day=day(minutes.release_day, lang)))
    yield Paragraph(" ".join(lines))


def _sections(minutes: Minutes) -> Iterator[Section]:
    """Yield the parts in the order of the meeting; those that only some meetings have if any."""
    lang = minutes.lang
    yield _lines("successes", minutes.successes, lang)
    yield _or_none("answers", answers_table(minutes), lang)
    if minutes.look_backs:
        yield _lines("look_backs", minutes.look_backs, lang)
    yield _situation(minutes)
    if minutes.cases:
        yield _lines("cases", tuple(_case(one, lang) for one in minutes.cases), lang)
    yield _phenomena(minutes)
    yield _or_none("decisions", decisions_table(minutes), lang)
    yield _or_none("promises", promises_table(minutes), lang)
    yield Section(text("minutes.staff_message", lang), tuple(_message(minutes)))
    yield Section(text("minutes.feedback", lang), (Paragraph(_feedback(minutes)),))
    if minutes.quiet:
        told_first = Paragraph(text("minutes.quiet_told", lang))
        yield Section(text("minutes.quiet", lang), (told_first, Points(minutes.quiet)))
    background = tuple(_background(minutes))
    if background:
        yield Section(text("minutes.background", lang), background)


def _lines(key: str, lines: tuple[str, ...], lang: str) -> Section:
    """Return a part of sentences: one as a paragraph, several as points, none as said."""
    if not lines:
        return Section(text(f"minutes.{key}", lang), (Paragraph(text(f"minutes.no_{key}", lang)),))
    block = Paragraph(lines[0]) if len(lines) == 1 else Points(lines)
    return Section(text(f"minutes.{key}", lang), (block,))


def _or_none(key: str, block: Block | None, lang: str) -> Section:
    return Section(
        text(f"minutes.{key}", lang), (block or Paragraph(text(f"minutes.no_{key}", lang)),)
    )


def _situation(minutes: Minutes) -> Section:
    title = text("minutes.situation", minutes.lang)
    if not minutes.readings:
        return Section(title, (Paragraph(text("minutes.no_situation", minutes.lang)),))
    return Section(title, parts=tuple(reading(one, minutes.lang) for one in minutes.readings))


def reading(one: Reading, lang: str) -> Section:
    """Return one measure: what was shown, the judgement, the interpretation and its check."""
    blocks: list[Block] = [Paragraph(one.sentence)] if one.sentence else []
    if one.judgement:
        judged = text(f"minutes.judgement_{one.judgement}", lang)
        blocks.append(Paragraph(judged, text("minutes.judgement", lang)))
    if one.texts:
        blocks.append(Paragraph(" ".join(one.texts), text("minutes.reading", lang)))
    if one.claim:
        checked = text(f"minutes.claim_{one.claim}", lang)
        blocks.append(Paragraph(checked, text("minutes.claim", lang)))
    return Section(one.name, tuple(blocks))


def _case(one: CaseHandled, lang: str) -> str:
    key = f"outcome_{one.outcome}" if one.outcome else f"stage_{one.state}"
    owner = (text("minutes.owner", lang, owner=one.owner),) if one.owner else ()
    told_all = " ".join((text(f"minutes.{key}", lang), *one.texts, *owner))
    when = in_period(one.period_type, one.period_start, lang)
    return text("minutes.case", lang, measure=one.measure, period=when, told=told_all)


def _phenomena(minutes: Minutes) -> Section:
    title = text("minutes.phenomenon", minutes.lang)
    if not minutes.phenomena:
        return Section(title, (Paragraph(text("minutes.no_phenomenon", minutes.lang)),))
    return Section(title, parts=tuple(deeper(one, minutes.lang) for one in minutes.phenomena))


def deeper(one: Deeper, lang: str, *, with_observations: bool = True) -> Section:
    """Return one phenomenon; a question that was not answered is left out."""
    blocks: list[Block] = []
    if one.hypothesis:
        blocks.append(Paragraph(one.hypothesis, text("minutes.hypothesis", lang)))
    if one.measures:
        blocks.append(Paragraph(f"{listed(one.measures, lang)}.", text("minutes.measures", lang)))
    for number, answer in enumerate(one.answers, start=1):
        if answer:
            blocks.append(Paragraph(answer, text(f"minutes.question_{number}", lang)))
    if one.observations and with_observations:
        blocks.append(Paragraph(f"{text('minutes.observations', lang)}:"))
        blocks.append(Points(tuple(_noticed(seen, lang) for seen in one.observations)))
    return Section(one.title, tuple(blocks))


def _noticed(one: Noticed, lang: str) -> str:
    where = catalogue(lang).get(f"observations.environment_{one.environment}", "")
    subject = text(f"minutes.subject_{one.subject}", lang)
    what = ", ".join(part for part in (where.lower(), subject) if part)
    month = period("month", one.day.replace(day=1), lang)  # the day could tell whom it concerns
    return text("minutes.observation", lang, month=month, what=what, text=one.text)


def _message(minutes: Minutes) -> Iterator[Block]:
    lines = minutes.staff_message or (text("minutes.no_staff_message", minutes.lang),)
    yield from map(Paragraph, lines)


def _feedback(minutes: Minutes) -> str:
    given = minutes.feedback
    if given.counts is None:
        return text(f"minutes.{'few' if given.answered else 'no'}_feedback", minutes.lang)
    yes, partly, no = given.counts
    counted = {"answered": given.answered, "yes": yes, "partly": partly, "no": no}
    return text("minutes.counted_feedback", minutes.lang, **counted)


def _background(minutes: Minutes) -> Iterator[Block]:
    lang = minutes.lang
    if minutes.quality:
        yield Paragraph(" ".join(minutes.quality), text("minutes.quality", lang))
    if minutes.release_id:
        yield Paragraph(text("minutes.release", lang, id=minutes.release_id))
    if minutes.pack_id:
        yield Paragraph(text("minutes.pack", lang, id=minutes.pack_id))
