"""The pages on privacy: three languages, one content, and numbers that are the code's own."""

import re
from pathlib import Path

import pytest

from tilannehuone.disclosure.prove import THOROUGH
from tilannehuone.disclosure.rules import EVERYONE
from tilannehuone.disclosure.series import MOSTLY, TAU
from tilannehuone.protection import Protection
from tilannehuone.registry import About, Indicator
from tilannehuone.texts import LANGUAGES, text

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {
    (room, lang): (DOCS / room / f"{lang}.md").read_text(encoding="utf-8")
    for room in ("privacy", "hidden")
    for lang in LANGUAGES
}
K, N = Protection().k_min, Protection().n_min
LEAST = next(one.ge for one in Protection.model_fields["k_min"].metadata if hasattr(one, "ge"))
SMALL, LARGE = round(100 * TAU), f"{THOROUGH:,}"
WORDS_AT_MOST = {"privacy": 1000, "hidden": 600}

SAID = {
    ("privacy", "fi"): [
        f"enintään {SMALL} % sen luvuista",
        f"kaikkiaan on alle {EVERYONE:g}",
        f"takana on alle {N}",
        f"Oletus on {K}, pienin sallittu {LEAST}",
        f"yli {LARGE.replace(',', ' ')} peitettyä",
    ],
    ("privacy", "sv"): [
        f"högst {SMALL} % av dess tal",
        f"sammanlagt är under {EVERYONE:g}",
        f"färre än {N} står bakom",
        f"Förvalet är {K}, minst {LEAST} är tillåtet",
        f"över {LARGE.replace(',', ' ')} dolda",
    ],
    ("privacy", "en"): [
        f"at most {SMALL}% of its figures",
        f"of fewer than {EVERYONE:g}",
        f"fewer than {N} stand behind",
        f"The default is {K}, the least allowed {LEAST}",
        f"more than {LARGE} hidden",
    ],
    ("hidden", "fi"): [f"vähintään {100 - SMALL} % on", f"alle {K} tai"],
    ("hidden", "sv"): [f"minst {100 - SMALL} % av talen", f"under {K} eller"],
    ("hidden", "en"): [f"at least {100 - SMALL}% of", f"under {K} or"],
}
"""What a page says of a number, with the number as the code has it."""


def told(page):
    return " ".join(re.sub(r"\]\([^)]*\)|[*`]", " ", page).split())


def tables(page):
    """Return the rows of numbers of each table of a page; a hidden one is None."""
    for table in re.findall(r"(?:^\|.*\n)+", page, re.M):
        cells = [[one.strip(" *") for one in row.split("|")[1:-1]] for row in table.splitlines()]
        yield [[int(c) if c.isdigit() else None for c in row[1:]] for row in cells[2:]]


@pytest.mark.parametrize("page", SAID)
def test_the_numbers_of_a_privacy_page_are_those_of_the_code(page):
    missing = [one for one in SAID[page] if one not in told(PAGES[page])]

    assert missing == []
    assert MOSTLY == 0.5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_witness_tables_add_up_and_agree_with_what_is_published(lang):
    published, low, high = next(iter(tables(PAGES["privacy", lang])))

    for witness in (low, high):
        assert sum(witness[:3]) == witness[3]
        assert all(a in (None, b) for a, b in zip(published, witness, strict=True))
    assert low[1] == 0
    assert high[1] == K


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_village_cannot_be_computed_from_what_is_published(lang):
    whole, *parts = next(iter(tables(PAGES["hidden", lang])))

    assert whole[-1] == 41
    assert [one[-1] for one in parts].count(None) == 2


@pytest.mark.parametrize("room", ["privacy", "hidden"])
def test_the_languages_of_a_privacy_page_have_the_same_points(room):
    pages = [PAGES[room, lang] for lang in LANGUAGES]

    for mark in (r"^#+ ", r"^- ", r"^\d\. ", r"^\|", r"\*\*", "`", "·"):
        assert len({len(re.findall(mark, page, re.M)) for page in pages}) == 1
    assert max(len(re.findall(r"\w+", told(page))) for page in pages) <= WORDS_AT_MOST[room]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_on_hidden_figures_quotes_the_screens(lang):
    page = told(PAGES["hidden", lang])
    at, figures = (text(f"frame.grain_{one}", lang) for one in ("at_month", "figures_half_year"))

    assert text("status.tile_c", lang, k=K) in page
    assert text("trend.small_shown", lang, at=at, figures=figures) in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_options_a_privacy_page_names_exist(lang):
    named = set(re.findall(r"`([a-z_]+)`", PAGES["privacy", lang]))
    known = {*Protection.model_fields, *Indicator.model_fields, *About.model_fields}

    assert named == {"show_zero", "complement", "subset_of", "keep_releases"}
    assert named <= known


def test_every_link_of_the_privacy_pages_leads_somewhere():
    for (room, _), page in PAGES.items():
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", page):
            assert (DOCS / room / target).exists()
