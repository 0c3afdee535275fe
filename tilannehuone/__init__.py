"""Tilannehuone: protected area-level trends for those who lead children's services.

For researchers, in a script or a notebook (`docs/research.md`)::

    import tilannehuone as th

    release = th.open_release("path/to/instance")
    release.series("cp_notifications_rate", area="kaakkuri")

Nothing is read and nothing heavy imported before one of these names is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tilannehuone.errors import ReleaseMissing
    from tilannehuone.opened import Release, open_release
    from tilannehuone.opened_names import NotInRelease
    from tilannehuone.vintages import known_at, releases, revisions

__all__ = [
    "NotInRelease",
    "Release",
    "ReleaseMissing",
    "known_at",
    "open_release",
    "releases",
    "revisions",
]

_HOMES = {
    "NotInRelease": "tilannehuone.opened_names",
    "ReleaseMissing": "tilannehuone.errors",
    **dict.fromkeys(("Release", "open_release"), "tilannehuone.opened"),
    **dict.fromkeys(("known_at", "releases", "revisions"), "tilannehuone.vintages"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
