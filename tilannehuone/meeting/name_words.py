"""The words of a sentence as the guard on names sees them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from tilannehuone.meeting.lemmas import is_known, lemma
from tilannehuone.meeting.name_forms import Sort, sort_of
from tilannehuone.meeting.person_words import is_person_noun

TOKEN = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*(?:[:'’][a-zåäö]+)?")
ENDS = re.compile(r"(?:[.!?…:;]|^|[\n•–—])[\s\"'”’»«(\[]*$")
SHORTENED = re.compile(
    r"(?:\b(?:esim|mm|ns|os|puh|n|v|s|ks|vrt|tri|prof|hra|rva|nti|fil|yht|st|dr|mr|mrs|ms|bl|t|lk"
    r"|kl|klo|jne|ym|yms|ent|tel|vs|ma|tj)|(?<![\w])[A-ZÅÄÖ])\.\s*$",
    re.IGNORECASE,
)
SURNAME = re.compile(
    r"(?:[^\W\d_]{2,}(?:nen|sen|selle|sella|sellä|selta|seltä|silla|sillä|silta|siltä|sten|set|sta|stä|seen)"
    r"|[^\W\d_]{2,}(?:sson|[qk]vist|ström|berg|lund|gren|holm|blad|stedt|felt|roos|mäki|mäen|niemi|niemen"
    r"|järvi|järven|koski|kosken|aho|ahon|oja|ojan|vaara|kangas|kankaan|luoma|luoman|pelto|pellon|lainen|läinen"
    r"|enko|enkon|ov|ova|ev|eva|ovin|ovan|evin|evan|skij|ski|sky|skaja|vich|vitš|dze|yan|oğlu|zadeh|wicz|poulos"
    r"|ssonin|[qk]vistin|strömin|bergin|lundin|grenin|holmin|ssons|ströms|bergs))",
    re.IGNORECASE,
)
NEN_STEM = re.compile(
    r"^(.*?)(?:nen|sen|selle|sella|sellä|selta|seltä|silla|sillä|silta|siltä|sten|set|seen)$"
)
NOT_SURNAMES = re.compile(
    r"(?:minen|misen|miselle|misella|miselta|miseen|mista|misten|misia|llinen|llisen|lliset|llisten|lainen|läinen|laisen|läisen|laiset|läiset|laisten|läisten)$"
)
WILD = re.compile(
    r"(?:mäki|mäen|niemi|niemen|järvi|järven|koski|kosken|ahon?|ojan?|vaara|kan?gas|kankaan|luoman?"
    r"|pelto|pellon|sta|stä|set|sten|ov|ev|ski)$"
)
"""What the end of a common word may be as well: Liikuntavuoroja."""

LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it is, how it is written, and what it can be."""

    text: str
    start: int
    end: int
    begins: bool
    sort: Sort

    @property
    def plain(self) -> str:
        """The word in lower case, without what follows a colon or an apostrophe."""
        return re.split("[:'’]", self.text)[0].casefold()

    @property
    def first(self) -> int:
        """Whether it can be a first name: 0, 1 where it is a word too, 2."""
        return self.sort.first

    @property
    def last(self) -> int:
        """Whether it can be a surname: 0, 1 where it is a word too, 2."""
        return self.sort.last

    @property
    def is_no_person(self) -> bool:
        """Whether it names a place, a service or a day."""
        return self.sort.is_no_person

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_shouted(self) -> bool:
        """Whether it is in capitals only, as abbreviations are."""
        return len(self.text) > 1 and self.text.split(":")[0].isupper()

    @property
    def is_compound(self) -> bool:
        """Whether its last part begins with a small letter: Virta-hanke."""
        return "-" in self.text and self.tail[0].islower()

    @property
    def tail(self) -> str:
        """What stands after the last hyphen."""
        return re.split("[-‐‑]", self.text)[-1]

    @property
    def is_genitive(self) -> bool:
        """Whether it may say whose something is."""
        return self.plain.endswith(("n", "s"))

    @property
    def looks_like_surname(self) -> bool:
        """Whether it ends as surnames do and is no common word."""
        if not SURNAME.fullmatch(self.text.split(":")[0]):
            return False
        if self.begins and (NOT_SURNAMES.search(self.plain) or WILD.search(self.plain)):
            return False
        return not (is_common(self.plain) if self.begins else is_listed(self.plain))

    @property
    def is_strange(self) -> bool:
        """Whether neither a list nor a dictionary knows it."""
        if self.is_no_person or self.is_compound:
            return False
        return not (is_common(self.plain) if self.begins else is_listed(self.plain))


def words_of(text: str, known: frozenset[str]) -> list[Word]:
    """Return the words of a text; `known` are forms of names of places."""
    return [_word(text, one, known) for one in TOKEN.finditer(text)]


def _word(text: str, match: "re.Match[str]", known: frozenset[str]) -> Word:
    before = text[max(match.start() - 12, 0) : match.start()]
    begins = bool(ENDS.search(before)) and not SHORTENED.search(before)
    return Word(match[0], match.start(), match.end(), begins, _sort(match[0], known))


def _sort(text: str, known: frozenset[str]) -> Sort:
    """Return what a word can be; of a double name what its parts can be together."""
    plain = re.split("[:'’]", text)[0]
    whole = sort_of(plain, known)
    parts = re.split("[-‐‑]", plain)
    if len(parts) == 1 or whole.is_no_person:
        return whole
    if parts[-1][0].islower() and text[0].isupper():
        return sort_of(parts[0], known) if is_person_noun(parts[-1]) else Sort()
    each = [sort_of(one, known) for one in parts]
    is_place = any(one.is_no_person and not one.first for one in each)
    first, last = (min(getattr(one, name) for one in each) for name in ("first", "last"))
    most = max(one.first for one in each), max(one.last for one in each)
    if is_place:
        return Sort(0, 0, is_no_person=True)
    return Sort(first and most[0], last and most[1])


@lru_cache(maxsize=4096)
def is_listed(plain: str) -> bool:
    """Tell whether a dictionary has a word in lower case."""
    return any(
        is_known(plain, lang=one) and lemma(plain, lang=one)[:1].islower() for one in LANGUAGES
    )


@lru_cache(maxsize=4096)
def is_common(plain: str) -> bool:
    """Tell whether a dictionary has a word, or the rules of inflection lead to one that it has."""
    if is_listed(plain):
        return True
    lang = LANGUAGES[0]
    if any(is_listed(plain[at:]) for at in range(3, len(plain) - 4)):  # romani + perheiden
        return True
    found = lemma(plain, lang=lang)
    return found != plain and found[:1].islower() and is_known(found, lang=lang)


def in_lower_case(word: Word) -> bool:
    """Tell a word that a name would be if it had its capital letter."""
    return word.text.islower() and not word.is_no_person
