"""Who turned this curve? Areas with a lasting better level, their story, and whom to ask."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise

import pandas as pd

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.finding import Finding, began
from tilannehuone.network.turned import Candidate, Deed, Level, Sign, Turned, turned
from tilannehuone.texts.format import day
from tilannehuone.ui import cached, comparability, options
from tilannehuone.ui.compare import View
from tilannehuone.ui.compare_regions import known_regions, member, region_name
from tilannehuone.ui.frame import Page, address, link_html


def found(page: Page, shown: View) -> tuple[Turned, ...]:
    """Return the areas that turned the curve of the measure at this grain, the own one left out.

    All areas that the reader may see are asked, in the order of areas.csv, not only those that
    stand on the page.
    """
    return turned(_candidates(page, shown), _deeds(page), shown.indicator.id)


def section_html(page: Page, shown: View) -> str:
    """Return the areas under their heading; that there are none, or that none can be, in words."""
    heading = f"<h2>{escape(page.text('turned'))}</h2>"
    if shown.indicator.direction == "context":
        told = f'<p class="th-note">{escape(page.text("turned_context"))}</p>'
        return f'<section class="th-section" lang="{page.lang}">{heading}{told}</section>'
    some = found(page, shown)
    note = page.text("turned_note" if some else "turned_none")
    items = "".join(_item(page, shown, one) for one in some)
    listed = f'<ul class="th-turned">{items}</ul>' if items else ""
    return (
        f'<section class="th-section" lang="{page.lang}">{heading}'
        f'<p class="th-note">{escape(note)}</p>{listed}</section>'
    )


def table(page: Page, shown: View) -> Table:
    """Return the areas with their stories and contacts as a table."""
    names = options.names_of_areas(page)
    columns = tuple(
        Column(page.text(f"col_{key}")) for key in ("area", "since", "story", "contact")
    )
    rows = tuple(
        (
            Cell(names[one.area_code]),
            Cell(day(one.since, page.lang)),
            Cell("; ".join(_told(page, deed) for deed in one.story) or page.text("no_story")),
            Cell(_contact(page, one)),
        )
        for one in found(page, shown)
    )
    return Table(page.text("turned"), columns, rows)


def _candidates(page: Page, shown: View) -> Iterator[Candidate]:
    name, grain = shown.indicator.id, shown.period_type
    key = {"indicator_id": name, "period_type": grain}
    told = cached.findings(page.release, **key, breakdown=options.ALL, category=options.ALL)
    series = comparability.cells(page.release, name, grain)
    verdicts = comparability.verdicts(page.release, name, grain, shown.own)
    facts = comparability.facts(page.release, name, grain)
    for code in shown.offered:
        if code == shown.own or code not in told:
            continue
        here, verdict = member(page.release, code), verdicts.get(code)
        yield Candidate(
            region=here.region,
            area_code=code,
            direction=shown.indicator.direction,
            known=told[code].known,
            signs=_signs(told[code], series[code]),
            levels=_levels(told[code], series[code], facts[code].rebases),
            word=verdict.word if verdict else None,
            is_listed=here.is_listed,
        )


def _signs(finding: Finding, series: pd.DataFrame) -> tuple[Sign, ...]:
    if not finding.marks:
        return ()
    limited = series[series["segment"].notna() & series["value"].notna()]
    last = limited[limited["segment"] == limited["segment"].max()]
    marked = [
        (start, None if pd.isna(side) else str(side))
        for start, side in zip(last["period_start"], last["side"], strict=True)
    ]
    since = began(finding, marked)
    return tuple(
        Sign(one.signal, one.side, one.length, since, one.is_earlier) for one in finding.marks
    )


def _levels(
    finding: Finding, series: pd.DataFrame, rebases: tuple[object, ...]
) -> tuple[Level, ...]:
    """Return the levels that the chart suggests, and those that people have confirmed.

    A confirmed one lies where limits begin anew because of a rebase: its side is that of its
    centre from the one before.
    """
    new = finding.evidence.new_level
    found = [Level(new.since, new.side)] if new else []
    if not rebases:
        return tuple(found)
    limited = series[series["centre"].notna()]
    parts = [some for _, some in limited.groupby("segment", sort=True)]
    for before, after in pairwise(parts):
        start, end = after["period_start"].iloc[0], before["period_start"].iloc[-1]
        step = float(after["centre"].median() - before["centre"].median())
        if step and any(end < day <= start for day in rebases):
            found.append(Level(start, "high" if step > 0 else "low", is_confirmed=True))
    return tuple(found)


def _deeds(page: Page) -> list[Deed]:
    return [
        Deed(
            one["date_from"],
            one["kind"],
            {lang: one[f"text_{lang}"] for lang in ("fi", "sv", "en")},
            tuple(one["areas"]),
            tuple(one["indicators"]),
        )
        for one in cached.events(page.release)
    ]


def _item(page: Page, shown: View, one: Turned) -> str:
    name = options.names_of_areas(page)[one.area_code]
    query = {"lang": page.lang, "area": one.area_code, "indicator": shown.indicator.id}
    to = address("trend", **query, period=shown.period_type)
    link = link_html(page, one.area_code, to, escape(name))
    key = "turned_confirmed" if one.is_confirmed else "turned_since"
    since = page.text(key, day=day(one.since, page.lang))
    story = "".join(f"<li>{escape(_told(page, deed))}</li>" for deed in one.story)
    told = f"<ul>{story}</ul>" if story else f"<p>{escape(page.text('no_story'))}</p>"
    contact = _contact(page, one)
    asked = f"<p><b>{escape(page.text('ask'))}</b> {escape(contact)}</p>" if contact else ""
    return f"<li><h3>{link}</h3><p>{escape(since)}</p>{told}{asked}</li>"


def _told(page: Page, deed: Deed) -> str:
    return f"{day(deed.day, page.lang)} {deed.text[page.lang]}"


def _contact(page: Page, one: Turned) -> str:
    """Return the role to ask in a network room; in one organisation people know each other."""
    known = known_regions(page.release).get(one.region)
    if known is None:
        return ""
    name = region_name(page.release, one.region, page.lang)
    return ": ".join(part for part in (name, known.contact[page.lang]) if part)
