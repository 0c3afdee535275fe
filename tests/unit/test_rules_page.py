"""The page of rules for leadership teams: three languages, one content, the code's own numbers."""

import re
import runpy
from pathlib import Path

import pytest

from tilannehuone.finding_result import POINTS_FOR_EARLY
from tilannehuone.registry import Protection
from tilannehuone.stats.forecast import COLUMNS
from tilannehuone.stats.funnel_limits import LEVELS
from tilannehuone.stats.power import PROBABILITY, WITHIN, false_alarm_probability
from tilannehuone.stats.rare import MIN_MEAN
from tilannehuone.stats.season import HOLIDAYS, MIN_MONTHS
from tilannehuone.stats.spc import MIN_POINTS_FOR_WORDS
from tilannehuone.stats.spc_signals import SIGNALS, WINDOW
from tilannehuone.stats.spc_suggest import MIN_STRETCH
from tilannehuone.stats.trend_recent import POINTS
from tilannehuone.texts import LANGUAGES, text

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DRAWING = runpy.run_path(str(ROOT / "bench/pictures.py"))
PAGES = {lang: (DOCS / f"rules/{lang}.md").read_text(encoding="utf-8") for lang in LANGUAGES}

WORDS_AT_MOST = 450
BYTES_AT_MOST = 60_000
CHANCE = round(100 * false_alarm_probability(24))
"""Charts in a hundred that chance marks."""

LIKELY = round(100 * PROBABILITY)
USUAL, FAR = (100 * level for level in LEVELS)
K = Protection().k_min

SAID = {
    "fi": [
        f"{WINDOW} peräkkäin samaan suuntaan",
        f"{WINDOW} peräkkäin samalla puolella",
        "2 kolmesta lähellä rajaa",
        f"lukuja on {MIN_POINTS_FOR_WORDS}",
        f"riittää {POINTS}",
        f"keskimäärin alle {MIN_MEAN:g}",
        f"{LIKELY} %:n todennäköisyydellä näkynyt {WITHIN} jaksossa",
        f"noin {CHANCE} kaavioon sadasta",
        f"Alle {K} jää piiloon",
        f"({USUAL:g} %)",
        f"({FAR:.1f} %)".replace(".", ","),
        f"Kun {MIN_STRETCH} lukua on peräkkäin",
        f"{MIN_MONTHS} kuukaudelta",
        f"{COLUMNS[1].removeprefix('lower')} %:n väli",
        "heinä- ja joulukuussa",
    ],
    "sv": [
        f"{WINDOW} i följd åt samma håll",
        f"{WINDOW} i följd på samma sida",
        "2 av tre nära gränsen",
        f"{MIN_POINTS_FOR_WORDS} jämförbara tal",
        f"nöjer sig med {POINTS}",
        f"färre än {MIN_MEAN:g} per period",
        f"{LIKELY} % sannolikhet skulle ha synts inom {WITHIN} perioder",
        f"omkring {CHANCE} diagram av hundra",
        f"Under {K} döljs",
        f"({USUAL:g} %)",
        f"({FAR:.1f} %)".replace(".", ","),
        f"När {MIN_STRETCH} tal i följd",
        f"{MIN_MONTHS} månader",
        f"{COLUMNS[1].removeprefix('lower')} %-intervall",
        "i juli och december",
    ],
    "en": [
        f"{WINDOW} in a row the same way",
        f"{WINDOW} in a row on one side",
        "2 of three near the limit",
        f"{MIN_POINTS_FOR_WORDS} comparable figures",
        f"needs {POINTS}",
        f"fewer than {MIN_MEAN:g} cases",
        f"within {WITHIN} periods with a probability of {LIKELY}%",
        f"about {CHANCE} charts in a hundred",
        f"Under {K} is hidden",
        f"({USUAL:g}%)",
        f"({FAR:.1f}%)",
        f"When {MIN_STRETCH} figures in a row",
        f"{MIN_MONTHS} months",
        f"{COLUMNS[1].removeprefix('lower')}% interval",
        "in July and December",
    ],
}
"""What each page says of a number, with the number as the code has it."""

WORDS = [
    *("finding.word_not_yet", "finding.common", "status.short_c"),
    *("chart.kind_common", "chart.forecast"),
    *(f"trend.word_{one}" for one in ("similar", "better", "worse", "higher", "lower")),
]
"""Words of the screens that the page explains."""


@pytest.fixture(scope="module")
def drawn():
    return dict(DRAWING["figures"]())


def pictures(page):
    return [Path(one).name for one in re.findall(r'\.\./pictures/([^)"]+)', page)]


def told(page):
    """Return the words that a reader sees: no pictures, tags or addresses."""
    return re.sub(r"!\[[^]]*\]\([^)]*\)|<[^>]*>|\]\([^)]*\)", " ", page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_are_those_the_code_computes_by(lang):
    page = " ".join(told(PAGES[lang]).split())

    assert [one for one in SAID[lang] if one not in page] == []
    stated = set(re.findall(r"\d+(?:[.,]\d+)?", page))
    assert stated == set(re.findall(r"\d+(?:[.,]\d+)?", " ".join(SAID[lang])))


def test_what_the_page_names_in_words_is_so_too():
    assert HOLIDAYS == (7, 12)
    assert len(SIGNALS) == 4
    assert POINTS == POINTS_FOR_EARLY


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_speaks_in_the_words_of_the_screens(lang):
    page = told(PAGES[lang]).lower()
    words = [text(key, lang).partition(":")[0].lower() for key in WORDS]

    assert [one for one in words if one not in page] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_fits_one_screen(lang):
    assert len(re.findall(r"\w+", told(PAGES[lang]))) <= WORDS_AT_MOST


def test_the_languages_have_the_same_headings_pictures_and_points():
    for mark in (r"^#+ ", r"^- ", "<b>|\\*\\*"):
        assert len({len(re.findall(mark, one, re.M)) for one in PAGES.values()}) == 1
    neutral = [[one.replace(f".{lang}.", ".") for one in pictures(PAGES[lang])] for lang in PAGES]
    assert neutral[0] == neutral[1] == neutral[2]


def test_every_picture_is_drawn_linked_described_and_small(drawn):
    linked = {one for page in PAGES.values() for one in pictures(page)}
    files = {one.name for one in (DOCS / "pictures").iterdir()}

    assert linked == files == {f"{name}.svg" for name in drawn}
    assert max(one.stat().st_size for one in (DOCS / "pictures").iterdir()) < BYTES_AT_MOST
    for page in PAGES.values():
        described = re.findall(r'!\[[^]]+\]\(\.\.|alt="[^"]+"', page)
        assert len(described) == len(pictures(page))


@pytest.mark.parametrize("name", SIGNALS)
def test_a_picture_of_a_sign_shows_that_sign_alone(name):
    assert set(DRAWING["SIGNS"]) == set(SIGNALS)
    assert set(DRAWING["sign"](name)["signal"].dropna()) == {name}


def test_the_pictures_for_every_reader_have_no_words(drawn):
    for name, figure in drawn.items():
        named_after_a_language = name.rpartition(".")[2] in LANGUAGES
        assert bool(figure.layout.annotations) == named_after_a_language
