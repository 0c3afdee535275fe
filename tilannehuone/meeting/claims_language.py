"""How the claim guard finds its words in a sentence, and which language the sentence is in."""

import re
from functools import cache

from tilannehuone.meeting.claims_words import STEMS
from tilannehuone.texts import LANGUAGES

_GENERIC = (
    "luku luvut luvun lukema lukemat arvo osuus osuuden määrä määrät määrän taso mittari mittarin"
    " tilanne tilanteen suunta trendi kehitys käyrä tulos se tämä ne tulokset indikaattori"
    " tunnusluku vaihtelu muutos muutosta mediaani talet siffran andelen andel nivån läget trenden"
    " utvecklingen värdet mätaren antalet antal det den detta resultatet kurvan medianen läge"
    " situationen variationen förändring ingen figure figures number numbers rate share value level"
    " situation trend development it this measure median result curve variation there change"
    " indicator"
)
GENERIC = frozenset(_GENERIC.split())
"""Words for the series itself, which name no other thing."""

_FUNCTION = {
    "fi": "on ei ja oli ovat olivat että kun mutta se sitä ole olleet ollut myös nyt kuin vielä tai"
    " jo niin joka näyttää viime alueella eivät vaan",
    "sv": "är och i det den att har inte på som av för till med var en ett men de vi under nu"
    " också än ligger från",
    "en": "the is and of in to has have was were not are it that with on but for at been a an this"
    " from we did does than now there",
}
FUNCTION = {lang: frozenset(words.split()) for lang, words in _FUNCTION.items()}
"""Small words by which a language is known."""


@cache
def pattern(lang: str, group: str) -> re.Pattern[str]:
    """Return what matches a word or phrase of a group, from its beginning to the word's end."""
    told = "|".join(_whole(one) for one in _split(STEMS[lang][group]))
    return re.compile(rf"(?<![\w-])(?:{told})", re.IGNORECASE)


def language_of(sentence: str, lang: str) -> str:
    """Return the language a sentence is written in; `lang` where its words do not tell."""
    words = re.findall(r"[^\W\d_]+", sentence.lower())
    score = {
        one: sum(word in FUNCTION[one] for word in words)
        + sum(bool(pattern(one, group).search(sentence)) for group in STEMS[one])
        for one in LANGUAGES
    }
    best = max(score.values())
    return lang if score[lang] == best else max(LANGUAGES, key=score.__getitem__)


def _split(stems: str) -> list[str]:
    """Return the alternatives of a group; a bar within brackets separates none."""
    found, depth = [""], 0
    for letter in stems:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return found


def _whole(stem: str) -> str:
    """Return the expression of a stem: of a whole word where it ends with `$`, else of any end."""
    if stem.endswith("$"):
        return rf"{stem[:-1]}(?!\w)"
    return rf"{stem}\w*"
