"""The claim guard's word in the minutes: from the frozen series, one for a whole text."""

import json

import pytest
from findings import QUIET, found_in

from tilannehuone.meeting.minutes_claims import claim_of
from tilannehuone.meeting.pack_content import ShownSeries

NAMES = {"fi": "Ilmoitukset", "sv": "Anmälningar", "en": "Notifications"}
OTHER = {"fi": "Perhetyön käynnit", "sv": "Familjearbete", "en": "Family work"}
AREAS = {"A": ("Kaakkuri",), "B": ("Tuira",)}


def series(values, names=NAMES, indicator_id="visits"):
    unit = {"fi": "ilmoitusta", "sv": "anmälningar", "en": "notifications"}
    definition = {"name": names, "unit": unit, "definition": names, "question": names}
    return ShownSeries(
        indicator_id=indicator_id,
        area_code="A",
        period_type="month",
        breakdown="all",
        category="all",
        definition=definition,
        definitions_hash="x",
        k=5,
        finding=json.loads(found_in(values, direction="down").to_json()),
        cells=(),
    )


RISEN = series([*QUIET, *[30.0] * 9])
STEADY = series(QUIET)


@pytest.mark.parametrize(
    ("texts", "of", "word"),
    [
        (("Ilmoitukset ovat lisääntyneet.",), RISEN, "supported"),
        (("Ilmoitukset ovat lisääntyneet.",), STEADY, "unsupported"),
        (("Ilmoitukset ovat vähentyneet.",), RISEN, "unsupported"),
        (("Ilmoitukset lisääntyivät, koska koulut alkoivat.",), RISEN, "cannot_say"),
        (("Tuirassa ilmoitukset ovat lisääntyneet.",), RISEN, "cannot_say"),
        (("Kysytäänkö kouluilta?",), RISEN, ""),
        ((), RISEN, ""),
        (("",), RISEN, ""),
    ],
)
def test_a_text_is_judged_by_the_series_it_is_of(texts, of, word):
    assert claim_of(texts, of, (of,), AREAS, "fi") == word


def test_the_gravest_word_holds_for_a_whole_text():
    both = "Ilmoitukset ovat lisääntyneet. Ilmoitukset ovat vähentyneet."

    assert claim_of((both,), RISEN, (RISEN,), AREAS, "fi") == "unsupported"


def test_a_sentence_of_another_measure_is_judged_by_that_one():
    other = series(QUIET, OTHER, "work")
    said = ("Perhetyön käynnit ovat lisääntyneet.",)

    assert claim_of(said, RISEN, (RISEN, other), AREAS, "fi") == "unsupported"
