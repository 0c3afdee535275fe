"""The protection report on the quality page: in words, only what is known, and never which."""

import json
import re
from html import unescape

import pytest

from tilannehuone.texts import LANGUAGES, catalogue

OLD = {"method": "x", "cells": 10, "hidden": 5, "primary": 7111, "complementary": 8222}
NEW = OLD | {
    **{"tau": 0.1, "series": 2000, "offered": 1500, "not_offered": 3, "readable": 1000},
    **{"kept": 905, "held_back": 4, "given_away": 12, "coarsened": 9, "proven": True},
}


@pytest.fixture
def told(altered, open_app, markup):
    """Return a function that gives the section of a report, and its text without markup."""

    def section(report, lang="fi"):
        folder = altered(f"update release set protection = '{json.dumps(report)}'")
        shown = markup(open_app("quality", folder=folder, lang=lang))
        (found,) = re.findall(
            rf"<h2>{catalogue(lang)['quality.protection']}</h2>(.*?)</section>", shown, re.S
        )
        words = unescape(re.sub(r"<[^>]+>", " ", found))
        return re.sub("(?<=[0-9])\u202f(?=[0-9])", "", words)  # of thousands

    return section


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_whole_report_is_told_in_every_language(lang, told):
    words = told(NEW, lang)

    for name in ("small", "unoffered", "offered", "kept", "proven", "readable", "coarsened"):
        assert catalogue(lang)[f"quality.protection_{name}"] in words
    for figure in ("1500", "905", "12", "9"):
        assert figure in words
    assert re.search(r"91\s?%", words)


def test_small_figures_and_those_that_protect_them_are_one_number(told):
    words = told(NEW)

    assert "7111" not in words
    assert "8222" not in words


def test_an_old_report_leaves_out_what_it_does_not_know(told):
    words = told(OLD)
    of = catalogue("fi")

    for name in ("unoffered", "offered", "kept", "proven", "readable", "coarsened"):
        assert of[f"quality.protection_{name}"] not in words
    assert of["quality.protection_method"] in words
    assert of["quality.protection_small"] in words


@pytest.mark.parametrize("name", ["held_back", "given_away"])
def test_what_did_not_happen_is_not_told(name, told):
    assert catalogue("fi")[f"quality.protection_{name}"][:9] not in told(NEW | {name: 0})


def test_each_measure_is_under_the_number_that_hides_its_figures(told):
    words = told(OLD)

    assert "Peitetään alle 3 Pilottipuhelimen yhteydenotot" in " ".join(words.split())
    assert "muut mittarit" in words


def test_the_figures_of_the_report_add_up(told):
    words = re.sub(r"\((alle )?\d+.?%\)", "", told(OLD)).split("alle 3")[0]
    cells, *parts = (int(one) for one in re.findall(r"\b\d+\b", words))

    assert cells == sum(parts)
