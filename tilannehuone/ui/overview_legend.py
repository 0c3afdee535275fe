"""What the marks of the situational picture mean, each beside its icon."""

from html import escape

from tilannehuone.texts import text
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import icon_html, tone

CHANGE = (
    (("improvement.high", "improvement.low"), "improvement"),
    (("concern.high", "concern.low"), "concern"),
    (("neutral.high",), "neutral_high"),
    (("neutral.low",), "neutral_low"),
    (("improvement.high", "concern.low"), "both"),
    (("common.steady",), "common"),
    (("none.waiting",), "not_yet"),
    (("none.shield",), "small"),
)
"""Icons of change with the short word that stands beside them."""

TARGET = (
    (("improvement.met",), "passes"),
    (("concern.missed",), "fails"),
    (("common.either",), "hit_or_miss"),
)


def legend_html(page: Page) -> str:
    """Return all marks with their word and what it means, folded until asked for."""
    lang = page.lang
    change = "".join(_mark(page, icons, _short(page, key), key) for icons, key in CHANGE)
    target = "".join(
        _mark(page, icons, text(f"finding.assured_{key}", lang), key) for icons, key in TARGET
    )
    dash = f"<li><b>–</b> <span>{escape(page.text('no_series'))}</span></li>"
    return (
        f'<details class="th-measure th-legend" lang="{lang}">'
        f"<summary>{escape(page.text('legend'))}</summary>"
        f"<h2>{escape(page.text('legend_change'))}</h2><ul>{change}{dash}</ul>"
        f"<h2>{escape(page.text('legend_target'))}</h2><ul>{target}</ul>"
        f"<p>{escape(page.text('legend_note'))}</p></details>"
    )


def _short(page: Page, key: str) -> str:
    if key == "small":
        return page.text("short_small")
    words = text(f"finding.short_{key}", page.lang)
    trend = {"neutral_high": "rising", "neutral_low": "falling"}.get(key)
    also = text(f"finding.short_{trend}", page.lang) if trend else ""
    if key == "not_yet":
        also = text("finding.short_never", page.lang)
    return f"{words}, {also}" if also else words


def _mark(page: Page, icons: tuple[str, ...], words: str, key: str) -> str:
    drawn = "".join(f'<span class="{tone(one)}">{icon_html(one)}</span>' for one in icons)
    meaning = escape(page.text(f"legend_{key}"))
    return f"<li><span>{drawn}</span> <b>{escape(words)}</b> <span>{meaning}</span></li>"
