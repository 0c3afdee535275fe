"""What a notice says: a title and a line a thing, of names, words and days; no figures."""

from pipelines.notices_found import Item
from tilannehuone.finding import short_word
from tilannehuone.notices_declared import Kind
from tilannehuone.texts import text
from tilannehuone.texts.format import day

MOST_LINES = 50


def worded(kind: Kind, items: list[Item], lang: str) -> tuple[str, tuple[str, ...]]:
    """Return the title of a notice and its lines."""
    told = [_line(one, lang) for one in items]
    lines = told[:MOST_LINES]
    if len(told) > MOST_LINES:
        lines.append(text("notices.more", lang, count=len(told) - MOST_LINES))
    count = len(items)
    key = f"notices.{kind}" + ("_one" if count == 1 and kind == "new_signal" else "")
    return text(key, lang, count=count), tuple(lines)


def _line(item: Item, lang: str) -> str:
    if item.kind == "refused_build":
        return text("notices.refused_line", lang, faults=", ".join(item.faults))
    about = (item.about or {}).get(lang, "")
    if item.kind == "overdue_extract":
        due = day(item.due, lang) if item.due else ""
        return text("notices.overdue_line", lang, source=about, day=due)
    area = (item.area or {}).get(lang, "")
    word = short_word(item.finding, lang) if item.finding else ""
    return text("notices.signal_line", lang, area=area, measure=about, word=word)
