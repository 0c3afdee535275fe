"""Names and what they look like in a Finnish sentence: Liisa, Liisalla, Virtasen, Korhosilta.

Forms are made from the names by the rules of inflection, so that no sentence has to be parsed. A
form is kept with what is known of it: a first name or a surname, and whether it is a word too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NAMES = Path(__file__).with_name("names")
CLITICS = ("kin", "kaan", "kään", "han", "hän", "ko", "kö", "pa", "pä")
VOWELS = "aeiouyäöåéü"
WEAK = {"kk": "k", "pp": "p", "tt": "t"}
"""Gradation that every name goes through: Pekka, Pekan."""

SINGLE = {"nt": "nn", "lt": "ll", "rt": "rr", "mp": "mm", "nk": "ng", "ht": "hd", "lk": "l"}
AFTER_VOWEL = {"k": "", "t": "d", "p": "v"}
"""Gradation of names that are words: Virta, Virran; Mäki, Mäen. Other names keep their letters."""

STRONG = ("a", "na")
WEAKER = ("n", "lla", "lta", "lle", "ssa", "sta", "ksi", "t", "tta")
PLURAL = ("illa", "ilta", "ille", "issa", "ista")
NEN = (
    *("en", "ta", "ella", "elta", "elle", "essa", "esta", "eksi", "ena", "een", "et", "ten"),
    *("ia", "iin", "ien", "etta", *PLURAL),
)
"""Endings as they are after a, o and u; after other vowels they have ä."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What a form can be: 0 not at all, 1 also a word, 2 nothing but a name."""

    first: int = 0
    last: int = 0
    is_no_person: bool = False


UNKNOWN = Sort()


def sort_of(word: str, known: frozenset[str] = frozenset()) -> Sort:
    """Return what a word can be, in any of its forms and whatever its case.

    `known` are forms (`forms_of`) of places and the like that the instance knows.
    """
    plain = word.casefold()
    for one in (plain, *_without_clitic(plain)):
        found = _forms().get(one)
        if found is None and one not in known:
            continue
        found = found or UNKNOWN
        return Sort(found.first, found.last, found.is_no_person or one in known)
    return UNKNOWN


@cache
def forms_of(names: frozenset[str]) -> frozenset[str]:
    """Return all forms of names of places and the like, each of their words by itself too."""
    words = {part.casefold() for one in names for part in (one, *one.split()) if len(part) > 2}
    return frozenset(form for one in words for form in inflected(one, as_word=True))


def inflected(name: str, *, as_word: bool = False) -> Iterator[str]:
    """Yield a name in its cases; with those of a common word where it is one as well.

    >>> {"pekan", "pekalta", "pekkaa"} <= set(inflected("pekka"))
    True
    >>> {"virtasen", "virtasilla", "virtaset"} <= set(inflected("virtanen"))
    True
    >>> {"mäen", "mäellä", "mäkeä"} <= set(inflected("mäki", as_word=True))
    True
    """
    is_back = any(one in name for one in "aouå")
    yield name
    yield f"{name}s"  # the Swedish and English genitive
    for one in _inflected(name, as_word):
        yield one if is_back else one[: len(name) - 3] + one[len(name) - 3 :].replace("a", "ä")


def _inflected(name: str, as_word: bool) -> Iterator[str]:  # noqa: FBT001
    if name.endswith("nen"):
        yield from (f"{name[:-3]}s{one}" for one in NEN)
    elif name[-1] in VOWELS:
        yield from _of_vowel(name, as_word)
    else:
        yield from _of_consonant(name)


def _of_vowel(name: str, as_word: bool) -> Iterator[str]:  # noqa: FBT001
    last = name[-1]
    stems = {name, _graded(name, as_word)}
    yield from (f"{name}{one}" for one in (*STRONG, f"{last}n", f"h{last}n"))
    if as_word and last == "i":
        stems |= {f"{one[:-1]}e" for one in tuple(stems)}
        yield from (f"{name[:-1]}{one}" for one in ("ea", "een", "ien"))
    if last == "e":  # Laine, Laineen
        stems.add(f"{name}e")
    for stem in stems:
        yield from (f"{stem}{one}" for one in WEAKER)
        if as_word and last in "ai":
            yield from (f"{stem[:-1]}{one}" for one in PLURAL)


def _of_consonant(name: str) -> Iterator[str]:
    stems = [f"{name}i"]
    if name.endswith("s"):  # Johannes, Johanneksen; Tuomas, Tuomaan
        stems += [f"{name[:-1]}kse", f"{name[:-1]}{name[-2:-1]}"]
        yield f"{name}ta"
    for stem in stems:
        yield from (f"{stem}{one}" for one in (*STRONG, *WEAKER, f"{stem[-1]}n"))


def _graded(name: str, as_word: bool) -> str:  # noqa: FBT001
    """Return the weak stem of a name that ends in a vowel."""
    stem, last = name[:-1], name[-1]
    if stem[-2:] in WEAK:
        return f"{stem[:-2]}{WEAK[stem[-2:]]}{last}"
    if as_word and stem[-2:] in SINGLE:
        return f"{stem[:-2]}{SINGLE[stem[-2:]]}{last}"
    if as_word and len(stem) > 1 and stem[-2] in VOWELS and stem[-1] in AFTER_VOWEL:
        return f"{stem[:-1]}{AFTER_VOWEL[stem[-1]]}{last}"
    return name


def _without_clitic(word: str) -> Iterator[str]:
    for one in CLITICS:
        if word.endswith(one) and len(word) > len(one) + 2:
            yield word[: -len(one)]


@cache
def _forms() -> dict[str, Sort]:
    """Return every form of every listed name and place with what it can be."""
    forms: dict[str, Sort] = {}
    for file in ("first_names", "surnames"):
        also = _listed(f"{file}_also_words")
        for name in _listed(file):
            grade = 1 if name in also else 2
            sort = Sort(first=grade) if file == "first_names" else Sort(last=grade)
            _add(forms, inflected(name, as_word=grade == 1 or file == "surnames"), sort)
    for name in _listed("not_persons"):
        _add(forms, inflected(name, as_word=True), Sort(is_no_person=True))
    return forms


def _add(forms: dict[str, Sort], inflections: Iterable[str], sort: Sort) -> None:
    """Keep forms; what is a word, or belongs to two names, keeps what is surer of each."""
    words = _listed("forms_also_words")
    for form in inflections:
        most = 1 if form in words else 2
        before = forms.get(form, UNKNOWN)
        forms[form] = Sort(
            max(min(sort.first, most), before.first),
            max(min(sort.last, most), before.last),
            sort.is_no_person or before.is_no_person,
        )


@cache
def _listed(file: str) -> frozenset[str]:
    """Return the words of one of the lists in `names/`."""
    lines = (NAMES / f"{file}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for one in lines if not one.startswith("#") for word in one.split())
