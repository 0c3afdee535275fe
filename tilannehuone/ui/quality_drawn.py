"""The check results of each source, drawn: how many passed, gave a remark, stop a measure."""

from collections.abc import Mapping
from html import escape

from tilannehuone.ui import cached
from tilannehuone.ui.frame import Page
from tilannehuone.ui.options import ALL
from tilannehuone.ui.quality_pick import names
from tilannehuone.ui.words import count

OUTCOMES = ("passed", "remark", "critical")
"""In the order they are drawn; each has a colour, a pattern and a word."""


def outcomes(page: Page, source: str = ALL) -> dict[str, dict[str, int]]:
    """Return how many checks of each source, or of one, came to which outcome.

    Sources with something critical come first, then those with most remarks.
    """
    found = cached.checks(page.release)
    tallies = {one: dict.fromkeys(OUTCOMES, 0) for one in names(page) if source in (ALL, one)}
    for row in cached.records(found[found["source"].isin(list(tallies))]):
        tallies[row["source"]][_outcome(row)] += 1
    worst = sorted(tallies.items(), key=lambda one: (-one[1]["critical"], -one[1]["remark"]))
    return dict(worst)


def results_html(page: Page, tallies: Mapping[str, Mapping[str, int]]) -> str:
    """Return a bar a source with its numbers in words; the bar itself is not spoken."""
    shown = {one: tally for one, tally in tallies.items() if any(tally.values())}
    most = max((sum(one.values()) for one in shown.values()), default=1)
    named = names(page)
    rows = "".join(
        f'<li><span class="name">{escape(named[one])}</span>{_bar(tally, most)}'
        f"{_words(page, tally)}</li>"
        for one, tally in shown.items()
    )
    title, note = (escape(page.text(f"results{one}")) for one in ("", "_note"))
    body = f'<ul class="th-results">{rows}</ul>' if rows else ""
    nothing = "" if rows else f'<p class="th-note">{escape(page.text("nothing"))}</p>'
    return (
        f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>'
        f'<p class="th-note">{note}</p>{body}{nothing}</section>'
    )


def _outcome(row: Mapping[str, object]) -> str:
    if row["success"]:
        return "passed"
    return "critical" if row["severity"] == "critical" else "remark"


def _bar(tally: Mapping[str, int], most: int) -> str:
    """Return the stacked bar; its length is the number of checks, over all sources alike."""
    parts = "".join(
        f'<span class="{one}" style="width: {100 * tally[one] / most:.1f}%"></span>'
        for one in OUTCOMES
        if tally[one]
    )
    return f'<span class="bar" aria-hidden="true">{parts}</span>'


def _words(page: Page, tally: Mapping[str, int]) -> str:
    told = []
    for one in OUTCOMES:
        if tally[one] or one == "passed":
            key = f"results_{one}_one" if tally[one] == 1 else f"results_{one}"
            words = escape(page.text(key, count=count(tally[one], page.lang)))
            told.append(f'<span class="{one}"><i aria-hidden="true"></i>{words}</span>')
    return f'<span class="words">{"".join(told)}</span>'
