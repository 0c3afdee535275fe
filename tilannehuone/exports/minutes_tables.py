"""The tables of the minutes; a column that nobody filled in is left out."""

from collections.abc import Mapping, Sequence

from tilannehuone.exports.document import Grid
from tilannehuone.meeting.minutes import Minutes
from tilannehuone.meeting.minutes_parts import Answer, Pledge
from tilannehuone.texts import text
from tilannehuone.texts.format import day, in_period


def answers_table(minutes: Minutes) -> Grid | None:
    """Return what became of earlier promises; None where none were due."""
    lang = minutes.lang
    columns = {
        "promiser": [promiser(one.pledge, lang) for one in minutes.answers],
        "promise": [one.pledge.text for one in minutes.answers],
        "answer": [answer_words(one, lang) for one in minutes.answers],
        "learning": [learning_words(one, lang) for one in minutes.answers],
    }
    return _grid("answers_caption", columns, {"learning": "no_learning"}, lang)


def decisions_table(minutes: Minutes) -> Grid | None:
    """Return what was decided; None where nothing was."""
    lang = minutes.lang
    columns = {
        "course": [text(f"minutes.course_{one.course}", lang) for one in minutes.decisions],
        "decision": [one.text or text("minutes.no_words", lang) for one in minutes.decisions],
        "owner": [one.owner for one in minutes.decisions],
    }
    return _grid("decisions_caption", columns, {"owner": "no_owner"}, lang)


def promises_table(minutes: Minutes) -> Grid | None:
    """Return what was promised for next time; None where nothing was."""
    lang, made = minutes.lang, minutes.promises
    columns = {
        "promiser": [promiser(one, lang) for one in made],
        "promise": [one.text for one in made],
        "due": [due_words(one, lang) for one in made],
        "measure": [measure_words(one, lang) for one in made],
        "seen": [seen_words(one, lang) for one in made],
    }
    empty = {"measure": "no_measure", "seen": "not_reckoned"}
    return _grid("promises_caption", columns, empty, lang)


def network_promises_table(minutes: Minutes) -> Grid | None:
    """Return what was promised by role and organisation, without names; None where nothing was."""
    lang, made = minutes.lang, minutes.promises
    columns = {
        "promiser": [promiser(one, lang, with_person=False) for one in made],
        "promise": [one.text for one in made],
        "measure": [measure_words(one, lang) for one in made],
    }
    return _grid("promises_by_role_caption", columns, {"measure": "no_measure"}, lang)


def promiser(one: Pledge, lang: str, *, with_person: bool = True) -> str:
    """Return who promises: a role or organisation, and a name only where one is kept."""
    role = one.promiser or text("minutes.no_promiser", lang)
    if with_person and one.person:
        return text("minutes.named", lang, role=role, person=one.person)
    return role


def answer_words(one: Answer, lang: str) -> str:
    """Return what became of a promise in one or two sentences."""
    told = text(f"minutes.state_{one.state}", lang)
    if not one.goes_on:
        return told
    times = one.pledge.carried
    key = "carried_often" if times > 1 else "carried_once"
    return f"{told} {text(f'minutes.{key}', lang, times=times)}"


def learning_words(one: Answer, lang: str) -> str:
    """Return what was learnt, and what is in the way; empty where neither was written."""
    obstacle = text("minutes.obstacle", lang, text=one.obstacle) if one.obstacle else ""
    return " ".join(part for part in (one.learning, obstacle) if part)


def due_words(one: Pledge, lang: str) -> str:
    """Return the day a promise is due, or that none was agreed."""
    return day(one.due, lang) if one.due else text("minutes.no_due", lang)


def measure_words(one: Pledge, lang: str) -> str:
    """Return the measure and the direction it is expected to take; empty without a measure."""
    if not one.measure or not one.expected:
        return one.measure
    return text(f"minutes.expected_{one.expected}", lang, measure=one.measure)


def seen_words(one: Pledge, lang: str) -> str:
    """Return the first month in which an effect could be seen; empty where none is known."""
    if one.seen_from is None:
        return ""
    when = text("minutes.seen_from", lang, when=in_period("month", one.seen_from, lang))
    return when[:1].upper() + when[1:]


def _grid(
    caption: str, columns: Mapping[str, Sequence[str]], empty: dict[str, str], lang: str
) -> Grid | None:
    """Return the columns as a table, the cells of those in `empty` filled with a word."""
    filled = {
        name: [cell or text(f"minutes.{empty[name]}", lang) for cell in cells]
        if name in empty
        else cells
        for name, cells in columns.items()
        if name not in empty or any(cells)
    }
    rows = tuple(zip(*filled.values(), strict=True))
    if not rows:
        return None
    heads = tuple(text(f"minutes.col_{name}", lang) for name in filled)
    return Grid(text(f"minutes.{caption}", lang), heads, rows)
