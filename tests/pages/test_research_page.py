"""The research page: every kind of study, its code run again, and the number of looks."""

import contextlib
import io
import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from opened import words_of

from tilannehuone.periods import MONTHS_IN
from tilannehuone.release import current_release
from tilannehuone.stats.interrupted_design import MIN_BEFORE
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import (
    options,
    research,
    research_code,
    research_kinds,
    research_looks,
    research_pick,
)
from tilannehuone.ui.research import KINDS

SERIES = {"indicator": "cp_notifications_rate", "area": "kaakkuri", "period": "month"}


def studied(page, **query):
    asked = {**SERIES, **query}
    return research.study(page, options.choice_of(page, asked), asked)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_study_opens_in_every_language(kind, lang, open_app, markup):
    shown = markup(open_app("research", lang=lang, study=kind, **SERIES))

    assert f'aria-current="true">{catalogue(lang)[f"research.kind_{kind}"]}</a>' in shown
    assert catalogue(lang)["research.code"] in shown
    assert not re.search(r"\{\w+\}|\bnan\b|\bNone\b|\bNaT\b", words_of(shown.split("<pre")[0]))


@pytest.mark.parametrize("kind", KINDS)
def test_the_code_of_a_study_runs_on_the_release_and_finds_the_same(
    kind, room, instance, monkeypatch
):
    page = room("research", "en")
    shown = studied(page, study=kind, lag="2")
    found = research_kinds.answered(page, shown)
    told = research_code.code(page, shown, found)
    monkeypatch.chdir(current_release(instance / "data" / "releases").parent)

    names = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(told, kind, "exec"), names)

    values = names["wide"]("value", list(found.areas or shown.areas))
    own = shown.wide(areas=tuple(found.areas or shown.areas))
    assert np.array_equal(values.to_numpy(float), own.to_numpy(float), equal_nan=True)
    assert printed.getvalue().strip() or not found.code
    names["release"].close()


def test_the_code_of_an_interrupted_series_gives_the_numbers_that_the_page_tells(
    room, instance, monkeypatch
):
    page = room("research", "en")
    shown = studied(page, study="interrupted")
    found = research_kinds.answered(page, shown)
    monkeypatch.chdir(current_release(instance / "data" / "releases").parent)

    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(research_code.code(page, shown, found), "study", "exec"), names)

    percent = f"{abs(names['found'].average.percent):.1f}"
    assert percent in found.facts[0][1]
    names["release"].close()


def test_a_hidden_figure_is_nowhere_in_a_study_and_is_counted(altered, room):
    hide = """update cells set numerator = null, denominator = null, value = null,
        lower95 = null, upper95 = null, status = 'c' where area_code = 'kaakkuri'
        and indicator_id = 'cp_notifications_rate' and period_start = date '2025-03-01'"""
    page = room("research", "en", folder=altered(hide))
    shown = studied(page, study="lines")

    found = research_kinds.answered(page, shown)

    assert np.isnan(shown.wide()["kaakkuri"]["2025-03-01"])
    assert "hidden" in " ".join(found.notes)
    row = next(one for one in found.table.rows if "Mar" in one[0].text and "2025" in one[0].text)
    assert row[1].number is None
    assert row[1].quiet


def test_what_an_address_names_wrongly_falls_to_what_is_usual(room):
    page = room("research")
    usual, wrong = (
        studied(page, **more)
        for more in ({}, {"study": "x", "other": "x", "lag": "-3", "from": "2025", "with": "x"})
    )
    assert wrong.kind == usual.kind == KINDS[0]
    assert wrong.other == usual.other
    assert wrong.lag == 0
    assert wrong.starts == usual.starts
    assert wrong.beside == ()


def test_the_time_in_view_and_the_areas_beside_are_those_of_the_address(room):
    page = room("research")
    shown = studied(page, **{"from": "2024-01-01", "to": "2024-12-01", "with": "tuira"})

    assert (shown.starts[0], shown.starts[-1]) == (date(2024, 1, 1), date(2024, 12, 1))
    assert shown.areas == ("kaakkuri", "tuira")
    assert studied(page, **shown.address).address == shown.address


