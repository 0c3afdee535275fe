"""Every measure's definition: found by a word, opened by its id, linked to one by one."""

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from tilannehuone.registry import Indicator, Part, Target
from tilannehuone.texts import text
from tilannehuone.texts.format import NARROW, day, number, value_with_unit
from tilannehuone.ui import options, regions
from tilannehuone.ui.compare_regions import known_regions
from tilannehuone.ui.frame import Page, address, notice
from tilannehuone.ui.markup import facts_html
from tilannehuone.ui.rounded import rule_words

SOUGHT = "q"
WIDGET = f"pick.{SOUGHT}"


def sought(page: Page) -> str:
    """Let the reader look for a measure; return what is looked for. The address is the truth."""
    st.session_state[WIDGET] = st.query_params.get(SOUGHT, "")
    title = page.text("search")
    st.text_input(title, key=WIDGET, on_change=_remember, placeholder=page.text("search_hint"))
    return str(st.session_state[WIDGET]).strip()


def asked(page: Page) -> str | None:
    """Return the measure that the address names, None for none; one unknown is told of."""
    named = st.query_params.get("indicator")
    if named is not None and named not in page.indicators:
        notice(page.notices, page.lang, "bad_indicator")
        return None
    return named


def matching(page: Page, words: str, opened: str | None = None) -> list[Indicator]:
    """Return the measures that hold every word, in the registry's order, the opened one first."""
    wanted = words.casefold().split()
    found = [
        one
        for one in page.indicators.values()
        if one.id == opened or all(word in _searched(page, one) for word in wanted)
    ]
    return sorted(found, key=lambda one: one.id != opened)


def measures_html(page: Page, found: Sequence[Indicator], opened: str | None = None) -> str:
    """Return each definition as a line that opens; the one asked for is open already."""
    listed = "".join(_measure(page, one, is_open=one.id == opened) for one in found)
    told = ""
    if len(found) < len(page.indicators):
        key = "found_none" if not found else "found_one" if len(found) == 1 else "found"
        told = page.text(key, count=len(found), all=len(page.indicators))
        told = f'<p class="th-note" role="status">{escape(told)}</p>'
    title = escape(page.text("measures"))
    return (
        f'<section class="th-section" id="measures" lang="{page.lang}"><h2>{title}</h2>'
        f"{told}{listed}</section>"
    )


def facts(page: Page, one: Indicator) -> list[tuple[str, str]]:
    """Return all that is declared of a measure, term and words; what is not is empty."""
    lang = page.lang
    grain = options.grain_name(f"rolling{one.rolling}" if one.rolling else one.period, lang)
    return [
        (page.text("definition"), one.definition.in_language(lang)),
        (page.text("question"), one.question.in_language(lang)),
        (page.text("kind"), page.text(f"kind_{one.kind}")),
        (page.text("unit"), one.unit.in_language(lang)),
        (page.text("numerator"), _part(page, one.numerator)),
        (page.text("denominator"), _part(page, one.denominator) if one.denominator else ""),
        (page.text("direction"), page.text(f"direction_{one.direction}")),
        (page.text("cadence"), text(f"frame.cadence_{one.cadence}", lang)),
        (page.text("grain"), grain),
        (page.text("targets"), "; ".join(_targets(page, one))),
        (page.text("breaks"), "; ".join(
            f"{day(each.date, lang)} {each.text.in_language(lang)}" for each in one.breaks
        )),
        (page.text("caveats"), " ".join(each.in_language(lang) for each in one.caveats)),
        (page.text("protection"), _protection(page, one)),
        (page.text("register"), one.register_),
        (page.text("owner"), one.owner),
        (page.text("lag"), _lag(page, one)),
        (page.text("id"), one.id),
    ]  # fmt: skip


def _remember() -> None:
    """Write what is looked for to the address; runs before the page's next run."""
    words = str(st.session_state[WIDGET]).strip()
    if words:
        st.query_params[SOUGHT] = words
    else:
        st.query_params.pop(SOUGHT, None)


def _searched(page: Page, one: Indicator) -> str:
    texts = (each.in_language(page.lang) for each in (one.name, one.definition, one.question))
    return " ".join((*texts, one.id, one.register_, one.owner)).casefold()


def _measure(page: Page, one: Indicator, *, is_open: bool) -> str:
    name = escape(one.name.in_language(page.lang))
    chart = address("trend", lang=page.lang, indicator=one.id)
    here = address("about", lang=page.lang, indicator=one.id)
    links = " ".join(
        f'<a href="{link}" target="_self">{escape(page.text(key))}</a>'
        for link, key in ((chart, "open_trend"), (here, "link_here"))
    )
    opened = " open" if is_open else ""
    return (
        f'<details class="th-measure" id="{one.id}"{opened}><summary>{name}</summary>'
        f"{_facts_html(page, one)}"
        f'<p class="th-links">{links}</p></details>'
    )


def _facts_html(page: Page, one: Indicator) -> str:
    """Return the facts; a declared condition stands in them as code, for it is no sentence."""
    told = facts_html(facts(page, one), page.lang)
    parts = [part for part in (one.numerator, one.denominator) if part is not None]
    declared = sorted({escape(part.where) for part in parts if part.where}, key=len, reverse=True)
    if not declared:
        return told
    return re.sub("|".join(map(re.escape, declared)), r"<code>\g<0></code>", told)


def _lag(page: Page, one: Indicator) -> str:
    days = value_with_unit(one.lag_days, page.text("days"), page.lang, 0)
    return page.text("lag_days", days=days)


def _part(page: Page, part: Part) -> str:
    told = page.text(f"part_{part.aggregate}", source=part.source, column=part.column or "")
    return told + (page.text("part_where", where=part.where) if part.where else "")


def _targets(page: Page, one: Indicator) -> list[str]:
    """Return what is aimed at everywhere, then what single regions of a network room aim at."""
    shared = [_target(page, one, each) for each in one.targets]
    known, apart = known_regions(page.release), regions.aimed_apart(page.release, one)
    return shared + [
        f"{known[region].name[page.lang]}: {_target(page, one, each)}" for region, each in apart
    ]


def _target(page: Page, one: Indicator, target: Target) -> str:
    unit = one.unit.in_language(page.lang)
    decimals = 0 if target.value.is_integer() else one.decimals
    return page.text(
        f"target_{target.kind}",
        value=value_with_unit(target.value, unit, page.lang, decimals),
        since=day(target.since, page.lang),
        source=target.source,
    )


def _protection(page: Page, one: Indicator) -> str:
    rule = one.protect
    if one.kind in ("median", "mean"):
        return page.text("protect_n", n=number(rule.n_min, page.lang))
    words = (
        [rule_words(one, page.lang), page.text("protect_rounding")]
        if rule.rounds
        else [page.text("protect_k", k=rule.k_min)]
    )
    if rule.complement and one.kind == "proportion":
        words.append(page.text("protect_complement", k=rule.k_min))
    if rule.denominator_min:
        words.append(page.text("protect_denominator", n=number(rule.denominator_min, page.lang)))
    if not (rule.show_zero or rule.rounds):
        words.append(page.text("protect_zero"))
    return " ".join(words).replace(NARROW, " ")
