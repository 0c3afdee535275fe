"""Areas of one type beside each other over regions, where these count a measure alike.

Made as each region makes its own (`pipelines.analysis.comparisons`), over the shown cells alone.
Where definitions differ nothing is compared across regions; each region's own words stay its own.
"""

from collections.abc import Mapping, Sequence

import duckdb
from duckdb import DuckDBPyConnection

from pipelines.analysis.comparisons import add_comparisons
from pipelines.analysis.shown import read_cells
from pipelines.regions.areas import NAME, Places
from pipelines.regions.measures import Measure
from tilannehuone.registry import Indicator
from tilannehuone.release import TABLES

# the cells of measures and regions that are counted alike
ALIKE = """select c.* from cells c
    join region_areas a using (area_code)
    join region_indicators own on own.region = a.region and own.indicator_id = c.indicator_id
    join region_indicators first
        on first.indicator_id = c.indicator_id and first.region = $region
        and first.definitions_hash = own.definitions_hash
    where c.indicator_id = $indicator_id and c.period_type = 'year' and c.breakdown = 'all'"""

OVER_REGIONS = """select m.* from made m join region_areas a using (area_code)
    qualify count(distinct a.region) over (
        partition by m.indicator_id, m.period_type, m.period_start, m."group") > 1"""

# a region's own comparison keeps the name of the type only while nobody else's stands beside it
OWN_GROUPS = """update comparisons c set "group" = a.region || '-' || c."group"
    from region_areas a where a.area_code = c.area_code
        and (c.indicator_id, c.period_type, c.period_start, c."group") in (
            select (o.indicator_id, o.period_type, o.period_start, o."group")
            from comparisons o join region_areas b using (area_code)
            group by all having count(distinct b.region) > 1
            union all
            select (indicator_id, period_type, period_start, "group") from over_regions)"""


def compare_regions(
    working: DuckDBPyConnection,
    measures: Sequence[Measure],
    indicators: Mapping[str, Indicator],
    places: Places,
) -> None:
    """Add comparisons over regions to `comparisons`, which holds the packages' own.

    A comparison over regions stands in the group of its type of area; a region's own, where
    several regions compare areas of that type, in `<region>-<type>`.
    """
    types = _types(places)
    with duckdb.connect(":memory:") as apart:
        apart.execute(f"create table cells ({TABLES['cells']})")
        for one in measures:
            if len(one.owns) > 1:
                key = {"indicator_id": one.id, "region": one.owns[0].region}
                apart.register("alike", working.sql(ALIKE, params=key).to_arrow_table())
                apart.execute("insert into cells by name from alike")
                apart.unregister("alike")
        add_comparisons(apart, read_cells(apart), indicators, types)
        made = apart.sql("from comparisons").to_arrow_table()
    working.register("made", made)
    working.execute(f"create or replace temp table over_regions as {OVER_REGIONS}")
    working.unregister("made")
    working.execute(OWN_GROUPS)
    working.execute("insert into comparisons by name from over_regions")
    working.execute("drop table over_regions")


def _types(places: Places) -> dict[str, str]:
    """Return the type of each area that may be compared.

    The same area in two packages counts once: that of the first region in the order of names. It is
    the same where type, own code and own name are (`pipelines.assembling.homonyms`).
    """
    own = {str(one["area_code"]): (one["own_code"], one[NAME]) for one in places.owned}
    found: dict[str, str] = {}
    taken: dict[tuple[object, ...], str] = {}
    for row in places.areas:
        code, kind = str(row["area_code"]), str(row["area_type"])
        if code in own and taken.setdefault((kind, *own[code]), code) == code:
            found[code] = kind
    return found