def test_a_measure_is_not_held_against_itself_where_the_area_has_no_other(room):
    page = room("research", "en")
    shown = studied(page, study="scatter")

    found = research_kinds.answered(page, replace(shown, other=shown.choice.indicator))

    assert "no other measure" in found.message
    assert found.figure is None
    assert found.tests == 0


def test_a_study_of_one_area_offers_and_reads_no_other(room):
    page = room("research", "en")
    for kind, has_others in (("trend", False), ("scatter", False), ("lines", True)):
        shown = studied(page, study=kind, lag="search")
        found = research_kinds.answered(page, shown)

        assert ("th-chips" in research_pick.beside_html(page, shown, is_open=True)) == has_others
        assert ("tuira" in research_code.code(page, shown, found)) == has_others


def test_a_bend_of_monthly_figures_with_a_season_points_to_the_years(room):
    page = room("research", "en")
    told = []
    for season in ("school_year", None):
        shown = studied(page, study="trend")
        measure = shown.choice.indicator.model_copy(update={"season": season})
        seasonal = replace(shown, choice=replace(shown.choice, indicator=measure))
        told.append(" ".join(research_kinds.answered(page, seasonal).notes))

    assert "yearly figures" in told[0]
    assert "yearly figures" not in told[1]


def test_looks_are_counted_once_each_and_told(room):
    page = room("research", "en")
    kept = {}
    plain = studied(page, study="lines")
    tested = studied(page, study="trend")
    other = studied(page, study="trend", area="tuira")

    counts = [
        research_looks.noted(kept, one, research_kinds.answered(page, one))
        for one in (plain, tested, tested, other)
    ]

    assert counts == [0, 1, 1, 2]
    told = research_looks.looks_html(page, research_kinds.answered(page, other), 2)
    assert "during this visit 2 in all" in told
    assert "About 0.1" in told


def test_a_search_over_lags_counts_every_lag_as_a_look(room):
    page = room("research", "en")
    found = research_kinds.answered(page, studied(page, study="scatter", lag="search"))

    assert found.tests == research.LONGEST_LAG + 1
    assert any(f"{found.tests} lags" in words for _, words in found.facts)


def test_a_study_starts_at_a_beginning_with_enough_before_it(room, altered):
    page = room("research")
    second = studied(page).starts[1]
    folder = altered(
        f"insert into events values ('{second}', null, 'practice', 'a', 'b', 'c',"
        " '[\"cp_notifications_rate\"]', '[\"kaakkuri\"]')"
    )
    shown = studied(room("research", folder=folder), study="interrupted")

    assert shown.starts.index(shown.start) >= MIN_BEFORE


@pytest.mark.parametrize(
    ("lang", "grain", "told"),
    [
        ("fi", "month", "Kuukausia alusta"),
        ("sv", "quarter", "Kvartal sedan starten"),
        ("en", "quarter", "Quarters since the start"),
    ],
)
def test_the_time_since_a_start_is_told_in_the_periods_it_is_counted_in(
    lang, grain, told, room, altered
):
    more = (  # enough areas in which nothing has begun
        f"insert into {table} select {table}.* replace (area_code || n as area_code)"
        f" from {table}, range(6) more_areas(n) where area_code = 'kiiminki_jaali'"
        for table in ("areas", "cells")
    )
    folder = altered(";".join(more))
    page = room("research", lang, folder)
    found = research_kinds.answered(page, studied(page, study="staggered", period=grain))

    assert found.figure is not None
    assert f"{told} →" in [one["text"] for one in found.figure.layout.annotations]
    assert found.table.columns[0].header == told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_grain_has_a_word_for_the_time_since_a_start(lang):
    words = [catalogue(lang)[f"research.since_{one}"] for one in ("week", *MONTHS_IN)]

    assert len(set(words)) == len(words)
