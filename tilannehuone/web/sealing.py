"""A research extract from a release to its files: the one place that knows both ends."""

from collections.abc import Sequence
from pathlib import Path

from pipelines.sealing import chosen
from tilannehuone.exports.extract import extract_files
from tilannehuone.sealed import Choice


def sealed_extract(release: Path, earlier: Sequence[Path], choice: Choice) -> dict[str, bytes]:
    """Return the files of a sealed extract of published cells, by name.

    Parameters
    ----------
    release : a release file, whole; who may read some areas only names them in `choice`
    earlier : older releases that readers have seen (`pipelines.sealing.earlier_than`)
    choice : what of it; nothing named means all

    Raises
    ------
    SealRefused
        When the choice names what is not there or holds nothing, or when something hidden could
        be computed from it: nothing is then made.
    PublishRefused
        When a file is no release.
    """
    return extract_files(chosen(release, earlier, choice))
