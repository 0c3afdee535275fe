"""Disclosure control: what has to be hidden, and what a stranger can compute of it. Pure."""

from tilannehuone.disclosure.audit import Puzzle, Ranges, audit
from tilannehuone.disclosure.guard import Guarded, guard
from tilannehuone.disclosure.protect import Known, Protection, blank, plan, protect
from tilannehuone.disclosure.recall import Earlier
from tilannehuone.disclosure.rules import Rule
from tilannehuone.disclosure.structure import Structure, build_structure

__all__ = [
    "Earlier",
    "Guarded",
    "Known",
    "Protection",
    "Puzzle",
    "Ranges",
    "Rule",
    "Structure",
    "audit",
    "blank",
    "build_structure",
    "guard",
    "plan",
    "protect",
]
