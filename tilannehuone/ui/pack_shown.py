"""What a meeting had on its table, read from the release it was held on, and the same today."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tilannehuone import store_packs, store_scope
from tilannehuone.meeting.objects import Interpretation, Phenomenon, Promise, Record, SignalCase
from tilannehuone.meeting.pack_content import Content, Happened, ShownSeries, cells_of
from tilannehuone.meeting.pack_state import Key
from tilannehuone.ui import cached, options, trend
from tilannehuone.ui.frame import Page

OF_MEASURES = ("measure", "late")
"""Kinds of an agenda's entries whose id is a measure that is shown."""

Asked = tuple[str, str]
"""A measure's id and a type of period; the type is empty where the measure's own is shown."""


def page_on(page: Page, release_id: str) -> Page:
    """Return the page as of another release of the same folder; the same page where it is gone."""
    path = store_scope.whole(page.release).with_name(f"{release_id}.duckdb")
    if not release_id or path == store_scope.whole(page.release) or not path.is_file():
        return page
    seen = store_scope.narrowed(path, store_scope.areas_of(page.release))
    return replace(page, release=seen, facts=cached.facts(seen), indicators=cached.indicators(seen))


def on_the_table(agenda: str, records: Iterable[Record]) -> tuple[Asked, ...]:
    """Return what a meeting looked at, each once: its agenda's measures, and those of its records.

    `records` are those of the meeting and those that its agenda names.
    """
    by_id = {one.id: one for one in records}
    asked: dict[Asked, None] = {}
    for entry in _entries(agenda):
        if entry["kind"] in OF_MEASURES:
            asked[str(entry["id"]), ""] = None
        elif entry["id"] in by_id:
            asked |= dict.fromkeys(_measures_of(by_id[entry["id"]]))
    for one in by_id.values():
        if isinstance(one, Interpretation | SignalCase):
            asked |= dict.fromkeys(_measures_of(one))
    return tuple(asked)


def shown_of(page: Page, area_code: str, asked: Iterable[Asked]) -> tuple[ShownSeries, ...]:
    """Return the series that were shown, each once, as the room shows them by itself.

    A measure that the release does not hold is left out.
    """
    shown: dict[Key, ShownSeries] = {}
    for indicator_id, period_type in asked:
        if indicator_id not in page.indicators:
            continue
        query = {"area": area_code, "indicator": indicator_id, "period": period_type}
        choice = options.choice_of(page, query)
        if choice.area_code == area_code:
            one = _shown(page, choice)
            shown[one.key] = one
    return tuple(shown.values())


def today(page: Page, content: Content) -> dict[Key, ShownSeries | None]:
    """Return every series of a pack as it is published now, None where it is not any more."""
    return {one.key: _today(page, one) for one in content.series}


def _shown(page: Page, choice: options.Choice) -> ShownSeries:
    view = trend.view(replace(page, name="trend"), choice)
    events = [
        Happened(one.day, one.text, one.is_break, one.is_rebase) for one in trend.drawn_events(view)
    ]
    finding = None if view.is_small or view.finding is None else json.loads(view.finding.to_json())
    rows = cached.records(view.series.astype("object"))
    return _series(page, choice.key, finding, rows, tuple(events))


def _today(page: Page, then: ShownSeries) -> ShownSeries | None:
    names = ("indicator_id", "area_code", "period_type", "breakdown", "category")
    key = dict(zip(names, then.key, strict=True))
    is_there = then.area_code in set(cached.areas(page.release)["area_code"])
    if then.indicator_id not in page.indicators or not is_there:
        return None
    rows = cached.records(cached.series(page.release, **key).astype("object"))
    siblings = {name: one for name, one in key.items() if name != "area_code"}
    found = cached.findings(page.release, **siblings).get(then.area_code)
    told = None if found is None else json.loads(found.to_json())
    return _series(page, key, told, rows, ()) if rows else None


def _series(
    page: Page,
    key: Mapping[str, str],
    finding: dict[str, Any] | None,
    rows: Iterable[Mapping[str, Any]],
    events: tuple[Happened, ...],
) -> ShownSeries:
    indicator = page.indicators[key["indicator_id"]]
    definition, name = _definitions(page.release)[indicator.id]
    least = finding["k"] if finding else indicator.protect.k_min
    return ShownSeries(
        **key,
        definition=definition,
        definitions_hash=name,
        k=least,
        finding=finding,
        cells=cells_of(rows),
        events=events,
    )


def _definitions(release: Path) -> dict[str, tuple[dict[str, Any], str]]:
    found = cached.records(cached.read(release, store_packs.DEFINITIONS))
    return {
        row["indicator_id"]: (json.loads(row["definition"]), str(row["definitions_hash"]))
        for row in found
    }


def _entries(agenda: str) -> Iterator[Mapping[str, Any]]:
    for item in json.loads(agenda)["items"] if agenda else ():
        yield from item["entries"]


def _measures_of(record: Record) -> list[Asked]:
    """Return the measures that are looked at when a record is dealt with."""
    if isinstance(record, Phenomenon):
        return [(one, "") for one in record.indicators]
    if isinstance(record, Interpretation | SignalCase):
        return [(record.indicator_id, record.period_type)]
    if isinstance(record, Promise) and record.indicator_id:
        return [(record.indicator_id, "")]
    return []
