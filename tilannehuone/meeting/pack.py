"""The frozen pack: what a closed meeting showed and said, named by the hash of its content.

The name never changes, since the content never does: whoever has the address of a pack can see at
any time what was known when it was made. The same meeting gives the same bytes in any process.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from tilannehuone.meeting.objects import KIND_OF, Feedback, Meeting, Pack, Record, own_fields
from tilannehuone.meeting.pack_content import Content, ShownSeries

BEFORE_CLOSING = frozenset({"state", "pack_id", "closed_at", "agenda"})
"""What closing sets itself, and the agenda, which stands beside the meeting."""


@dataclass(frozen=True, slots=True)
class Around:
    """What was around the meeting: the instance and area by name, the program, and the release.

    `release_day` is the day the release was built, ISO.
    """

    instance: str
    area: str
    code_version: str
    release_id: str
    release_day: str


def frozen(
    meeting: Meeting,
    agenda: str,
    shown: Sequence[ShownSeries],
    records: Iterable[Record],
    around: Around,
) -> Pack:
    """Return the pack of a meeting.

    Parameters
    ----------
    meeting
        As it is before it is closed; when it was closed stands in the meeting itself.
    agenda
        As JSON, empty where there is none.
    shown
        Every series that was on the table, in any order.
    records
        Every record of the meeting, in any order: what was promised and answered, how things were
        interpreted, what was decided. Of feedback only the number of each score is kept.
    """
    said = sorted(records, key=lambda one: (one.created_at or datetime.min, one.id))
    by_kind: dict[str, list[dict[str, Any]]] = {}
    scores = {str(score): 0 for score in (1, 2, 3)}
    for one in said:
        if isinstance(one, Feedback):
            scores[str(one.score)] += 1
        else:
            by_kind.setdefault(KIND_OF[type(one)], []).append(_told(one))
    content = Content(
        **asdict(around),
        meeting={k: v for k, v in _told(meeting).items() if k not in BEFORE_CLOSING},
        agenda=json.loads(agenda) if agenda else None,
        series=tuple(sorted(shown, key=lambda one: one.key)),
        records=by_kind,
        feedback=scores,
    ).to_json()
    return Pack(
        id=hash_of(content), area_code=meeting.area_code, meeting_id=meeting.id, content=content
    )


def hash_of(content: str) -> str:
    """Return the SHA-256 of a pack's content, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def verify(pack: Pack) -> bool:
    """Return whether a pack's content is still what its name says."""
    return hash_of(pack.content) == pack.id


def opened(pack: Pack) -> Content:
    """Return what stands in a pack."""
    return Content.from_json(pack.content)


def _told(record: Record) -> dict[str, Any]:
    """Return a record's id, area and own values; who wrote it, and when, stays in its history."""
    values = {name: getattr(record, name) for name in own_fields(type(record))}
    values |= {"id": record.id, "area_code": record.area_code}
    return {
        name: one.isoformat() if isinstance(one, date) else list(one) if isinstance(one, tuple)
        else one for name, one in values.items()
    }  # fmt: skip
