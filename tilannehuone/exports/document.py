"""A document as what it says, before it is DOCX, HTML or Markdown: the same words in all of them.

Every text in it is plain: whoever writes a kind of file escapes for that kind.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `lead` stands before it in bold, as a term before its explanation."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list without an order."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words: the first row is its heads, the first cell of a row names it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Points | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands under it, and the sections one level below."""

    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in one language.

    `name` is a file's name without its ending; `made` the time its properties bear; `opening`
    stands under the title; `keywords` and `subject` are for the properties.
    """

    name: str
    lang: str
    title: str
    made: datetime
    opening: tuple[Block, ...]
    sections: tuple[Section, ...]
    subject: str = ""


def walked(sections: tuple[Section, ...], level: int = 1) -> Iterator[tuple[int, Section]]:
    """Yield each section with its level, in reading order; the outermost are at `level`."""
    for one in sections:
        yield level, one
        yield from walked(one.parts, level + 1)
