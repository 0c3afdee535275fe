"""A look-back in words: what was before a promise and what is after it, never what came of what."""

from tilannehuone.finding import SeriesNames
from tilannehuone.finding_amounts import PER_CENT, amount
from tilannehuone.meeting.lookback import LookBack, SeenFrom
from tilannehuone.texts import text
from tilannehuone.texts.format import in_period, number, percent


def verdict_word(look: LookBack, lang: str) -> str:
    """Return the verdict in a few words."""
    return text(f"agenda.look_word_{look.verdict}", lang)


def look_words(look: LookBack, names: SeriesNames, lang: str) -> str:
    """Return the sentence of a look-back."""
    if look.before is None or look.after is None:
        return text("agenda.look_cannot_say", lang)
    if look.had_begun and look.verdict == "cannot_say":
        return text("agenda.look_had_begun", lang)
    told = {
        key: amount(value, names.unit, names.decimals, lang)
        for key, value in (("before", look.before), ("after", look.after))
    }
    effect = _effect(look.effect, abs(look.before), names.unit, lang)
    return text(f"agenda.look_{look.verdict}", lang, effect=effect, **told)


def seen_from_words(seen: SeenFrom | None, names: SeriesNames, lang: str) -> str:
    """Return when an effect of a promise could be seen, or that it cannot be told."""
    if seen is None:
        return text("agenda.seen_never", lang)
    effect = _effect(seen.share, seen.effect / seen.share, names.unit, lang)
    month = in_period("month", seen.month, lang)
    return text("agenda.seen_from", lang, month=month, effect=effect)


def _effect(share: float | None, level: float, unit: str, lang: str) -> str:
    """Return a change in per cent; of a share in percentage points."""
    if share is None:
        return ""
    if unit != PER_CENT:
        return percent(100 * share, lang, 0)
    points = share * level
    told = number(points, lang, 0 if points >= 9.95 else 1)
    return text("agenda.look_points", lang, amount=told)
