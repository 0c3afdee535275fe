"""Laws of the finding's words, over ten thousand random series in three languages at once."""

import re
from collections import Counter

import pytest
from finding_corpus import drawn, facts_of, renderings

from tilannehuone.finding import Finding, detail, icon, message, sentence
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.format import NARROW

MANY = 10_000

CHANGE = {
    "fi": re.compile(r"\b(nous|lask|paran|heik|kasv|vähen|kohen|huonon)", re.I),
    "sv": re.compile(r"\b(stig|steg|sjunk|sjönk|förbättr|försämr|öka|ökning|minsk)", re.I),
    "en": re.compile(
        r"\b(rise|risen|rising|rose|fall|falls|fallen|falling|fell|improv|wors|increas|decreas)",
        re.I,
    ),
}
"""Every form of the words for a change, by their beginnings."""

VERDICTS = {
    "improvement": ("Tilanne paranee:", "Läget förbättras:", "Things are improving:"),
    "concern": ("Tilanne heikkenee:", "Läget försämras:", "Things are getting worse:"),
    "higher": ("on korkeampi kuin tavallisesti:", "är högre än vanligt:", "is higher than usual:"),
    "lower": ("on matalampi kuin tavallisesti:", "är lägre än vanligt:", "is lower than usual:"),
    "rising": ("u[ks]u?s? nousee:", "(värdet|andelen) stiger:", "is rising:"),
    "falling": ("u[ks]u?s? laskee:", "(värdet|andelen) sjunker:", "is falling:"),
    "both": ("Merkkejä on kahteen suuntaan:", "Tecknen pekar åt två håll:", "There are signs both"),
    "common": ("ei näy", "Ingen förändring syns|syns ingen", "No change can|no significant change"),
    "not_yet": ("Suunta ei ole vielä arv", "Riktningen kan inte bedömas ännu", "It is too early"),
    "never": (
        "Suuntaa ei arv|ettei muut",
        "bedöms inte utif|inte kan skiljas",
        "No direction|told",
    ),
    "hidden": ("^Peitetty tieto", "^Dold av", "^Hidden to"),
    "nothing": ("^Ei tietoa:", "^Ingen uppgift:", "^No data:"),
}
"""How each verdict is worded: by these a sentence is told apart from all others."""

SAID = {
    key: {lang: re.compile(words[at], re.I) for at, lang in enumerate(LANGUAGES)}
    for key, words in VERDICTS.items()
}

WORDS = {
    "improvement": ("paranee", "förbättras", "improving"),
    "concern": ("heikkenee", "försämras", "getting worse"),
    "higher": ("korkeampi kuin tavallisesti", "högre än vanligt", "higher than usual"),
    "lower": ("matalampi kuin tavallisesti", "lägre än vanligt", "lower than usual"),
    "rising": ("nousee", "stiger", "rising"),
    "falling": ("laskee", "sjunker", "falling"),
    "both": ("merkkejä kahteen suuntaan", "tecken åt två håll", "signs both ways"),
    "common": ("ei muutosta", "ingen förändring", "no change"),
    "not_yet": ("ei vielä arvioitavissa", "kan inte bedömas ännu", "too early to tell"),
    "never": ("suuntaa ei arvioida", "riktningen bedöms inte", "direction not assessed"),
    "hidden": ("peitetty", "dold", "hidden"),
    "nothing": ("ei tietoa", "ingen uppgift", "no data"),
}
"""The words beside the icon."""

BROKEN = ("{", "}", "  ", "None", " nan", " inf", "..", " .", " ,", " :", " ;", "()", "finding.")
"""What no text may hold: open places, gaps, and values that were never known."""

NUMBERS = re.compile(r"(?<![\d–])-\d|\d (%|\d{3}\b)|\d (käyntiä|per|pros|proc)")
"""Numbers with a hyphen for a minus, or parted from what belongs to them."""

