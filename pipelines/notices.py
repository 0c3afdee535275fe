"""What happens while nobody looks, and is worth a message: found, and told once to each.

Three kinds: a build that was refused, a source that is late, a signal that was not there before.
What holds now has an id; who is to be told of it and has not been is told. What has been told
stands in `data/work/notices.json`, and goes from there when it holds no longer: should it come
back, it is told again. What could not be delivered is tried again the next time.
"""

import fcntl
import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pipelines.notices_found import Item, baseline, items_now
from pipelines.notices_sent import Message, Undelivered, send
from pipelines.notices_worded import worded
from tilannehuone.errors import Fault
from tilannehuone.logs import event
from tilannehuone.notices_declared import Kind, Notices, Rule, read_notices

LOG = logging.getLogger("tilannehuone.notices")
FILE = Path("data") / "work" / "notices.json"
KINDS: tuple[Kind, ...] = ("refused_build", "overdue_extract", "new_signal")

Told = dict[str, list[str]]
"""Recipient (a digest) -> the ids of what holds and has been told."""


def notify(folder: Path, today: date | None = None) -> list[Fault]:
    """Tell whoever is to be told what they have not been told; return what was not delivered.

    Raises
    ------
    RegistryError
        The declaration has faults.
    """
    declared = read_notices(folder)
    if not declared.tell:
        return []
    wanted = frozenset(kind for one in declared.tell for kind in one.kinds)
    now = items_now(folder, today or date.today(), wanted)
    faults: list[Fault] = []
    try:
        with _remembered(folder) as told:
            known = all(_digest(one) in told for one in declared.tell)
            before = [] if known else baseline(folder, now)
            for rule in declared.tell:
                faults += _tell(declared, rule, now, before, told)
            for left in set(told) - {_digest(one) for one in declared.tell}:
                del told[left]
    except OSError:
        event(LOG, "notices_not_remembered", error=True)
        faults.append(Fault("notices_not_remembered", file=str(folder / FILE)))
    return faults


def _tell(
    declared: Notices, rule: Rule, now: Mapping[str, Item], before: list[str], told: Told
) -> Iterator[Fault]:
    """Tell one recipient; yield what was not delivered."""
    digest = _digest(rule)
    known = {one for one in told.get(digest, before) if one in now}
    for kind in KINDS:
        mine = [one for one in now.values() if one.kind == kind and _concerns(rule, one)]
        fresh = [one for one in mine if one.id not in known]
        if kind not in rule.kinds:
            continue
        if fresh:
            try:
                send(declared, rule, _message(rule, kind, fresh))
            except Undelivered as error:
                event(LOG, "notice_undelivered", kind=kind, error=True)  # who asked tells it
                yield Fault("notice_undelivered", {"problem": error.kind})
                continue
            event(LOG, "notice_sent", kind=kind, count=len(fresh))
        known |= {one.id for one in fresh}
    told[digest] = sorted(known)


def _message(rule: Rule, kind: Kind, items: list[Item]) -> Message:
    title, lines = worded(kind, items, rule.language)
    first = items[0]
    return Message(kind, title, lines, first.instance[rule.language], first.release_id)


def _concerns(rule: Rule, item: Item) -> bool:
    return rule.areas == "all" or item.area_code is None or item.area_code in rule.areas


def _digest(rule: Rule) -> str:
    """Return what a recipient is remembered by: their address does not stand in the work folder."""
    way = f"{rule.email or rule.webhook} {rule.kinds} {rule.areas} {rule.language}"
    return hashlib.sha256(way.encode()).hexdigest()[:16]


@contextmanager
def _remembered(folder: Path) -> Iterator[Told]:
    """Give what has been told, alone, and keep what becomes of it."""
    file = folder / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = _read(file)
        _write(file, told)  # fails before anything is sent, if at all
        try:
            yield told
        finally:
            _write(file, told)


def _write(file: Path, told: Told) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    fresh.replace(file)


def _read(file: Path) -> Told:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
