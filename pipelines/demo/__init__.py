"""The synthetic world of the demo instance: extracts as Finnish municipalities deliver them.

Every number is invented (`world.py` says by what rules); no row describes a person.
"""

from pipelines.demo.extracts import make_extracts

__all__ = ["make_extracts"]
