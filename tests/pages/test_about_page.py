"""The about page: definitions found and linked to, the accessibility statement, the citation."""

import re

import pytest
from opened import words_of

from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import about, about_paper


def test_the_measure_of_the_address_is_open_and_first(open_app, markup):
    shown = markup(open_app("about", indicator="cp_open_care_share"))
    opened = re.findall(r'<details class="th-measure" id="(\w+)"( open)?>', shown)

    assert opened[0] == ("cp_open_care_share", " open")
    assert [one for one, is_open in opened if is_open] == ["cp_open_care_share"]
    assert len(opened) == 20


def test_a_measure_that_is_not_there_gives_a_notice(open_app, markup):
    shown = markup(open_app("about", indicator="moon"))

    assert catalogue("fi")["frame.bad_indicator"] in shown
    assert " open>" not in shown


def test_every_definition_has_a_link_to_itself(open_app, markup):
    shown = markup(open_app("about", lang="sv"))

    assert 'href="about?lang=sv&amp;indicator=cp_open_care_share"' in shown
    assert shown.count(catalogue("sv")["about.link_here"]) == 20


def test_a_measure_is_found_by_words_in_any_order(open_app, markup):
    shown = markup(open_app("about", q="päivässä VERKOSTO"))

    assert re.findall(r'<details class="th-measure" id="(\w+)"', shown) == [
        "network_within_14d_share"
    ]
    assert catalogue("fi")["about.found_one"].format(all=20) in words_of(shown)


def test_a_search_that_finds_nothing_says_so(open_app, markup):
    shown = markup(open_app("about", q="kuunkierto"))

    assert catalogue("fi")["about.found_none"] in words_of(shown)
    assert "<details" not in shown


def test_what_is_looked_for_is_in_the_address(open_app, markup):
    app = open_app("about")
    app.text_input(key="pick.q").set_value("sijoitet").run()

    assert "sijoitet" in app.query_params["q"]
    assert 0 < markup(app).count("<details") < 20


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_statement_tells_conformance_what_remains_and_whom_to_tell(lang, open_app, markup):
    shown = words_of(markup(open_app("about", lang=lang)))
    texts = catalogue(lang)

    for key in ("status", "done", "remains", "tested", "contact", "law"):
        assert texts[f"about.access_{key}"] in shown
    assert texts["about.access_nobody"] in shown
    assert "306/2019" in shown
    assert "Traficom" in shown


def test_the_contact_is_that_of_the_instance(altered, open_app, markup):
    folder = altered(
        """update release set instance =
            json_merge_patch(instance, '{"contact": {"fi": "apu@alue.example"}}')"""
    )

    assert "apu@alue.example" in markup(open_app("about", folder=folder))


def test_headings_never_jump_a_level(open_app, markup):
    levels = [int(one) for one in re.findall(r"<h(\d)", markup(open_app("about")))]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_part_is_led_to_from_the_top(open_app, markup):
    shown = markup(open_app("about"))

    for one in about.SECTIONS:
        assert f'href="#{one}"' in shown
        assert f'id="{one}"' in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_release_is_cited_by_its_id(lang, room, open_app, markup):
    page = room("about", lang)

    assert str(page.facts["release_id"]) in about.citation(page)
    assert words_of(about.citation(page)) in words_of(markup(open_app("about", lang=lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_paper_defines_every_measure(lang, room):
    paper = about_paper.paper(room("about", lang))
    named = {row[0].text for row in paper.table.rows}

    assert len(named) == 20
    assert len(
        {row[0].text for row in about_paper.paper(room("about"), "verkosto koolle").table.rows}
    )


def test_a_delivery_time_of_one_day_is_written_as_one(altered, open_app, markup):
    folder = altered(
        """update indicators set definition = json_merge_patch(definition, '{"lag_days": 1}')
        where indicator_id = 'cp_open_care_share'"""
    )
    shown = words_of(markup(open_app("about", folder=folder, indicator="cp_open_care_share")))

    assert "1 päivä jakson päättymisestä" in shown.replace("\u00a0", " ")
