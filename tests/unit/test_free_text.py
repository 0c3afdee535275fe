"""The guard on free text: planted identifiers are stopped, plain sentences pass.

The first sentences are those the guard was made with. Those held out were written afterwards: at
first sight 6 of 197 were stopped (3.0 %), general rules were mended for compounds at the beginning
of a sentence and business ids, and of 30 newer ones none was stopped. Both files are judged apart.
"""

import random
from pathlib import Path

import planted
import pytest

from tilannehuone.errors import WordsRefused
from tilannehuone.meeting.free_text import checked, found
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

HERE = Path(__file__).parent
LEAST_STOPPED, MOST_FALSE = 0.98, 0.01
DRAWN = {
    "codes": planted.codes,
    "phones": planted.phones,
    "mails": planted.mails,
    "names": lambda dice: planted.names(dice, 10),
    "foreign": lambda dice: planted.foreign(dice, 60),
    "unlisted": lambda dice: planted.unlisted(dice, 60),
}


def sentences(file):
    return (HERE / f"{file}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("seed", [2026, 40917])
def test_at_least_98_of_100_planted_identifiers_are_stopped(seed):
    texts = [one for draw in DRAWN.values() for one in draw(random.Random(seed))]
    missed = [one for one in texts if not found(one)]

    assert len(texts) >= 250
    assert len(missed) <= (1 - LEAST_STOPPED) * len(texts), missed


@pytest.mark.parametrize("kind", ["codes", "phones", "mails"])
def test_every_code_number_and_address_is_stopped(kind):
    assert [one for one in DRAWN[kind](random.Random(7)) if not found(one)] == []


@pytest.mark.parametrize("file", ["clean_sentences", "clean_sentences_held_out"])
def test_at_most_1_of_100_clean_sentences_is_stopped(file):
    texts = sentences(file)
    stopped = [one for one in texts if found(one)]

    assert len(stopped) <= MOST_FALSE * len(texts), stopped


def test_there_are_enough_clean_sentences_and_each_is_another():
    texts = [
        one for file in ("clean_sentences", "clean_sentences_held_out") for one in sentences(file)
    ]

    assert len(set(texts)) == len(texts) >= 600


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Toivo Virtanen jäi kotiin", ["name"]),
        ("Toivo on herännyt uudestaan.", []),
        ("Tänään Toivo ei tullut.", ["name"]),
        ("Puhuin Mäen perheen kanssa.", ["name"]),
        ("Mäen laskeminen on hauskaa.", []),
        ("liisa ei tullut kouluun", ["name"]),
        ("luokan oppilas maija virtanen", ["name"]),
        ("Anna-Liisa Mäki-Tuominen soitti.", ["name"]),
        ("Virta-hanke alkoi.", []),
        ("Maija-äiti oli huolissaan.", ["name"]),
        ("Päiväkoti Satu on täynnä.", []),
        ("syntynyt 3.4.2012 Oulussa", ["birthday"]),
        ("Kävimme osoitteessa Kotikuja 5 A 12.", ["address"]),
        ("Valtatie 4 on suljettu.", []),
        ("Y-tunnus 0201256-6 ja diaari 412/2026", []),
    ],
)
def test_the_sentence_decides_what_a_word_means(text, kinds):
    assert [one.kind for one in found(text)] == kinds


def test_what_is_found_is_where_it_is_told_to_be():
    code = planted.code(random.Random(3), "C")
    text = f"Tunnus {code}, puh. 050-123 4567"

    assert [text[one.start : one.end] for one in found(text)] == [code, "050-123 4567"]


def test_names_of_the_instances_areas_are_no_persons():
    text = "Kävelin eilen Sorvalassa, ja Säynälä oli hiljainen. Sorvalan Mattilan kautta."

    assert found(text, known=("Sorvala", "Säynälä", "Mattila")) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_names_the_kind_and_the_place_and_never_the_words(lang):
    code = planted.code(random.Random(4), "-")
    with pytest.raises(WordsRefused) as refused:
        checked(f"Oppilas {code}, äiti maija.virtanen (at) kunta.fi")
    told = [fault_line(one, lang) for one in refused.value.faults]

    assert [one.key for one in refused.value.faults] == ["words_identity_code", "words_email"]
    assert all("2" in line or "4" in line for line in told)
    assert not any(word in line for line in told for word in (code, "maija", "virtanen"))


def test_a_text_without_any_is_returned_as_it_is():
    assert checked("Jonot lyhenivät.") == "Jonot lyhenivät."
    assert checked("") == ""
