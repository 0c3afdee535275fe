"""Disclosure control: what has to be hidden, and what a stranger can compute of it. Pure."""

from tilannehuone.disclosure.audit import Puzzle, Ranges, audit
from tilannehuone.disclosure.protect import Protection, blank, plan, protect
from tilannehuone.disclosure.rules import Rule
from tilannehuone.disclosure.structure import Structure, build_structure

__all__ = [
    "Protection",
    "Puzzle",
    "Ranges",
    "Rule",
    "Structure",
    "audit",
    "blank",
    "build_structure",
    "plan",
    "protect",
]
