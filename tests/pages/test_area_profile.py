"""The area page: what one area differs in, in the release's words, and nothing it does not hold."""

import re
from html import unescape

import pytest
from opened import drawings

from tilannehuone.release import current_release
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import area, area_paper, cached, frame

SAME = "update comparisons set word = 'similar', z = 0"
MEASURE = "cp_open_care_share"  # less is better


def worded(word, area_code="kaakkuri", measure=MEASURE):
    return (
        f"{SAME}; update comparisons set word = '{word}', z = 5"
        f" where area_code = '{area_code}' and indicator_id = '{measure}'"
    )


def table_rows(app):
    (drawn,) = [one for one in drawings(app) if "th-profile" in one]
    found = re.findall(r"<tr>(.*?)</tr>", drawn, re.DOTALL)
    return {re.search(r"indicator=(\w+)", row)[1]: row for row in found if "indicator=" in row}


def plain(markup):
    return unescape(re.sub(r"<[^>]*>", " ", markup))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_measure_has_a_row_that_leads_to_its_trend_here(lang, open_app):
    rows = table_rows(open_app("area", lang=lang, area="tuira"))

    assert len(rows) == 20
    for measure, row in rows.items():
        assert f'href="trend?lang={lang}&amp;area=tuira&amp;indicator={measure}"' in row


def test_the_message_names_what_differs_in_the_words_of_the_release(altered, open_app, markup):
    app = open_app("area", folder=altered(worded("clearly_better")), area="kaakkuri")

    assert "Kaakkuri poikkeaa samantyyppisten alueiden yhteisestä tasosta yhdessä mittarissa." in (
        markup(app)
    )
    assert "Selvästi parempi" in markup(app)
    assert "Lastensuojelun avohuollon asiakkaat" in plain(markup(app))
    assert "selvästi parempi" in table_rows(app)[MEASURE]


def test_nothing_to_tell_is_said_as_well(altered, open_app, markup):
    shown = markup(open_app("area", folder=altered(SAME), area="kaakkuri"))

    assert "Kaakkuri ei poikkea" in shown
    assert "sattuma yksin erottaisi sen keskimäärin" in shown


def test_a_word_is_never_made_where_the_release_has_none(altered, open_app, markup):
    app = open_app("area", folder=altered("delete from comparisons"), area="kaakkuri")

    assert "Aluetta Kaakkuri ei verrata muihin" in markup(app)
    assert all("ei verrata" in row for row in table_rows(app).values() if "<svg" in row)


def test_a_hidden_figure_has_a_shield_a_word_and_a_way_up(altered, open_app):
    folder = altered(
        "update cells set status = 'c', numerator = null, denominator = null, value = null,"
        f" lower95 = null, upper95 = null where indicator_id = '{MEASURE}'"
        " and area_code = 'kaakkuri' and period_type = 'year' and breakdown = 'all'"
    )
    row = table_rows(open_app("area", folder=folder, area="kaakkuri"))[MEASURE]

    assert "th-icon shield" in row
    assert "peitetty" in row
    assert "Katso Oulu" in row
    assert "<svg" not in row


def test_no_dot_is_drawn_of_an_area_whose_figure_is_hidden(altered, open_app):
    hide = (
        "update cells set status = 'c', numerator = null, denominator = null, value = null,"
        f" lower95 = null, upper95 = null where indicator_id = '{MEASURE}'"
        " and area_code = 'tuira' and period_type = 'year' and breakdown = 'all'"
    )
    before = table_rows(open_app("area", area="kaakkuri"))[MEASURE]
    after = table_rows(open_app("area", folder=altered(hide), area="kaakkuri"))[MEASURE]

    assert 'data-tip="Tuira' in before
    assert "Tuira" not in after


def test_better_is_to_the_right_where_less_is_better(altered, open_app):
    row = table_rows(open_app("area", folder=altered(worded("better")), area="kaakkuri"))[MEASURE]
    ends = re.findall(r'th-ends"[^>]*><span>(\w+)</span>.*<span>(\w+)</span>', row)
    own, centre = (
        float(re.search(rf'{mark}[^>]*?(?:cx|x1)="([\d.]+)%', row)[1])
        for mark in ("th-spine-own", "th-spine-centre")
    )
    release = current_release(frame.instance_folder() / "data" / "releases")
    mine = {
        one.indicator.id: one for one in area.rows(release, "kaakkuri", "district", area.GROUP)
    }[MEASURE]

    assert ends == [("heikompi", "parempi")]
    assert (own > centre) == (mine.value < mine.benchmark)


def test_a_measure_that_judges_nothing_goes_from_lower_to_higher(open_app):
    row = table_rows(open_app("area", area="kaakkuri"))["cp_notifications_rate"]

    assert re.findall(r"<span>(matalampi|korkeampi)</span>", row) == ["matalampi", "korkeampi"]


def test_another_benchmark_shows_its_figures_and_says_no_words(open_app, markup):
    app = open_app("area", area="kaakkuri", benchmark="564")

    assert "Kaakkuri ja Oulu rinnakkain" in markup(app)
    assert all("ei verrata" in row for row in table_rows(app).values() if "<svg" in row)
    assert '<th scope="col" class="benchmark">Oulu</th>' in "".join(drawings(app))


def test_the_farthest_stands_first_when_asked_for(altered, open_app):
    folder = altered(worded("worse"))
    rows = table_rows(open_app("area", folder=folder, area="kaakkuri", sort="difference"))

    assert next(iter(rows)) == MEASURE


@pytest.mark.parametrize("name", ["benchmark", "sort"])
def test_what_the_address_names_wrongly_is_told_and_passed_over(name, open_app, markup):
    shown = markup(open_app("area", area="kaakkuri", **{name: "nowhere"}))

    assert catalogue("fi")[f"frame.bad_{name}"] in unescape(shown)
    assert "th-profile" in "".join(drawings(open_app("area", **{name: "nowhere"})))


def test_the_benchmark_of_the_area_before_is_passed_over_in_silence(open_app, markup):
    shown = markup(open_app("area", area="kaakkuri", benchmark="pohde"))

    assert catalogue("fi")["frame.bad_benchmark"] not in unescape(shown)


def test_the_facts_lead_to_the_areas_above_and_below(open_app, markup):
    shown = markup(open_app("area", area="564"))

    assert 'href="area?lang=fi&amp;area=pohde"' in shown
    assert 'href="area?lang=fi&amp;area=kaakkuri"' in shown
    assert "henkeä, joihin luvut suhteutetaan" in shown


def test_an_area_that_has_ended_says_until_when(altered, open_app, markup):
    folder = altered("update areas set valid_to = date '2030-12-31' where area_code = 'tuira'")

    assert "31.12.2030 asti" in markup(open_app("area", folder=folder, area="tuira"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_of_the_page_holds_the_message_every_row_and_the_passport(
    lang, instance, monkeypatch
):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    page = frame.page_of("area", lang)
    shown = area.profile(page, "kaakkuri", {})
    found = area_paper.paper(page, shown)

    assert found.messages == tuple(area.messages(page, shown))
    assert len(found.table.rows) == len(cached.indicators(page.release))
    assert any(page.facts["release_id"] in words for _, words in found.table.notes)
