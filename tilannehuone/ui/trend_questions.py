"""The five questions of a newcomer, answered for one series in a line each, under its chart."""

from html import escape

from tilannehuone.finding import Finding, icon
from tilannehuone.finding_short import began, promise, since_words
from tilannehuone.ui import cached
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.marks import SIGNALS, mark_html
from tilannehuone.ui.trend import View, quality_words
from tilannehuone.ui.trend_siblings import around, too_small
from tilannehuone.ui.words import as_day


def questions_html(page: Page, shown: View) -> str:
    """Return questions and answers of a series that has a chart."""
    if shown.finding is None:
        return ""
    answers = {
        "way": mark_html(shown.finding, page.lang),
        "since": escape(_since(page, shown, shown.finding)),
        "others": escape(_others(page, shown, shown.finding)),
        "trust": _trust(page, shown),
        "promise": escape(promise(shown.finding, shown.names, page.lang) or page.text("no_target")),
    }
    rows = "".join(
        f"<div><dt>{escape(page.text(f'ask_{name}'))}</dt><dd>{told}</dd></div>"
        for name, told in answers.items()
    )
    return f'<dl class="th-questions" lang="{page.lang}">{rows}</dl>'


def _since(page: Page, shown: View, finding: Finding) -> str:
    """Return since when the change is seen, or since when nothing has changed."""
    known = shown.series[shown.series["value"].notna()]
    sides = [one if isinstance(one, str) else None for one in known["side"]]
    days = [as_day(one) for one in known["period_start"]]
    marked = [(day, side) for day, side in zip(days, sides, strict=True) if day]
    told = since_words(finding, began(finding, marked), page.lang)
    if told:
        return told[0].upper() + told[1:]
    return page.text("ask_steady" if icon(finding) == "common" else "ask_not_yet")


def _others(page: Page, shown: View, finding: Finding) -> str:
    """Return in how many of the areas around the same is seen."""
    key = shown.choice.siblings_key
    near = around(cached.areas(page.release), shown.choice.area_code)
    small, here = too_small(page, shown), shown.choice.area_code
    found = cached.findings(page.release, **key)
    judged = [found[one] for one in near if one in found and one not in small and one != here]
    judged = [one for one in judged if one.variation is not None]
    if not judged:
        return page.text("others_none")
    mine = icon(finding)
    if mine in SIGNALS:
        same = sum(icon(one) == mine for one in judged)
        return page.text("others_same", count=same, all=len(judged))
    moved = sum(icon(one) in SIGNALS for one in judged)
    return page.text("others_moved", count=moved, all=len(judged))


def _trust(page: Page, shown: View) -> str:
    """Return what the checks said, with the way to the page that tells all."""
    link = address("quality", lang=page.lang)
    words = escape(quality_words(page, shown) or page.text("trust_unchecked"))
    return f'{words} <a href="{link}" target="_self">{escape(page.text("trust_more"))}</a>'
