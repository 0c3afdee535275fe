"""The quality page: what needs care first, what to do, how fresh sources are, checks drawn."""

import re

import pytest
from made_release import CHECKS
from opened import words_of

from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import quality_drawn, quality_fresh, quality_paper, quality_todo

BY_ANALYSIS = [
    ("lastensuojelu", None, "standard_covers_categories", "warning", False, None, None),
    ("shl_kaynnit", None, "standard_covers_categories", "warning", False, None, None),
]
"""Checks of the made release that the analysis adds: its categories are not those weighed."""

CHECKED = [*CHECKS, *BY_ANALYSIS]
FAILED = sum(not one[4] for one in CHECKED)


def section(shown, title):
    (found,) = re.findall(rf"<h2>{re.escape(title)}</h2>(.*?)</section>", shown, re.DOTALL)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_needs_care_is_the_message(lang, open_app, markup):
    shown = words_of(re.search("th-message.*?</p>", markup(open_app("quality", lang=lang)))[0])

    assert catalogue(lang)["quality.message_refused_one"] in shown
    assert catalogue(lang)["quality.message_remarks"].format(count=FAILED) in shown


def test_where_nothing_needs_care_that_is_said(altered, open_app, markup):
    folder = altered(
        """update checks set success = true;
        update release set sources = replace(sources, 'refused', 'loaded');
        update release set sources = regexp_replace(
            sources, '"rows_quarantined": \\d+', '"rows_quarantined": 0', 'g');
        update indicators set definition = json_merge_patch(definition, '{"lag_days": 400}')"""
    )
    shown = words_of(markup(open_app("quality", folder=folder)))

    assert catalogue("fi")["quality.message_fine"] in shown
    assert catalogue("fi")["quality.todo_nothing"] in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_problem_has_a_line_that_says_what_where_and_what_to_do(lang, room):
    found = quality_todo.tasks(room("quality", lang))
    kinds = [one.kind for one in found]

    assert kinds == sorted(kinds, key=list(quality_todo.ICONS).index)
    assert {"critical", "refused", "warning", "rejected"} <= set(kinds)
    assert all(one.what and one.where and one.do for one in found)


def test_a_late_source_stands_first_and_is_marked_by_a_word(altered, room, open_app, markup):
    folder = altered(
        """update indicators set definition = json_merge_patch(definition, '{"lag_days": 0}')
        where indicator_id = 'cp_notifications_rate';
        delete from cells where indicator_id = 'cp_notifications_rate' and period_start >
            (select max(period_start) - interval 5 month from cells where period_type = 'month')"""
    )
    page = room("quality", folder=folder)
    found = quality_fresh.deliveries(page)
    table = section(markup(open_app("quality", folder=folder)), page.text("freshness"))

    assert found[0].when == "late"
    assert [one.when for one in found] == sorted(
        (one.when for one in found), key=quality_fresh.TIMES.index
    )
    assert words_of(table).count(page.text("when_late")) >= 1
    assert "th-icon late concern" in table
    assert "late" in {one.kind for one in quality_todo.tasks(page)}


def test_every_measure_is_waited_for_from_one_source(room):
    waited = [one.id for each in quality_fresh.deliveries(room("quality")) for one in each.measures]

    assert len(waited) == len(set(waited)) > 0


def expected(source):
    """Count the declared checks of a source by hand."""
    mine = [one for one in CHECKED if one[0] == source]
    critical = sum(not one[4] and one[3] == "critical" for one in mine)
    passed = sum(one[4] for one in mine)
    return {"passed": passed, "remark": len(mine) - passed - critical, "critical": critical}


def test_the_checks_of_each_source_are_drawn_and_told_in_numbers(room, open_app, markup):
    page = room("quality")
    tallies = quality_drawn.outcomes(page)
    drawn = section(markup(open_app("quality")), page.text("results"))

    assert tallies["esh"] == expected("esh")
    assert tallies["lastensuojelu"] == expected("lastensuojelu")
    assert next(iter(tallies)) == "esh"
    assert drawn.count('class="bar" aria-hidden="true"') == len({one[0] for one in CHECKED})
    for tally in tallies.values():
        for key, number in tally.items():
            form = f"results_{key}_one" if number == 1 else f"results_{key}"
            assert not number or page.text(form, count=number) in words_of(drawn)


def test_one_source_can_be_looked_at_by_its_address(open_app, markup):
    app = open_app("quality", source="esh")
    shown = section(markup(app), catalogue("fi")["quality.checks_failed"])

    assert app.selectbox(key="pick.source").value == "esh"
    assert "Tuntematon erikoisala." in shown
    assert "Päätös ennen vireilletuloa." not in shown


def test_a_source_that_is_not_there_gives_a_notice_and_all_are_shown(open_app, markup):
    app = open_app("quality", source="kuu")

    assert catalogue("fi")["frame.bad_source"] in markup(app)
    assert app.selectbox(key="pick.source").value == "all"


def test_a_source_chosen_is_written_to_the_address_and_all_leaves_it(open_app):
    app = open_app("quality")
    app.selectbox(key="pick.source").set_value("esh").run()

    assert "esh" in app.query_params["source"]
    app.selectbox(key="pick.source").set_value("all").run()
    assert "source" not in app.query_params


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_paper_holds_every_check_and_what_to_do(lang, room):
    paper = quality_paper.paper(room("quality", lang))

    assert len(paper.table.rows) == len(CHECKED)
    assert {len(row) for row in paper.table.rows} == {len(paper.table.columns)}
    assert catalogue(lang)["quality.todo"] in {label for label, _ in paper.table.notes}
    assert {
        row[0].text for row in quality_paper.paper(room("quality", lang), "esh").table.rows
    } == {"esh"}
