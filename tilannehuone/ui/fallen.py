"""What a reader is told when an older release stands in for the current one."""

from datetime import UTC, datetime
from html import escape

from tilannehuone.served import Served
from tilannehuone.texts import text
from tilannehuone.texts.format import day

STAMP = "%Y%m%dT%H%M%SZ"


def line(served: Served, lang: str) -> str:
    """Return what happened, since when, and what to do, as the HTML of one banner.

    Releases are told by when they were made, which their names say.
    """
    fault = served.fault
    if fault is None:
        return ""
    told = {"shown": moment_of(served.release.stem, lang)}
    if served.noticed is not None:
        told["since"] = moment(served.noticed, lang)
    if fault.key == "broken_release":
        told["release"] = moment_of(str(fault.values["release"]), lang)
        return escape(text("frame.fallen_release", lang, **told))
    return escape(text("frame.fallen_pointer", lang, **told))


def moment_of(release_id: str, lang: str) -> str:
    """Return when a release was made, as its name tells."""
    stamp = release_id.partition("-")[0]
    return moment(datetime.strptime(stamp, STAMP).replace(tzinfo=UTC), lang)


def moment(when: datetime, lang: str) -> str:
    """Return a moment by the server's clock, as each language writes it."""
    here = when.astimezone()
    time = f"{here:%H:%M}" if lang == "en" else f"{here.hour}.{here:%M}"
    return text("frame.moment", lang, day=day(here.date(), lang), time=time)
