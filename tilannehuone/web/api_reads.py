"""What is answered at each address of the interface for other programs."""

from typing import Annotated, Any

import pandas as pd
from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from tilannehuone import vintages
from tilannehuone.errors import ReleaseMissing
from tilannehuone.exports import rows
from tilannehuone.served import served_release
from tilannehuone.web import api_pages as pages
from tilannehuone.web import api_schemas as schemas
from tilannehuone.web import api_tables as tables
from tilannehuone.web.api_answer import (
    CELL_FORMS,
    TABLE_FORMS,
    Body,
    answered,
    paged,
    release_told,
    single,
    table,
    written,
)
from tilannehuone.web.api_asked import (
    AskedCells,
    AskedDays,
    AskedFindings,
    AskedOne,
    AskedRevisions,
    AskedRows,
    AskedSeries,
)
from tilannehuone.web.api_described import of
from tilannehuone.web.api_problem import Refused
from tilannehuone.web.api_vintage import (
    Opened,
    Vintage,
    before,
    built_at,
    kept,
    named,
    opened,
    releases_folder,
    vintage_of,
)
from tilannehuone.web.person import person_of

router = APIRouter(redirect_slashes=False)


@router.get("/release", **of(schemas.Facts, "json"))
def release(request: Request, asked: Annotated[AskedOne, Query()]) -> Response:
    """Tell what the release says of itself: how it was protected, and what it was made from."""
    return single(request, asked, _facts)


@router.get("/releases", **of(pages.Releases, *TABLE_FORMS))
def releases(request: Request, asked: Annotated[AskedRows, Query()]) -> Response:
    """List the releases that are kept, oldest first, and which of them is current."""
    vintage, files, current = vintage_of(asked, person_of(request)), kept(asked), _current()
    listed = [
        {"release_id": one.stem, "built_at": built_at(one), "current": one.stem == current}
        for one in files
    ]
    found = pd.DataFrame(listed, columns=["release_id", "built_at", "current"])

    def made(form: str) -> Body:
        if form == "parquet":
            return written(asked, vintage, form, found, len(found)), {}
        cut, headers = paged(request, asked, vintage, found)
        return written(asked, vintage, form, cut, len(found)), headers

    names = ",".join(one.stem for one in files)
    return answered(request, asked, vintage, TABLE_FORMS, made, names, current)


@router.get("/indicators", **of(pages.Indicators, *TABLE_FORMS))
def indicators(request: Request, asked: Annotated[AskedRows, Query()]) -> Response:
    """List the measures of the release, in their order."""
    return table(request, asked, tables.INDICATORS)


@router.get("/indicators/{indicator}", **of(schemas.Definition, "json"))
def indicator(
    request: Request,
    indicator: Annotated[str, Path(min_length=1, max_length=200)],
    asked: Annotated[AskedOne, Query()],
) -> Response:
    """Tell a measure with its declaration as published; its hash changes when that does."""

    def told(opened: Opened) -> dict[str, Any]:
        known = tables.definitions(opened)
        if indicator not in known:
            raise Refused("unknown_indicator", 404)
        one = known[indicator]
        whole = {key: part for key, part in one.items() if key != "hash"}
        which = {"release": release_told(opened.vintage), "definition": whole}
        return tables.measure(one, asked.lang) | which

    return single(request, asked, told)


@router.get("/areas", **of(pages.Areas, *TABLE_FORMS))
def areas(request: Request, asked: Annotated[AskedRows, Query()]) -> Response:
    """List the areas, a row for each parent."""
    return table(request, asked, tables.AREAS)


@router.get("/events", **of(pages.Events, *TABLE_FORMS))
def events(request: Request, asked: Annotated[AskedRows, Query()]) -> Response:
    """List events and breaks, oldest first."""
    return table(request, asked, tables.EVENTS)


@router.get("/cells", **of(pages.Cells, *CELL_FORMS))
def cells(request: Request, asked: Annotated[AskedCells, Query()]) -> Response:
    """Give cells of many series, a row a cell; as JSON-stat, a cube of their values."""
    return table(request, asked, tables.CELLS, CELL_FORMS)


@router.get("/series", **of(pages.Points, *TABLE_FORMS))
def series(request: Request, asked: Annotated[AskedSeries, Query()]) -> Response:
    """Give one series, a row a period, with its limits and signals."""
    return table(request, asked, tables.SERIES)


@router.get("/findings", **of(pages.FoundAll, *TABLE_FORMS))
def findings(request: Request, asked: Annotated[AskedFindings, Query()]) -> Response:
    """Tell what was found, a row a series, as data and in words."""
    return table(request, asked, tables.FINDINGS)


@router.get("/forecasts", **of(pages.Forecasts, *TABLE_FORMS))
def forecasts(request: Request, asked: Annotated[AskedDays, Query()]) -> Response:
    """Give forecasts of undivided series, a row a period, of each time they were made."""
    return table(request, asked, tables.FORECASTS)


@router.get("/comparisons", **of(pages.Comparisons, *TABLE_FORMS))
def comparisons(request: Request, asked: Annotated[AskedDays, Query()]) -> Response:
    """Give areas among those of their type, in each year they were compared."""
    return table(request, asked, tables.COMPARISONS)


@router.get("/revisions", **of(pages.Revisions, *TABLE_FORMS))
def revisions(request: Request, asked: Annotated[AskedRevisions, Query()]) -> Response:
    """Give the cells that differ between two releases, as each of them shows them."""
    reader = person_of(request)
    newer = named(asked.to, reader) if asked.to else vintage_of(asked, reader)
    older = named(asked.from_, reader) if asked.from_ else before(newer)

    def made(form: str) -> Body:
        found = _revised(asked, older, newer)
        cut, headers = paged(request, asked, newer, found)
        if form != "json":
            shown = found if form == "parquet" else cut
            own = {} if form == "parquet" else headers
            return written(asked, newer, form, shown, len(found)), own
        which = {"release": release_told(newer), "older": release_told(older)}
        place = {"total": len(found), "limit": asked.limit, "offset": asked.offset}
        return rows.json_bytes({**which, **place, "rows": rows.records(cut)}), headers

    return answered(request, asked, newer, TABLE_FORMS, made, older.id)


def _revised(asked: AskedRevisions, older: Vintage, newer: Vintage) -> pd.DataFrame:
    """Return the revisions of the measures and areas asked for, of the reader's areas only."""
    with opened(older) as old, opened(newer) as new:
        tables.named_lines(new, asked.indicator, asked.area)
        found = vintages.revisions(old.release, new.release)
    for column, wanted in (("indicator_id", asked.indicator), ("area_code", asked.area)):
        if wanted:
            found = found[found[column].isin(wanted)]
    return found


def _facts(opened: Opened) -> dict[str, Any]:
    """Return what the release says of itself; of its areas only what the reader may see."""
    told = release_told(opened.vintage)
    facts = {
        key: one for key, one in opened.release.facts.items() if key in schemas.Facts.model_fields
    }
    instance = (
        facts["instance"] if isinstance(facts["instance"], dict) else {"name": facts["instance"]}
    )
    mine = opened.vintage.reader.readable
    if mine is not None and instance.get("home_area") not in mine:
        instance = {key: one for key, one in instance.items() if key != "home_area"}
    return {**facts, **told, "instance": instance}


def _current() -> str:
    """Return the id of the release that is shown; empty where none is."""
    try:
        return served_release(releases_folder()).release.stem
    except ReleaseMissing:
        return ""
