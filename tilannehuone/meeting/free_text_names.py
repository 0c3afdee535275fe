"""Persons' names in free text: told by lists, by what surnames look like, and by the sentence.

A name that is no other word is a name anywhere. One that is a word too (Toivo, Ilo, Mäki) is a
person's where only a name has a capital letter, or where the sentence speaks of somebody. What no
list knows is a name where its place in the sentence says so: after a title, an initial or a first
name, before a relative, or as two words that begin with capitals and are no words of the language.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from tilannehuone.meeting.name_forms import forms_of
from tilannehuone.meeting.name_words import Word, in_lower_case, words_of
from tilannehuone.meeting.person_words import (
    is_house,
    is_human_deed,
    is_person_noun,
    is_relative,
    is_title,
)

PLACE_CASES = re.compile(r"(?:ss[aä]|st[aä]|ssakin|ssäkin|sta?kin)$")
INITIAL = re.compile(r"(?<![\w.])((?:[A-ZÅÄÖ]\.\s?){1,3})$")
AFTER_INITIAL = re.compile(r"^,?\s[A-ZÅÄÖ](?:\.|(?=[\s,;!?]|$))")


def names(text: str, known: Collection[str] = ()) -> Iterator[tuple[str, int, int]]:
    """Yield "name", start and end of each person's name; `known` are names of no persons."""
    found = words_of(text, forms_of(frozenset(known)))
    for n, word in enumerate(found):
        end = _pair_end(text, found, n) or (word.end if _is_alone(text, found, n) else 0)
        if end:
            yield "name", word.start, end


def _pair_end(text: str, found: Sequence[Word], n: int) -> int:
    """Return where a name of two words ends that begins with a word; 0 for none."""
    word = found[n]
    other = found[n + 1] if n + 1 < len(found) else None
    if other is not None and re.fullmatch(r"\s|,\s", text[word.end : other.start]):
        if word.is_capital and other.is_capital:
            return other.end if _are_capital_pair(word, other, text) else 0
        if in_lower_case(word) and in_lower_case(other) and _are_lower_pair(word, other):
            return other.end
    return 0


def _are_capital_pair(one: Word, two: Word, text: str) -> bool:
    if one.is_no_person and not one.first and not one.last:
        return False
    is_list = "," in text[one.end : two.start]
    if two.is_no_person and PLACE_CASES.search(two.plain):
        return False
    if one.first and two.last:
        return not is_list or (one.first == 2 and two.last == 2)
    if one.last and two.first:
        return not one.begins or one.last == 2 or two.first == 2
    if one.first and two.first:
        return one.first + two.first > 2 or not one.begins
    if two.is_no_person or one.is_no_person or (is_list and not one.begins):
        return False
    if one.first == 2 or (one.first and not one.begins):
        return two.looks_like_surname or two.is_strange
    return _are_strange_pair(one, two)


def _are_strange_pair(one: Word, two: Word) -> bool:
    """Tell two words that no list and no language knows, as foreign names are."""
    if two.looks_like_surname and not one.begins and one.is_strange:
        return True
    return not one.is_shouted and not two.is_shouted and one.is_strange and two.is_strange


def _are_lower_pair(one: Word, two: Word) -> bool:
    if one.first == 2 and (two.last or two.looks_like_surname):
        return True
    return one.last == 2 and two.first == 2


def _is_alone(text: str, found: Sequence[Word], n: int) -> bool:
    """Tell whether a word by itself is somebody's name."""
    word = found[n]
    before = found[n - 1] if n and _near(text, found[n - 1], word) else None
    after = found[n + 1] if n + 1 < len(found) and _near(text, word, found[n + 1]) else None
    if not word.is_capital:
        return in_lower_case(word) and _is_low_name(word, before, after)
    if _has_initial(text, word):
        return True
    if _of_house(word, before, after):
        return False
    if word.is_no_person and not (word.first == 2 and not PLACE_CASES.search(word.plain)):
        return _is_spoken_of(word, before, after) and bool(word.first or word.last)
    if word.last == 2 or word.first == 2:
        return True
    if word.first == 1 or word.last == 1:
        return _is_also_word(word, before, after)
    return _is_unlisted(word, before, after)


def _is_also_word(word: Word, before: Word | None, after: Word | None) -> bool:
    if _is_spoken_of(word, before, after):
        return True
    return not word.begins and not (word.last == 1 and PLACE_CASES.search(word.plain))


def _is_unlisted(word: Word, before: Word | None, after: Word | None) -> bool:
    """Tell a name that no list holds: by its form, or by what stands beside it."""
    if word.looks_like_surname and (not word.begins or _is_spoken_of(word, before, after)):
        return True
    if PLACE_CASES.search(word.plain) or word.is_shouted:
        return False
    beside = _is_spoken_of(word, before, after)
    return beside and word.is_strange


def _is_spoken_of(word: Word, before: Word | None, after: Word | None) -> bool:
    """Tell whether the words beside a word speak of it as somebody."""
    if before is not None and is_title(before.plain) and not word.begins:
        return not PLACE_CASES.search(word.plain)
    if after is None or after.is_capital:
        return False
    if is_relative(after.plain):
        return word.is_genitive
    return is_human_deed(after.plain) and not word.is_genitive


def _is_low_name(word: Word, before: Word | None, after: Word | None) -> bool:
    """Tell a name in lower case: a surname that is no word, or a first name of whom is spoken."""
    if word.last == 2 and not word.first:
        return word.plain not in LOW_WORDS
    if word.first != 2 or len(word.plain) < LEAST_LOW:
        return False
    return _is_spoken_of(word, before, after) or (
        word.begins and after is not None and _acts(after)
    )


def _acts(after: Word) -> bool:
    return after.plain in ("ei", "on", "oli")


LEAST_LOW = 4
LOW_WORDS = frozenset(("virolainen", "venäläinen"))


def _of_house(word: Word, before: Word | None, after: Word | None) -> bool:
    """Tell a name borne by a house, a project or a group: päiväkoti Satu, Maria-akatemia."""
    if word.is_compound and not is_person_noun(word.tail):
        return True
    if before is not None and (before.begins or not before.is_capital) and is_house(before.plain):
        return True
    return after is not None and not after.is_capital and is_house(after.plain)


def _has_initial(text: str, word: Word) -> bool:
    """Tell a name with an initial: M. Virtanen, Virtanen M., Maija V."""
    if word.is_no_person and not word.last and not word.first:
        return False
    before = INITIAL.search(text[max(word.start - 12, 0) : word.start])
    if before and (word.last or word.first == 2 or word.looks_like_surname):
        return True
    if before and word.is_strange and not word.is_shouted:
        return True
    if word.is_strange and not word.begins and not word.is_shouted:
        return bool(AFTER_INITIAL.match(text[word.end :]))
    is_name = word.last == 2 or word.first == 2 or ((word.first or word.last) and not word.begins)
    return bool(is_name and AFTER_INITIAL.match(text[word.end :]))


def _near(text: str, one: Word, two: Word) -> bool:
    """Tell two words with nothing but a space between them."""
    return text[one.end : two.start].strip(" \u00a0\n\t\"'”’»") == ""
