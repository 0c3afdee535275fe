"""The chair's pack for the monthly meeting of the learning network, and no person's name in it.

It tells which measures showed a change, the phenomenon, the decisions, the promises by role, and
what the team would like to learn from others. A name that an instance keeps is never passed on,
nor is a typed text in which that name stands: it is left out whole, and that is said.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tilannehuone.exports.document import Block, Document, Grid, Paragraph, Points, Section
from tilannehuone.exports.minutes_tables import decisions_table, network_promises_table
from tilannehuone.exports.minutes_told import deeper, file_name, reading
from tilannehuone.meeting.minutes import Minutes
from tilannehuone.meeting.minutes_parts import Deeper, Pledge, Reading
from tilannehuone.texts import text
from tilannehuone.texts.format import day

MISSING = 2
"""The place of "what is missing" among the four answers."""

Named = Callable[[str], bool]


def told(minutes: Minutes, has_name: Named = lambda _: False) -> Document:
    """Return the pack as a document.

    Parameters
    ----------
    minutes
        Of the meeting.
    has_name
        Says whether a typed text holds a person's name. Names of persons that the promises keep
        are looked for besides.
    """
    lang = minutes.lang
    where = {"day": day(minutes.day, lang), "place": minutes.place}
    draft = "_draft" if minutes.is_draft else ""
    nameless, left_out = without_names(minutes, has_name)
    opening: list[Block] = [Paragraph(text("minutes.network_opening", lang))]
    if left_out:
        key = "left_out_one" if left_out == 1 else "left_out"
        opening.append(Paragraph(text(f"minutes.{key}", lang, count=left_out)))
    return Document(
        name=file_name(minutes, "network_file"),
        lang=lang,
        title=text(f"minutes.network_title{draft}", lang, **where),
        made=minutes.written_at,
        opening=tuple(opening),
        sections=tuple(_sections(nameless)),
        subject=text("minutes.staff_title", lang, **where),
    )


def without_names(minutes: Minutes, has_name: Named) -> tuple[Minutes, int]:
    """Return the minutes as others may see them, and how many texts were left out."""
    kept = _Kept(minutes, has_name)
    return replace(
        minutes,
        readings=tuple(kept.reading(one) for one in minutes.readings),
        phenomena=tuple(filter(None, map(kept.phenomenon, minutes.phenomena))),
        decisions=tuple(
            replace(one, owner="") for one in minutes.decisions if kept.is_clean(one.text)
        ),
        answers=(),
        promises=tuple(
            _nameless(one) for one in minutes.promises if kept.is_clean(one.text, one.promiser)
        ),
    ), kept.left_out


class _Kept:
    """Decides what may be passed on, and counts what may not."""

    def __init__(self, minutes: Minutes, has_name: Named) -> None:
        pledges = (*(one.pledge for one in minutes.answers), *minutes.promises)
        self.names = {one.person.casefold() for one in pledges if one.person}
        self.names |= {part for one in self.names for part in one.split() if len(part) > 2}
        self.has_name = has_name
        self.left_out = 0

    def is_clean(self, *texts: str) -> bool:
        """Return whether no text holds a name; count one that is left out otherwise."""
        clean = not any(map(self._is_named, texts))
        self.left_out += not clean
        return clean

    def _is_named(self, words: str) -> bool:
        plain = words.casefold()
        return any(one in plain for one in self.names) or (bool(words) and self.has_name(words))

    def texts(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the texts that are clean."""
        return tuple(one for one in texts if self.is_clean(one))

    def reading(self, one: Reading) -> Reading:
        """Return a measure with the clean texts of its interpretation, if it is told at all."""
        texts = self.texts(one.texts) if one.has_signal else ()
        return replace(one, texts=texts, claim=one.claim if texts else "")

    def phenomenon(self, one: Deeper) -> Deeper | None:
        """Return a phenomenon without observations; None where its very title holds a name."""
        if not self.is_clean(one.title):
            return None
        answers = tuple(words if self.is_clean(words) else "" for words in one.answers)
        hypothesis = one.hypothesis if self.is_clean(one.hypothesis) else ""
        return replace(one, observations=(), answers=answers, hypothesis=hypothesis)


def _nameless(one: Pledge) -> Pledge:
    return replace(one, person="")


def _sections(minutes: Minutes) -> Iterator[Section]:
    lang = minutes.lang
    yield _under("signals", tuple(reading(one, lang) for one in _signals(minutes)), lang)
    deep = tuple(deeper(one, lang) for one in minutes.phenomena)
    yield _under("network_phenomenon", deep, lang)
    yield _table("decisions", decisions_table(minutes), lang)
    yield _table("promises_by_role", network_promises_table(minutes), lang)
    questions = tuple(dict.fromkeys(_questions(minutes)))
    block = Points(questions) if questions else Paragraph(text("minutes.no_learn", lang))
    yield Section(text("minutes.learn", lang), (block,))


NONE = {"network_phenomenon": "no_phenomenon", "promises_by_role": "no_promises"}


def _under(key: str, parts: tuple[Section, ...], lang: str) -> Section:
    none = Paragraph(text(f"minutes.{NONE.get(key, f'no_{key}')}", lang))
    return Section(text(f"minutes.{key}", lang), () if parts else (none,), parts)


def _table(key: str, grid: Grid | None, lang: str) -> Section:
    none = Paragraph(text(f"minutes.{NONE.get(key, f'no_{key}')}", lang))
    return Section(text(f"minutes.{key}", lang), (grid or none,))


def _signals(minutes: Minutes) -> list[Reading]:
    return [one for one in minutes.readings if one.has_signal]


def _questions(minutes: Minutes) -> Iterator[str]:
    """Yield what others may know: of phenomena, of what goes wrong and of what cannot be read."""
    lang = minutes.lang
    for one in minutes.phenomena:
        yield text("minutes.learn_phenomenon", lang, title=one.title)
        if one.answers[MISSING]:
            yield text("minutes.learn_missing", lang, text=one.answers[MISSING])
    asked = {"wrong": "learn_wrong", "cannot_say": "learn_unknown"}
    for read in minutes.readings:
        key = asked.get(read.judgement)
        if key is None and read.has_signal and not read.judgement:
            key = "learn_case"
        if key:
            yield text(f"minutes.{key}", lang, measure=read.name)
