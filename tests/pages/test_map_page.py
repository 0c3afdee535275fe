"""The map page: outlines or tiles, every area named, hidden ones hatched, each a link."""

import re
from html import unescape

import pytest
from opened import drawings

from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import frame, map_head, map_paper, map_view

MEASURE = "cp_open_care_share"
DISTRICTS = ("kaakkuri", "tuira", "kiiminki_jaali", "yli_ii")
NOTHING = "numerator = null, denominator = null, value = null, lower95 = null, upper95 = null"
OF_YEAR = f"where indicator_id = '{MEASURE}' and period_type = 'year' and breakdown = 'all'"


def without(status, area="tuira"):
    return f"update cells set status = '{status}', {NOTHING} {OF_YEAR} and area_code = '{area}'"


def squares(*codes, tall=240):
    """Return a statement that gives areas outlines beside each other, 240 wide."""
    paths = {code: f"M{250 * n} 0L{250 * n + 240} 0L{250 * n + 240} {tall}L{250 * n} {tall}Z"
             for n, code in enumerate(codes)}  # fmt: skip
    rows = ", ".join(f"('{code}', '{path}', 'Someone')" for code, path in paths.items())
    return f"insert into shapes values {rows}"


def drawn(app):
    (found,) = [one for one in drawings(app) if "th-map" in one]
    return found


def tiles(markup):
    """Return class and words of each tile by its area."""
    found = re.findall(r'<li><a class="([^"]*)" href="([^"]*)"[^>]*>(.*?)</a>', markup)
    return {re.search(r"area=(\w+)", link)[1]: (kind, link, words) for kind, link, words in found}