FOREIGN = {"fi": re.compile(r"\d\.\d"), "sv": re.compile(r"\d\.\d"), "en": re.compile(r"\d,\d")}
DATE = re.compile(r"\d+\.\d+\.(\d{4})?")


@pytest.fixture(scope="module")
def told():
    """Return ten thousand findings, each with its renderings in three languages."""
    return [(one, series, renderings(one, names)) for one, series, names in drawn(MANY, seed=2026)]


def verdict_of(finding: Finding) -> str:
    """Return the verdict a finding's marks give, worked out without its words."""
    shape = icon(finding)
    if shape == "not_yet" and finding.evidence.obstacle:
        return "never"
    if not shape.startswith("neutral"):
        return shape
    is_trend = finding.marks[0].signal in ("trend", "recent_trend")
    high, low = ("rising", "falling") if is_trend else ("higher", "lower")
    return high if finding.marks[0].side == "high" else low


def test_the_series_are_of_every_kind(told):
    seen = Counter(verdict_of(one) for one, _, _ in told)
    signals = Counter(mark.signal for one, _, _ in told for mark in one.marks)

    assert set(seen) == set(VERDICTS)
    assert min(seen.values()) >= 20
    assert min(signals[one] for one in ("outside", "trend", "two_in_three", "run")) >= 50
    assert signals["recent_trend"] >= 20


def test_icon_word_sentence_alternative_text_and_caption_agree(told):
    for finding, _, by_lang in told:
        verdict = verdict_of(finding)
        for word, (lang, one) in zip(WORDS[verdict], by_lang.items(), strict=True):
            assert [key for key in SAID if SAID[key][lang].search(one.sentence)] == [verdict]
            assert one.word == word
            assert one.alt.endswith(f" {one.sentence}")
            assert one.caption.endswith(f". {one.sentence}")


def test_no_word_of_change_stands_outside_the_ladder(told):
    for finding, _, by_lang in told:
        may = bool(finding.marks) and (
            finding.ladder == "signals" or finding.marks[0].signal == "recent_trend"
        )
        for lang, one in by_lang.items():
            every = f"{one.alt} {one.caption} {one.word} {one.suggestion}"
            assert may or not CHANGE[lang].search(every), every


def test_the_three_languages_tell_the_same_numbers(told):
    for finding, _, by_lang in told[::3]:
        facts = [facts_of(finding, one.alt, lang) for lang, one in by_lang.items()]
        assert facts[0] == facts[1] == facts[2]


def test_every_text_is_whole_and_written_as_its_language_writes(told):
    for _, _, by_lang in told[::2]:
        for lang, one in by_lang.items():
            every = f"{one.alt} {one.suggestion}".rstrip()
            assert not [mark for mark in BROKEN if mark in every], every
            assert not NUMBERS.search(every), every
            assert (f"{NARROW}%" in every) == (lang != "en" and "%" in every)
            assert not FOREIGN[lang].search(DATE.sub("", every)), every
            assert one.sentence[0].isupper()
            assert all(words.endswith(".") for words in (one.sentence, one.alt, one.caption))


def test_what_a_sentence_says_was_seen_is_in_the_values(told):
    for finding, series, by_lang in told:
        for mark in finding.marks:
            if mark.signal in ("run", "trend"):
                assert mark.length == series.stretch(mark)
                assert f"for {mark.length} " in by_lang["en"].sentence
        if finding.latest_status != "ok":
            continue
        is_told = "Uusin" in by_lang["fi"].sentence
        assert is_told == (finding.newest_period != finding.latest_period and finding.known > 0)


def test_every_finding_survives_json(told):
    for finding, _, _ in told[::7]:
        assert Finding.from_json(finding.to_json()) == finding


def test_a_sentence_is_its_message_and_its_detail():
    for finding, _, names in drawn(300, seed=7):
        for lang in LANGUAGES:
            parts = message(finding, names, lang), detail(finding, names, lang)
            assert sentence(finding, names, lang) == " ".join(one for one in parts if one)
