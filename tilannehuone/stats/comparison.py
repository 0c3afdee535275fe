"""Comparing areas: with a benchmark, in a funnel, and with areas like one's own.

Words, never ranks: most of the order of a league table is chance, and a word says how sure it is.
"""

from tilannehuone.stats.benchmark import LADDERS, Word, Words, compare_with_benchmark
from tilannehuone.stats.funnel import Funnel, funnel
from tilannehuone.stats.funnel_limits import Kind, Limits, adjusted_limits, funnel_limits
from tilannehuone.stats.similarity import GroupMean, SimilarAreas, group_mean, similar_areas

__all__ = [
    "LADDERS",
    "Funnel",
    "GroupMean",
    "Kind",
    "Limits",
    "SimilarAreas",
    "Word",
    "Words",
    "adjusted_limits",
    "compare_with_benchmark",
    "funnel",
    "funnel_limits",
    "group_mean",
    "similar_areas",
]