def regions(markup):
    """Return class, name and address of each outline by its area."""
    found = re.findall(
        r'<a class="th-region ([^"]*)" href="([^"]*)" target="_self" aria-label="([^"]*)"', markup
    )
    return {
        re.search(r"area=(\w+)", link)[1]: (kind, unescape(name), link)
        for kind, link, name in found
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_outlines_every_area_is_a_tile_with_its_name_that_leads_to_its_trend(
    lang, open_app
):
    found = tiles(drawn(open_app("map", lang=lang, indicator=MEASURE)))

    assert set(found) == set(DISTRICTS)
    kind, link, words = found["kaakkuri"]
    assert f"trend?lang={lang}&amp;area=kaakkuri&amp;indicator={MEASURE}" in link
    assert "Kaakkuri" in words
    assert re.search(r'class="value">\d', words)


@pytest.mark.parametrize(
    ("status", "kind", "word", "legend"),
    [
        ("c", "is-hidden", "peitetty", "liian pieni näytettäväksi (1 alue)"),
        ("x", "is-missing", "ei saatavilla", "ei saatavilla (1 alue)"),
        ("o", "is-missing", "myöhässä", "myöhässä (1 alue)"),
        ("z", "is-none", "ei sovellu", "ei sovellu (1 alue)"),
    ],
)
def test_an_area_without_a_figure_is_never_blank(status, kind, word, legend, altered, open_app):
    markup = drawn(open_app("map", folder=altered(without(status)), indicator=MEASURE))
    found = tiles(markup)["tuira"]

    assert found[0] == kind
    assert word in found[2]
    assert f'<span class="th-swatch {kind}" aria-hidden="true"></span><span>{legend}' in markup


def test_an_area_is_coloured_by_the_word_of_the_release_and_the_word_is_printed(altered, open_app):
    folder = altered(
        f"update comparisons set word = 'similar'; update comparisons set word = 'clearly_worse'"
        f" where indicator_id = '{MEASURE}' and area_code = 'tuira'"
    )
    found = tiles(drawn(open_app("map", folder=folder, indicator=MEASURE)))

    assert found["tuira"][0] == "is-concern is-sure"
    assert re.search(r"[▲▼] selvästi heikompi", found["tuira"][2])
    assert found["kaakkuri"][0] == "is-common"


def test_by_value_the_legend_has_the_limits_of_each_class_of_shown_values(open_app):
    markup = drawn(open_app("map", indicator=MEASURE, by="value"))
    limits = re.findall(r'class="th-swatch is-shade\d"[^>]*></span><span>([^<]*)', markup)
    values = re.findall(r'class="value">([\d,]+)', markup)

    assert len(limits) == len(set(values))
    assert all(any(one in words for words in limits) for one in values)


def test_without_words_in_the_release_the_map_shows_values(altered, open_app, markup):
    app = open_app("map", folder=altered("delete from comparisons"), indicator=MEASURE)

    assert "is-shade" in drawn(app)
    assert "Eroja ei tässä mittarissa arvioida" in markup(app)


def test_an_outline_is_a_link_named_by_area_figure_and_word(altered, open_app):
    found = regions(drawn(open_app("map", folder=altered(squares(*DISTRICTS)), indicator=MEASURE)))

    assert set(found) == set(DISTRICTS)
    _, name, link = found["kaakkuri"]
    assert re.fullmatch(r"Kaakkuri: [\d,]+\s%, \w+", name)
    assert f"area=kaakkuri&amp;indicator={MEASURE}" in link


def test_a_hidden_outline_is_hatched_and_named(altered, open_app):
    folder = altered(f"{squares(*DISTRICTS)}; {without('c')}")
    markup = drawn(open_app("map", folder=folder, indicator=MEASURE))

    assert regions(markup)["tuira"][:2] == ("is-hidden", "Tuira: peitetty")
    assert 'id="th-hatch"' in markup
    assert "Rajat: Someone" in markup


def test_an_area_whose_outline_is_missing_is_still_there_as_a_tile(altered, open_app):
    folder = altered(squares("kaakkuri", "tuira", "yli_ii"))
    markup = drawn(open_app("map", folder=folder, indicator=MEASURE))

    assert set(regions(markup)) | set(tiles(markup)) == set(DISTRICTS)
    assert set(tiles(markup)) == {"kiiminki_jaali"}


def test_a_release_from_before_there_were_outlines_shows_tiles(altered, open_app):
    folder = altered("drop table shapes")

    assert set(tiles(drawn(open_app("map", folder=folder, indicator=MEASURE)))) == set(DISTRICTS)


def test_the_table_beside_says_the_same_of_every_area(open_app, markup):
    app = open_app("map", indicator=MEASURE, area="tuira")
    rows = re.findall(r'<th scope="row"><a href="trend[^"]*area=(\w+)', markup(app))

    assert tuple(rows) == tuple(tiles(drawn(app)))
    assert 'class="here" aria-current="true"><th scope="row"><a href="trend' in markup(app)


def test_the_years_beside_are_links_that_keep_the_rest(open_app, markup):
    shown = markup(open_app("map", indicator=MEASURE, year="2023", by="value"))
    years = re.findall(r'by=value" target="_self"[^>]*>(\d{4})<', shown)

    assert years == ["2022", "2023", "2024"]
    assert f"indicator={MEASURE}&amp;type=district&amp;year=2022&amp;by=value" in shown


@pytest.mark.parametrize("name", ["type", "year", "by"])
def test_what_the_address_names_wrongly_is_told_and_the_usual_shown(name, open_app, markup):
    app = open_app("map", indicator=MEASURE, **{name: "nowhere"})

    assert catalogue("fi")[f"frame.bad_{name}"] in unescape(markup(app))
    assert set(tiles(drawn(app))) == set(DISTRICTS)


def test_a_measure_without_areas_beside_each_other_says_so(altered, open_app, markup):
    folder = altered(f"delete from cells where indicator_id = '{MEASURE}' and area_code <> '564'")

    assert "joten siitä ei ole karttaa" in markup(open_app("map", folder=folder, indicator=MEASURE))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_of_the_map_holds_the_same_and_no_hidden_figure(lang, altered, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(altered(without("c"))))
    page = frame.page_of("map", lang)
    shown = map_view.view(page, MEASURE, {})
    found = map_paper.paper(page, shown)

    assert found.messages == tuple(map_head.messages(page, shown))
    assert found.labels == tuple(one.name for one in shown.places)
    at = [one.code for one in shown.places].index("tuira")
    assert found.curves[0].values[at] is None
    assert found.table.rows[at][1].number is None
    assert sum(one is not None for one in found.curves[0].values) == len(DISTRICTS) - 1


@pytest.mark.parametrize(("tall", "names"), [(240, 4), (40, 0)])
def test_a_figure_is_printed_also_where_the_name_has_no_room(tall, names, altered, open_app):
    folder = altered(f"{squares(*DISTRICTS, tall=tall)}; update comparisons set word = 'similar'")
    markup = drawn(open_app("map", folder=folder, indicator=MEASURE))
    printed = re.findall(r'<tspan class="value"[^>]*>([\d,]+)', markup)

    assert len(printed) == len(DISTRICTS)
    assert markup.count('<tspan class="name"') == names
