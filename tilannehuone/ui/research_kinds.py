"""Which function answers which kind of study."""

from collections.abc import Callable

from tilannehuone.ui.frame import Page
from tilannehuone.ui.research import Study
from tilannehuone.ui.research_answer import Answer
from tilannehuone.ui.research_interrupted import interrupted
from tilannehuone.ui.research_plain import lines, multiples, spread
from tilannehuone.ui.research_scatter import scatter
from tilannehuone.ui.research_staggered import staggered
from tilannehuone.ui.research_trend import trend

ANSWERS: dict[str, Callable[[Page, Study], Answer]] = {
    "lines": lines,
    "multiples": multiples,
    "distribution": spread,
    "scatter": scatter,
    "trend": trend,
    "interrupted": interrupted,
    "staggered": staggered,
}


def answered(page: Page, shown: Study) -> Answer:
    """Return what the study found."""
    return ANSWERS[shown.kind](page, shown)
