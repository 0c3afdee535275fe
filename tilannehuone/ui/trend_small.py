"""What is not in the trend page's chart and tables since it is too small to be shown, in words."""

from tilannehuone.ui import options, reading
from tilannehuone.ui.frame import Page


def small_lines(page: Page, choice: options.Choice, *, has_begun_late: bool) -> list[str]:
    """Return what this area's reader does not see: earlier periods, finer grains, categories."""
    begun = [page.text("begins")] if has_begun_late else []
    finer = [] if choice.asked != choice.period_type else _finer(page, choice)
    key = (choice.indicator.id, choice.area_code, choice.period_type)
    small = options.breakdowns(page, *key).small
    left_out = counted(page, "left_categories", len(small))
    return [*begun, *finer, *([left_out] if left_out else [])]


def counted(page: Page, key: str, number: int) -> str:
    """Return a sentence about how many; empty for none."""
    if number < 2:
        return page.text(f"{key}_one") if number else ""
    return page.text(key, count=number)


def _finer(page: Page, choice: options.Choice) -> list[str]:
    """Return which grains finer than the one shown are too small; nothing if it is not shown."""
    found = reading.grains(page.release, choice.area_code, choice.indicator.id)
    level = found.loc[found["period_type"] == choice.period_type, "coarseness"]
    if reading.is_too_small(found) or level.empty:
        return []
    finer = found[found["is_small"] & (found["coarseness"] < level.iloc[0])]
    names = [
        options.grain_name(one, page.lang).lower()
        for one in finer.sort_values("coarseness")["period_type"]
    ]
    return [page.text("finer", grains=", ".join(names))] if names else []
