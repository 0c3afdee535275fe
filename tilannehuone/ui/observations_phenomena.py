"""The phenomena of an area: what is behind them, their measures, answers, and what is tried."""

from html import escape

import streamlit as st

from tilannehuone.meeting.alike import measures_for
from tilannehuone.meeting.objects import Initiative, Phenomenon
from tilannehuone.ui import observations_writing as writing
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.observations import Kept, line, number_words, when

QUESTIONS = ("right_way", "how_noticed", "what_missing", "not_needed")


def draw(page: Page, shown: Kept) -> None:
    """Draw every phenomenon, the closed last, with forms for who may write."""
    st.html(
        f'<section class="th-section" lang="{page.lang}"><h2>{escape(page.text("phenomena"))}</h2>'
        f'<p class="th-note">{escape(page.text("phenomena_note"))}</p></section>'
    )
    for one in sorted(shown.phenomena, key=lambda each: each.state == "closed"):
        st.html(phenomenon_html(page, shown, one))
        if shown.writes:
            writing.draw_phenomenon(page, shown, one, candidates(page, shown, one))
            writing.draw_initiative(page, shown, one)


def candidates(page: Page, shown: Kept, one: Phenomenon) -> list[str]:
    """Return ids of measures that may tell of a phenomenon, the likeliest first."""
    mine = (each.text for each in shown.observations if each.phenomenon_id == one.id)
    told = " ".join((one.title, one.hypothesis, *mine))
    lang = page.lang
    words = [
        (
            each.id,
            " ".join(
                (
                    each.name.in_language(lang),
                    each.name.in_language(lang),
                    each.definition.in_language(lang),
                    each.question.in_language(lang),
                )
            ),
        )
        for each in page.indicators.values()
    ]
    return [each.id for each in measures_for(told, words)]


def phenomenon_html(page: Page, shown: Kept, one: Phenomenon) -> str:
    """Return a phenomenon: state and count, observations, measures, answers, initiatives."""
    mine = [each for each in shown.observations if each.phenomenon_id == one.id]
    state = page.text(f"state_{one.state}")
    told = page.text("behind", count=number_words(page, len(mine)))
    seen = "".join(f"<li>{escape(line(page, each))}</li>" for each in mine) if shown.reads else ""
    listed = f"<details><summary>{escape(page.text('read_all'))}</summary><ul>{seen}</ul></details>"
    tried = [each for each in shown.initiatives if each.phenomenon_id == one.id]
    return (
        f'<section class="th-section th-phenomenon" lang="{page.lang}" id="phenomenon-{one.id}">'
        f"<h3>{escape(one.title)}</h3>"
        f'<p class="th-note"><b>{escape(state)}</b> · {escape(told)}</p>'
        f"{listed if seen else ''}{_measures(page, shown, one)}{_answers(page, one)}"
        f"{_tried(page, tried)}</section>"
    )


def _measures(page: Page, shown: Kept, one: Phenomenon) -> str:
    links = "".join(
        f'<li><a href="{address("trend", lang=page.lang, area=shown.area_code, indicator=key)}"'
        f' target="_self">{escape(page.indicators[key].name.in_language(page.lang))}</a></li>'
        for key in one.indicators
        if key in page.indicators
    )
    title = escape(page.text("measures"))
    return f"<h4>{title}</h4><ul>{links}</ul>" if links else ""


def _answers(page: Page, one: Phenomenon) -> str:
    answered = "".join(
        f"<dt>{escape(page.text(key))}</dt><dd>{escape(getattr(one, key))}</dd>"
        for key in ("hypothesis", *QUESTIONS)
        if getattr(one, key)
    )
    return f"<dl>{answered}</dl>" if answered else ""


def _tried(page: Page, tried: list[Initiative]) -> str:
    rows = "".join(
        f"<li><b>{escape(each.text)}</b> {escape(when(page, each))}"
        f"<br>{escape(each.outcome or page.text('no_outcome'))}</li>"
        for each in tried
    )
    title = escape(page.text("initiatives"))
    return f"<h4>{title}</h4><ul>{rows}</ul>" if rows else ""
