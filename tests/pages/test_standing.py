"""What a series could have shown, what chance gives, a new level, and areas beside each other."""

import json
import re

import pytest

from tilannehuone import store
from tilannehuone.release import current_release
from tilannehuone.texts import LANGUAGES, catalogue

MONTHLY = {"area": "kaakkuri", "indicator": "cp_notifications_rate", "period": "month"}
PART = {"indicator": "shl_family_work_rate", "period": "quarter", "breakdown": "ikaryhma:0-12"}
STEADY = {"area": "564", "indicator": "cp_notifications_rate", "period": "month"}
SUGGESTED = """select indicator_id as indicator, area_code as area, period_type as period
    from findings where breakdown = 'all' and finding ->> '$.evidence.new_level' is not null"""
WORDS = ("similar", "better", "worse", "clearly_better", "clearly_worse", "higher", "lower")
WORDS += ("clearly_higher", "clearly_lower")


def details(shown):
    return re.findall('<p class="th-detail">([^<]+)</p>', shown)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fi", "näkyisi todennäköisesti"), ("sv", "sannolikt"), ("en", "would")],
)
def test_no_change_says_under_the_message_what_it_could_have_hidden(lang, words, open_app, markup):
    shown = markup(open_app("trend", lang=lang, **STEADY))
    (message,) = re.findall('<p class="th-message big">([^<]+)</p>', shown)

    assert len(details(shown)) == 1
    assert words in details(shown)[0]
    assert details(shown)[0] not in message


def test_a_new_level_is_suggested_where_one_is_seen(instance, open_app, markup):
    with store.open_release(current_release(instance / "data" / "releases")) as release:
        series = store.fetch(release, SUGGESTED).iloc[0].to_dict()
    shown = markup(open_app("trend", **series))

    assert "kirjatkaa uusi taso" in details(shown)[-1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_confirmed_level_is_named_in_the_chart_and_under_it(lang, open_app, markup, chart):
    words = {"fi": "Uusi taso vahvistettu", "sv": "Ny nivå bekräftad", "en": "New level confirmed"}
    app = open_app("trend", lang=lang, **MONTHLY | {"area": "tuira"})
    annotations = json.loads(chart(app)[0])["layout"]["annotations"]

    assert words[lang] in [one["text"] for one in annotations]
    assert f"{words[lang]}</li>" in markup(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_says_how_many_signals_chance_alone_would_give(lang, open_app, markup):
    words = catalogue(lang)["overview.chance"].replace("(", r"\(").replace(")", r"\)")
    words = words.replace("{signals}", r".*\d[.,]\d").replace("{count}", r"\d+")

    assert re.fullmatch(words, details(markup(open_app(lang=lang)))[0])


def test_every_measure_is_either_judged_or_said_not_to_be(open_app, markup):
    shown = markup(open_app(area="564"))
    tiles = len(re.findall('<a class="th-tile', shown))
    told = (r"arvioida, on (\d+)", r"mittareihin \((\d+)\)")
    silent, judged = (int(re.search(one, shown)[1]) for one in told)

    assert silent + judged == tiles


def test_nothing_is_said_of_chance_where_nothing_is_judged(altered, open_app, markup):
    unjudged = """update findings set finding = regexp_replace(
        cast(finding as varchar), '"variation": "[a-z_]+"', '"variation": null')"""
    folder = altered(unjudged)

    assert not details(markup(open_app(folder=folder)))


@pytest.mark.parametrize("word", ["similar", "worse", "clearly_higher"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_areas_of_one_type_stand_beside_each_other_in_words(word, lang, altered, open_app, markup):
    folder = altered(f"update comparisons set word = '{word}', baseline = 179.25")
    shown = markup(open_app("trend", folder=folder, lang=lang, **MONTHLY))
    year = store_year(folder)
    level = catalogue(lang)["trend.col_compared"].format(year=year, level="179")

    assert level in shown
    assert shown.count(f"<td>{catalogue(lang)[f'trend.word_{word}']}</td>") == 3
    assert shown.count(f'"quiet">{catalogue(lang)["trend.not_compared"]}<') == 1


@pytest.mark.parametrize(
    "gone",
    [
        PART,
        {"area": "564"},
    ],
)
def test_no_column_stands_where_areas_were_not_compared(gone, open_app, markup):
    shown = markup(open_app("trend", **MONTHLY | gone))

    assert "yhteinen taso" not in shown
    assert catalogue("fi")["trend.compared_note"] not in shown


def store_year(folder):
    with store.open_release(current_release(folder / "data" / "releases")) as release:
        key = {"indicator_id": "cp_notifications_rate", "area_code": "kaakkuri"}
        return store.fetch(release, store.COMPARISONS, **key)["period_start"].iloc[0].year
