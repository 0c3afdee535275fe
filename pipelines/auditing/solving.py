"""Solving what a stranger wrote down for its hidden numbers: all sums at once, as linear rows."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from tilannehuone.disclosure.audit import COVER, FREE, LATENT, Puzzle, Ranges, audit

NODES = """select s.node, s.id, s.width, s.hidden, s.latent,
        coalesce(s.value, t.number) as value
    from sides s join there using (id)
    left join (select node, any_value(number) as number from told_across group by node) t
        using (node)
    order by s.node"""

# the sums that hold: a fully shown one must agree, another must leave something for what is hidden
ROWS = """select r.rel, r.parent, r.total, r.parts, r.last, b.belief, r.near,
        r.dimension || ': ' || r.what as told
    from relations r join beliefs b using (side, indicator_id, dimension, what)
    where b.belief <> 'none'
        and not (b.belief = 'sum' and r.total is not null
            and (r.total < r.parts - r.near or (r.seen = r.size and r.total > r.parts + r.near)))
        and not (b.belief in ('union', 'open') and r.total is not null and r.seen = r.size)
    order by r.rel"""

MEMBERS = """select r.rel, s.node as child
    from relations r join sides p on p.node = r.parent
    join edges e on e.parent = p.id and e.dimension = r.dimension and e.what = r.what
    join there t on t.id = e.child
    join sides s on s.id = e.child and s.side = r.side
    order by r.rel, s.node"""


@dataclass(frozen=True, eq=False)
class Solved:
    """Which hidden numbers can be computed (`is_open`: not settled), and by what.

    `nodes`, `low` and `high` stay within the auditor: no finding tells them.
    """

    ids: list[int]
    nodes: list[int]
    low: list[float]
    high: list[float]
    widths: list[float]
    relations: list[tuple[str, ...]]
    is_open: list[bool]
    dropped: int
    tried: int


def solve(reader: duckdb.DuckDBPyConnection) -> Solved:
    """Return the cells whose range is narrower than their measure promises.

    Sums that contradict each other are left out and counted.
    """
    nodes = reader.execute(NODES).df()
    lines = _lines(reader)
    astray = lines.loc[~lines["node"].isin(nodes["node"]), "line"]
    lines = lines[~lines["line"].isin(astray)]
    puzzle, told = _puzzle(nodes, lines)
    ranges = audit(puzzle)
    found = np.flatnonzero(~ranges.proven)
    return Solved(
        ids=nodes["id"].to_numpy()[found].tolist(),
        nodes=nodes["node"].to_numpy()[found].tolist(),
        low=ranges.low[found].tolist(),
        high=ranges.high[found].tolist(),
        widths=(ranges.high - ranges.low)[found].tolist(),
        relations=_words(found, puzzle, ranges, told),
        is_open=(~ranges.exact[found]).tolist(),
        dropped=int(ranges.dropped.sum()),
        tried=int(((puzzle.need != FREE) & np.isnan(puzzle.known)).sum()),  # type: ignore[arg-type]
    )


def _lines(reader: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return every row as long table: line, told, node, sign, right, equal."""
    rows, members = reader.execute(ROWS).df(), reader.execute(MEMBERS).df()
    every = members.merge(rows, on="rel")
    lines = [
        _weighed(rows, every, "sum", 1.0, is_equal=True),
        _weighed(rows, every, "open", 1.0, is_equal=False),
        _weighed(rows, every, "union", -1.0, is_equal=False),
        *_pairs(every[every["belief"] == "union"]),
        *_repeats(every[(every["belief"] == "last") & (every["child"] == every["last"])]),
        reader.execute("select line, tie as told, node, sign from equals").df(),
    ]
    subsets = reader.execute("select child, parent, tie as told from subsets").df()
    lines += _pairs(subsets.assign(rel=np.arange(len(subsets))), name="in")
    found = pd.concat([one for one in lines if len(one)] or lines[:1], ignore_index=True)
    for column, default in (("right", 0.0), ("equal", True)):
        given = found[column] if column in found else pd.Series(default, index=found.index)
        found[column] = given.astype(object).where(given.notna(), default).astype(type(default))
    return found


def _weighed(
    rows: pd.DataFrame, every: pd.DataFrame, belief: str, sign: float, *, is_equal: bool
) -> pd.DataFrame:
    down, up = every[every["belief"] == belief], rows[rows["belief"] == belief]
    parts = pd.DataFrame({"rel": down["rel"], "told": down["told"], "node": down["child"]})
    whole = pd.DataFrame({"rel": up["rel"], "told": up["told"], "node": up["parent"]})
    both = pd.concat([parts.assign(sign=sign), whole.assign(sign=-sign)], ignore_index=True)
    line = belief + both["rel"].astype(str)
    return both.drop(columns="rel").assign(line=line, right=0.0, equal=is_equal)


def _pairs(pairs: pd.DataFrame, name: str = "pair") -> list[pd.DataFrame]:
    """Return the lines child - parent <= 0."""
    line = name + pairs["rel"].astype(str) + "-" + pairs["child"].astype(str)
    common = {"line": line, "told": pairs["told"], "right": 0.0, "equal": False}
    return [
        pd.DataFrame({**common, "node": pairs["child"], "sign": 1.0}),
        pd.DataFrame({**common, "node": pairs["parent"], "sign": -1.0}),
    ]


def _repeats(last: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the lines last child = total."""
    line = "last" + last["rel"].astype(str)
    common = {"line": line, "told": last["told"], "right": 0.0, "equal": True}
    return [
        pd.DataFrame({**common, "node": last["child"], "sign": 1.0}),
        pd.DataFrame({**common, "node": last["parent"], "sign": -1.0}),
    ]


def _puzzle(nodes: pd.DataFrame, lines: pd.DataFrame) -> tuple[Puzzle, np.ndarray]:
    """Return the rows over all numbers, and the words for each row."""
    ids = nodes["node"].to_numpy(np.int64)
    line, _ = pd.factorize(lines["line"])
    head = lines.drop_duplicates("line")
    at = np.searchsorted(ids, lines["node"].to_numpy(np.int64))
    entries = (lines["sign"].to_numpy(float), (line, at))
    matrix = csr_array(coo_array(entries, shape=(len(head), len(ids))))
    right, is_equal = head["right"].to_numpy(float), head["equal"].to_numpy(bool)
    need = np.where(nodes["latent"], LATENT, np.where(nodes["hidden"], COVER, FREE))
    known = nodes["value"].to_numpy(float)
    puzzle = Puzzle(
        csr_array(matrix[is_equal]), right[is_equal], csr_array(matrix[~is_equal]),
        right[~is_equal], nodes["width"].to_numpy(float), need.astype(np.int64), known,
    )  # fmt: skip
    told = head["told"].to_numpy(str)
    return puzzle, np.concatenate([told[is_equal], told[~is_equal]])


def _words(
    found: np.ndarray, puzzle: Puzzle, ranges: Ranges, told: np.ndarray
) -> list[tuple[str, ...]]:
    """Return in words the sums each found cell stands in."""
    by_number = [csr_array(puzzle.equal.T), csr_array(puzzle.most.T)]
    words = []
    for one in found:
        equal, most = (m.indices[m.indptr[one] : m.indptr[one + 1]] for m in by_number)
        used = np.concatenate([equal, most + puzzle.equal.shape[0]])
        words.append(tuple(sorted(set(told[used[~ranges.dropped[used]]].tolist()))))
    return words
