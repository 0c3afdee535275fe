"""Measures by areas: a real table whose cells say in icons and words what the findings say."""

import re
from html import unescape

import pytest

from tilannehuone.finding import assurance_word, icon, short_word
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import frame, overview_areas, standing
from tilannehuone.ui.marks import short_html

DISTRICTS = ["tuira", "kiiminki_jaali", "yli_ii"]
CELL = re.compile(r"<td class=\"([^\"]*)\">(.*?)</td>")


def rows(shown):
    """Return the cells of each measure's row by its name, each as its class and its markup."""
    table = shown[shown.index('class="th-matrix"') : shown.index("</table>")]
    found = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table)
    return {unescape(re.sub("<[^>]+>", "", name)): CELL.findall(cells) for name, cells in found}


def words(markup):
    return unescape(re.sub("<[^>]+>", " ", markup)).split()


@pytest.fixture
def page(instance, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    return frame.page_of("overview", "fi")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_matrix_is_a_table_with_caption_and_header_cells(lang, open_app, markup):
    shown = markup(open_app(lang=lang, area="kaakkuri", view="matrix"))
    table = rows(shown)

    assert f"{catalogue(lang)['overview.matrix_caption']}</caption>" in shown
    assert len(re.findall('<th scope="col"', shown)) == 2 + len(DISTRICTS)
    assert len(table) == 20
    assert {len(cells) for cells in table.values()} == {2 + len(DISTRICTS)}
    assert len(re.findall("<h1", shown)) == 1


def test_the_columns_are_the_area_the_one_above_and_those_beside_or_below(page):
    of_district = overview_areas.columns(page, "kaakkuri")
    of_city = overview_areas.columns(page, "564")

    assert [one.area_code for one in of_district] == ["kaakkuri", "564", *DISTRICTS]
    assert {one.part for one in of_district} == {"chosen", "above", "beside"}
    assert [one.area_code for one in of_city][:2] == ["564", "pohde"]
    assert {one.part for one in of_city[2:]} == {"below"}


def test_a_name_in_brackets_that_people_use_is_the_short_one_and_is_explained(open_app, markup):
    shown = markup(open_app(area="564", view="matrix"))

    assert ">Pohde</a>" in shown
    assert "Pohde = Pohjois-Pohjanmaan hyvinvointialue (Pohde)" in shown


def test_two_areas_never_share_a_short_name():
    names = {"a": "North (City)", "b": "South (City)", "c": "A district (of many long words)"}

    assert overview_areas.short_names(names) == {
        "a": "North (City)",
        "b": "South (City)",
        "c": "A district",
    }


def test_many_areas_read_at_once_stand_as_each_read_alone(page):
    codes = ["564", "kaakkuri", "072", *DISTRICTS]
    together = standing.beside(page, codes)

    assert together == {code: standing.standings(page, code) for code in codes}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_cell_says_what_its_finding_says(lang, page, open_app, markup):
    table = rows(markup(open_app(lang=lang, area="kaakkuri", view="matrix")))
    codes = [one.area_code for one in overview_areas.columns(page, "kaakkuri")]
    told = 0
    for indicator in page.indicators.values():
        for code, (_, cell) in zip(codes, table[indicator.name.in_language(lang)], strict=True):
            finding = standing.standings(page, code).get(indicator.id)
            if finding is not None:
                expected = f"{short_word(finding, lang)} {assurance_word(finding, lang)}".split()
                assert words(cell)[: len(expected)] == expected
                assert "th-icon" in cell
                told += 1
    assert told > 60


def test_a_cell_opens_the_chart_at_the_grain_it_speaks_of(page, open_app, markup):
    name = page.indicators["cp_notifications_rate"].name.fi
    _, cell = rows(markup(open_app(area="kaakkuri", view="matrix")))[name][1]
    finding = standing.standings(page, "564")["cp_notifications_rate"]

    assert (
        'href="trend?lang=fi&amp;area=564&amp;indicator=cp_notifications_rate'
        f'&amp;period={finding.period_type}"'
    ) in cell


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_too_small_is_a_shield_with_words_and_nothing_behind_it(
    lang, planned, open_app, markup
):
    app = open_app(folder=planned, lang=lang, area="kaakkuri", view="matrix")
    small = [cell for some in rows(markup(app)).values() for _, cell in some if "shield" in cell]

    assert len(small) >= 2
    for cell in small:
        assert words(cell) == catalogue(lang)["overview.short_small"].split()
        assert "data-tip" not in cell


def test_what_is_not_published_is_a_dash_that_is_also_said(page, open_app, markup):
    table = rows(markup(open_app(area="kaakkuri", view="matrix")))
    name = page.indicators["cp_clients_per_social_worker"].name.fi

    assert table[name][0][0] == "chosen none"
    assert words(table[name][0][1]) == ["–", *["ei", "julkaista", "tällä", "alueella"]]


def test_signs_both_ways_are_two_icons_over_one_word(page):
    found = standing.standings(page, "kaakkuri").values()
    bad = next(one for one in found if one and one.marks)
    both = [
        dict(zip(("signal", "side", "kind"), one, strict=True))
        for one in (("run", "high", "improvement"), ("outside", "low", "concern"))
    ]
    told = type(bad).from_json(
        re.sub(r'"marks": \[.*?\]', f'"marks": {both}'.replace("'", '"'), bad.to_json())
    )

    assert icon(told) == "both"
    assert words(short_html(told, "fi"))[0] == "kahtaalle"
    assert re.findall(r"th-icon (\w+ \w+)", short_html(told, "fi"))[:2] == [
        "high improvement",
        "low concern",
    ]


def test_measures_due_come_first_in_the_matrix_too(open_app, markup):
    dues = re.findall(r'class="th-due( now)?"', markup(open_app(view="matrix")))

    assert dues[0] == " now"
    assert dues == sorted(dues, reverse=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_mark_is_explained_on_the_page(lang, open_app, markup):
    shown = markup(open_app(lang=lang, view="matrix"))
    legend = shown[shown.index("th-legend") :]

    for key in ("improvement", "concern", "both", "common", "not_yet", "never", "rising"):
        assert catalogue(lang)[f"finding.short_{key}"] in legend
    for key in ("passes", "fails", "hit_or_miss"):
        assert catalogue(lang)[f"finding.assured_{key}"] in legend
