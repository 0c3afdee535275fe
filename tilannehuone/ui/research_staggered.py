"""Model areas that began at different times, against those that had not begun then."""

from tilannehuone.charts.studied import Bar, effects_figure
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.periods import rolling_months
from tilannehuone.stats.interrupted_result import Effect
from tilannehuone.stats.staggered import staggered_starts
from tilannehuone.stats.staggered_result import Staggered, TooFewAreas
from tilannehuone.texts.format import number
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.research import Study, of_one_type, place_of, started
from tilannehuone.ui.research_answer import Answer
from tilannehuone.ui.research_interrupted import counted, words_of
from tilannehuone.ui.research_plain import table

CODE = """from tilannehuone.stats.staggered import staggered_starts

# by area: the first period that may show it, None where nothing began
starts = {starts}
found = staggered_starts(
    wide("{column}").T,
    starts,
    kind="{kind}",{more}
)
print(found.overall, found.since_start, sep="\\n")
"""


def staggered(page: Page, shown: Study) -> Answer:
    """Return the effects by time since the start that events declare for each area."""
    began = started(page, shown)
    alike = of_one_type(page, shown.choice, shown.offered)
    areas = tuple(dict.fromkeys((*shown.areas, *(one for one in alike if one in began))))
    starts = [place_of(shown, began[one]) if one in began else None for one in areas]
    is_counted, has_whole = counted(shown), shown.choice.indicator.denominator is not None
    column = "numerator" if is_counted else "value"
    wholes = shown.wide("denominator", areas) if is_counted and has_whole else None
    try:
        found = staggered_starts(
            shown.wide(column, areas).to_numpy(float).T,
            starts,
            kind="counts" if is_counted else "linear",
            exposures=None if wholes is None else wholes.to_numpy(float).T,
        )
    except TooFewAreas as few:
        told = page.text("too_few_never", n=few.never, needed=few.needed)
        return Answer(told, table(page, shown))
    except ValueError:
        return Answer(page.text("no_starts"), table(page, shown))
    key = "overall_clear" if found.overall.is_clear else "overall_unclear"
    return Answer(
        message=page.text(key, **words_of(page, found.overall)),
        notes=(page.text("staggered_note", n=found.started, m=found.never),),
        figure=effects_figure(
            _bars(page, found),
            page.text("since_axis", since=_since(page, shown)),
            _axis(page, shown, found),
            page.lang,
        ),
        alt=page.text("alt_staggered", n=found.started),
        facts=_facts(page, found, areas),
        assumptions=tuple(page.text(f"assumes_{key}") for key in found.assumptions),
        warnings=tuple(page.text(f"warns_{key}") for key in found.warnings),
        table=_table(page, shown, found),
        tests=1 + len(found.since_start),
        code=CODE.format(
            column=column,
            starts=starts,
            kind="counts" if is_counted else "linear",
            more='\n    exposures=wide("denominator").T,' if wholes is not None else "",
        ),
        areas=areas,
    )


def _axis(page: Page, shown: Study, found: Staggered) -> str:
    """Return what the effect is told in: per cent of a rate, or the measure's own unit."""
    unit = shown.choice.indicator.unit.in_language(page.lang)
    return page.text("effect_axis", unit=unit if found.overall.percent is None else "%")


def _since(page: Page, shown: Study) -> str:
    """Return what the time since a start is counted in: of rolling windows, the step is a month."""
    grain = shown.choice.period_type
    return page.text(f"since_{'month' if rolling_months(grain) else grain}")


def _bars(page: Page, found: Staggered) -> list[Bar]:
    bars = []
    for one in found.since_start:
        value, low, high = _numbers(one.effect)
        told = page.text("with_interval", **words_of(page, one.effect))
        bars.append(Bar(one.periods, value, low, high, f"{one.periods}: {told}"))
    return bars


def _numbers(one: Effect) -> tuple[float, float, float]:
    if one.percent is None or one.percent_lower is None or one.percent_upper is None:
        return one.estimate, one.lower, one.upper
    return one.percent, one.percent_lower, one.percent_upper


def _facts(page: Page, found: Staggered, areas: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    names = options.names_of_areas(page)
    told = [(page.text("overall"), page.text("with_interval", **words_of(page, found.overall)))]
    if found.before is not None:
        words = page.text("with_interval", **words_of(page, found.before))
        told.append((page.text("check_moved_before"), words))
    if found.placebo_p is not None:
        chance = number(found.placebo_p, page.lang, 3)
        told.append(
            (page.text("check_swapped"), page.text("swapped", p=chance, n=found.placebo_ways))
        )
    told += [
        (names[areas[one.row]], page.text("with_interval", **words_of(page, one.effect)))
        for one in found.of_areas
    ]
    return tuple(told)


def _table(page: Page, shown: Study, found: Staggered) -> Table:
    heads = [page.text(f"column_{one}") for one in ("estimate", "lower", "upper", "areas")]
    columns = tuple(Column(one, numeric=True) for one in (_since(page, shown), *heads))
    rows = []
    for one in found.since_start:
        words = words_of(page, one.effect)
        numbers = _numbers(one.effect)
        cells = [
            Cell(words[key], number=value)
            for key, value in zip(("value", "low", "high"), numbers, strict=True)
        ]
        since = Cell(number(one.periods, page.lang, 0), number=float(one.periods))
        rows.append((since, *cells, Cell(str(one.areas), number=float(one.areas))))
    return Table(page.text("kind_staggered"), columns, tuple(rows))
