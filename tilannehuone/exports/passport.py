"""What every file bears beside its numbers: title, date, and where the numbers are from."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from tilannehuone.charts.paper import Paper
from tilannehuone.texts import text

UNDATED = datetime(2000, 1, 1)
"""The date of a file whose papers tell none: never the clock, so that equal papers are equal."""

SHORT_NOTE = 70
"""As many characters fit a line under a picture beside others; a definition is longer."""


def document_title(papers: Sequence[Paper], lang: str) -> str:
    """Return the title of a file: of one paper its own, of several what they have in common."""
    product = text("frame.product", lang)
    if len(papers) == 1:
        return heading(papers[0])
    places = {paper.where for paper in papers if paper.where}
    return f"{product}: {places.pop()}" if len(places) == 1 else product


def heading(paper: Paper) -> str:
    """Return what a paper is of, and where."""
    return ", ".join(one for one in (paper.title, paper.where) if one)


def made(papers: Sequence[Paper]) -> datetime:
    """Return when the newest release among the papers was made, without a time zone."""
    known = [paper.built.replace(tzinfo=None) for paper in papers if paper.built is not None]
    return max(known, default=UNDATED).replace(microsecond=0)


def foot(paper: Paper) -> tuple[str, ...]:
    """Return the passport in short, for pictures and slides.

    That is the paper's own foot; where it has none, the table's caption and all notes that are
    short and stand alone under their label.
    """
    if paper.foot:
        return paper.foot
    often = Counter(label for label, _ in paper.table.notes)
    short = [
        f"{label}: {words}"
        for label, words in paper.table.notes
        if often[label] == 1 and len(words) <= SHORT_NOTE
    ]
    return tuple(one for one in (paper.table.caption, " · ".join(short)) if one)


def passport(paper: Paper) -> list[tuple[str, str]]:
    """Return all that vouches for a paper, label and words; a repeated label is left empty."""
    told: list[tuple[str, str]] = []
    before = None
    for label, words in paper.table.notes:
        told.append(("" if label == before else label, words))
        before = label
    return told
