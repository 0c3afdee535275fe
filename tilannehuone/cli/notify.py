"""`tilannehuone notify`, and the same at the end of a build."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tilannehuone.cli.telling import HERE, Folder, console, faults_told, state
from tilannehuone.errors import TilannehuoneError
from tilannehuone.texts import text
from tilannehuone.texts.faults import fault_line


def notify(folder: Folder = HERE) -> None:
    """Send the notices that `data/notices.yaml` asks for and that have not been sent."""
    from pipelines.notices import notify as send_notices

    with faults_told():
        undelivered = send_notices(folder.resolve())
        if undelivered:
            raise TilannehuoneError(undelivered)
    console.print(text("cli.notified", state["lang"]), style="green")


@contextmanager
def notified(folder: Path) -> Iterator[None]:
    """Send them when a build has ended, however it did; what fails is told and changes nothing."""
    from pipelines.notices import notify as send_notices

    try:
        yield
    finally:
        try:
            faults = send_notices(folder.resolve())
        except TilannehuoneError as error:
            faults = list(error.faults)
        except OSError:
            faults = []
        for one in faults:
            line = fault_line(one, state["lang"])
            console.print(line, style="yellow", highlight=False, soft_wrap=True)
