"""The study as code that gives its figures again, from the release alone.

It is Python against `tilannehuone.open_release`, and runs on the release, on a sealed extract of
it and on a synthetic twin. What a kind of study computes stands in its answer, beside the call.
"""

import json
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from tilannehuone.access import may, may_anywhere
from tilannehuone.ui.frame import Page
from tilannehuone.ui.research import Study
from tilannehuone.ui.research_answer import Answer

FLAT = 70
"""A longer list is told a line each."""
AFTER_IMPORTS = "\n\n"
"""Between what an answer's code imports and what it computes; once in it, or not at all."""

READING = """import tilannehuone as th
{named}
release = th.open_release("{release}.duckdb")  # {comment}
areas = {areas}

cells = release.cells(
    "{indicator}",
    area=areas,
    period_type="{grain}",
    breakdown="{breakdown}",
    category="{category}",{ends}
)


def wide(column, of=areas):
    return cells.pivot(index="period_start", columns="area_code", values=column).reindex(columns=of)


"""


def code(page: Page, shown: Study, found: Answer) -> str:
    """Return the study as Python: how its figures are read, and what was computed of them."""
    choice = shown.choice
    named, _, computed = found.code.rpartition(AFTER_IMPORTS)
    reading = READING.format(
        named=f"{named}\n" if named else "",
        release=page.facts["release_id"],
        comment=page.text("code_comment"),
        areas=listed(found.areas or shown.areas),
        indicator=choice.indicator.id,
        grain=choice.period_type,
        breakdown=choice.breakdown,
        category=choice.category,
        ends=ends(shown),
    )
    return reading + computed if computed else reading.rstrip() + "\n"


def listed(names: Sequence[str]) -> str:
    """Return names as a Python list, a line each where there are many.

    >>> listed(["a", "b"])
    '["a", "b"]'
    """
    told = [json.dumps(one, ensure_ascii=False) for one in names]
    flat = f"[{', '.join(told)}]"
    return flat if len(flat) < FLAT else "[\n" + "".join(f"    {one},\n" for one in told) + "]"


def ends(shown: Study, indent: str = "    ") -> str:
    """Return the ends of the time in view as arguments; nothing where all of it is."""
    given = (("start", shown.first), ("end", shown.last))
    return "".join(f'\n{indent}{name}="{one.isoformat()}",' for name, one in given if one)


def sealed_html(page: Page, shown: Study, found: Answer) -> str:
    """Return a link to a sealed extract of the study; empty for who may not take data out."""
    if not may_anywhere(page.person, "research"):
        return ""
    query = [("lang", page.lang), ("measure", shown.choice.indicator.id)]
    query += [("area", one) for one in found.areas or shown.areas if _may(page, one)]
    query += [("period", shown.choice.period_type), ("breakdown", shown.choice.breakdown)]
    query += [(n, one.isoformat()) for n, one in (("from", shown.first), ("to", shown.last)) if one]
    if shown.kind == "scatter":
        query.append(("measure", shown.other.id))
    link = escape(urlencode(query))
    name, note = escape(page.text("sealed")), escape(page.text("sealed_note"))
    return (
        f'<p class="th-note" lang="{page.lang}"><a href="sealed.zip?{link}" download>{name}</a>'
        f" {note}</p>"
    )


def _may(page: Page, area_code: str) -> bool:
    return may(page.person, "research", area_code)


def code_html(page: Page, told: str) -> str:
    """Return the code under its heading."""
    title, note = (escape(page.text(key)) for key in ("code", "code_note"))
    return (
        f'<section class="th-section th-code" lang="{page.lang}"><h2>{title}</h2>'
        f'<p class="th-note">{note}</p><pre tabindex="0" aria-label="{title}">'
        f"<code>{escape(told)}</code></pre></section>"
    )
