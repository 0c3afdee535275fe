"""Solving a release for its hidden cells: the stranger's sums as linear rows."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from tilannehuone.disclosure.audit import COVER, FREE, LATENT, Puzzle, Ranges, audit

UNKNOWN = """select s.id, b.width, s.hidden, b.latent
    from sides s join book b using (id) join there using (id)
    where s.side = $side and s.value is null order by s.id"""

ROWS = """select r.rel, r.parent, r.total, r.parts, r.last, b.belief, r.dimension, r.what
    from relations r join beliefs b using (side, indicator_id, dimension, what)
    where r.side = $side and b.belief <> 'none' and (r.total is null or r.seen < r.size)
        and not (b.belief = 'sum' and r.total is not null and r.total < r.parts - r.near)
    order by r.rel"""

MEMBERS = """select r.rel, e.child, s.value
    from relations r join edges e on e.parent = r.parent and e.dimension = r.dimension
        and e.what = r.what
    join there t on t.id = e.child
    join sides s on s.id = e.child and s.side = r.side
    where r.side = $side and (r.total is null or r.seen < r.size)
    order by r.rel, e.child"""


@dataclass(frozen=True, eq=False)
class Solved:
    """Which hidden cells of one side can be computed, and by what."""

    ids: list[int]
    widths: list[float]
    relations: list[tuple[str, ...]]
    dropped: int
    tried: int


def solve_side(reader: duckdb.DuckDBPyConnection, side: str) -> Solved:
    """Return the cells whose range is narrower than their measure promises.

    `side` is 'counted' or 'rest' (of a share). Sums that contradict each other are left out and
    counted.
    """
    unknown = reader.execute(UNKNOWN, {"side": side}).df()
    rows = reader.execute(ROWS, {"side": side}).df()
    members = reader.execute(MEMBERS, {"side": side}).df()
    members = members[members["rel"].isin(rows["rel"])]
    ids = unknown["id"].to_numpy(dtype=np.int64)
    puzzle, row_rels = _puzzle(unknown, rows, members, ids)
    ranges = audit(puzzle)
    found = np.flatnonzero(~ranges.proven)
    return Solved(
        ids=ids[found].tolist(),
        widths=(ranges.high - ranges.low)[found].tolist(),
        relations=_told(found, puzzle, ranges, row_rels, rows),
        dropped=int(ranges.dropped.sum()),
        tried=len(ids),
    )


def _puzzle(
    unknown: pd.DataFrame, rows: pd.DataFrame, members: pd.DataFrame, ids: np.ndarray
) -> tuple[Puzzle, np.ndarray]:
    """Return the rows over the unknown numbers, and the relation each row came from."""
    lines = pd.concat(_lines(rows, members), ignore_index=True)
    lines = lines[lines["sign"] != 0]
    line, names = pd.factorize(lines["line"])
    head = lines.drop_duplicates("line")
    at = np.searchsorted(ids, lines["id"].to_numpy(dtype=np.int64))
    matrix = csr_array(
        coo_array((lines["sign"].to_numpy(float), (line, at)), shape=(len(names), len(ids)))
    )
    right, is_equal = head["right"].to_numpy(float), head["equal"].to_numpy(bool)
    need = np.where(unknown["latent"], LATENT, np.where(unknown["hidden"], COVER, FREE))
    puzzle = Puzzle(
        matrix[is_equal], right[is_equal], matrix[~is_equal], right[~is_equal],
        unknown["width"].to_numpy(float), need.astype(np.int64),
    )  # fmt: skip
    rels = head["rel"].to_numpy(np.int64)
    return puzzle, np.concatenate([rels[is_equal], rels[~is_equal]])


def _lines(rows: pd.DataFrame, members: pd.DataFrame) -> list[pd.DataFrame]:
    """Return long tables of (line, rel, id, sign, right, equal): one line is one row to satisfy."""
    known = rows.set_index("rel")
    hidden = members[members["value"].isna()].join(known, on="rel")
    totals = rows[rows["total"].isna()]
    left = rows["total"].fillna(0.0) - rows["parts"]
    by_rel = pd.Series(left.to_numpy(), index=rows["rel"])

    def weighed(belief: str, sign: float, equal: bool) -> pd.DataFrame:
        down = hidden[hidden["belief"] == belief]
        up = totals[totals["belief"] == belief]
        parts = pd.DataFrame({"rel": down["rel"], "id": down["child"], "sign": sign})
        whole = pd.DataFrame({"rel": up["rel"], "id": up["parent"], "sign": -sign})
        both = pd.concat([parts, whole], ignore_index=True)
        return both.assign(
            line=belief + both["rel"].astype(str), right=sign * both["rel"].map(by_rel), equal=equal
        )

    every = members.join(known, on="rel")
    pairs = every[(every["belief"] == "union") & (every["value"].isna() | every["total"].isna())]
    bound = pairs["total"].fillna(0.0) - pairs["value"].fillna(0.0)
    name = "pair" + pairs["rel"].astype(str) + "-" + pairs["child"].astype(str)
    common = {"line": name, "rel": pairs["rel"], "right": bound, "equal": False}
    below = pd.DataFrame({**common, "id": pairs["child"], "sign": pairs["value"].isna() * 1.0})
    above = pd.DataFrame({**common, "id": pairs["parent"], "sign": pairs["total"].isna() * -1.0})
    return [
        weighed("sum", 1.0, True),
        weighed("open", 1.0, False),
        weighed("union", -1.0, False),
        below,
        above,
        *_repeats(every[(every["belief"] == "last") & (every["child"] == every["last"])]),
    ]


def _repeats(last: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the lines last child = total, whichever of the two is unknown."""
    last = last[last["value"].isna() | last["total"].isna()]
    common = {
        "line": "last" + last["rel"].astype(str),
        "rel": last["rel"],
        "right": last["total"].fillna(0.0) - last["value"].fillna(0.0),
        "equal": True,
    }
    return [
        pd.DataFrame({**common, "id": last["child"], "sign": last["value"].isna() * 1.0}),
        pd.DataFrame({**common, "id": last["parent"], "sign": last["total"].isna() * -1.0}),
    ]


def _told(
    found: np.ndarray, puzzle: Puzzle, ranges: Ranges, row_rels: np.ndarray, rows: pd.DataFrame
) -> list[tuple[str, ...]]:
    """Return in words the sums each found cell stands in."""
    named = rows.set_index("rel")
    words = named["dimension"] + ": " + named["what"]
    by_number = [csr_array(puzzle.equal.T), csr_array(puzzle.most.T)]
    told = []
    for one in found:
        equal, most = (m.indices[m.indptr[one] : m.indptr[one + 1]] for m in by_number)
        used = np.concatenate([equal, most + puzzle.equal.shape[0]])
        used = used[~ranges.dropped[used]]
        told.append(tuple(sorted(set(words.loc[row_rels[used]]))))
    return told
