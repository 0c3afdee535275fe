"""The seal of an extract breaks whatever is changed, and archives are read with care."""

import zipfile

import pytest
from typer import Typer
from typer.testing import CliRunner

from tilannehuone.cli.extract import extract
from tilannehuone.errors import SealRefused
from tilannehuone.exports.extract import zip_bytes
from tilannehuone.exports.extract_opened import files_of
from tilannehuone.exports.extract_seal import (
    DESCRIPTOR,
    NO_ID,
    SUMS,
    id_of,
    seal_faults,
    sealed,
    sums,
)

COMMAND = Typer()
COMMAND.command()(extract)


@pytest.fixture
def files():
    return sealed(
        {
            DESCRIPTOR: f'{{"id": "{NO_ID}"}}'.encode(),
            "README.fi.md": f"# Aineisto {NO_ID}\n".encode(),
            "cells.csv": b"area_code,value\na,1\n",
            "events.csv": b"date_from\n",
        }
    )


def faults(files):
    return [one.key for one in seal_faults(files)]


def with_sums(files):
    return {**files, SUMS: sums(files)}


TAMPERED = {
    "a number": (
        lambda files: {**files, "cells.csv": files["cells.csv"].replace(b"a,1", b"a,2")},
        ["seal_file_changed"],
    ),
    "a file gone": (
        lambda files: {name: one for name, one in files.items() if name != "events.csv"},
        ["seal_file_missing"],
    ),
    "a file more": (lambda files: {**files, "notes.txt": b"x"}, ["seal_file_extra"]),
    "a text and its checksum": (
        lambda files: with_sums({**files, "README.fi.md": b"# x\n"}),
        ["seal_id_differs"],
    ),
    "a file more and its checksum": (
        lambda files: with_sums({**files, "notes.txt": b"x"}),
        ["seal_id_differs"],
    ),
    "another id everywhere": (
        lambda files: with_sums(
            {
                name: one.replace(id_of(files).encode(), b"urn:uuid:" + b"1" * 36)
                for name, one in files.items()
            }
        ),
        ["seal_id_differs"],
    ),
    "a line of checksums": (
        lambda files: {**files, SUMS: files[SUMS] + b"?\n"},
        ["seal_sums_unreadable"],
    ),
    "no checksums": (
        lambda files: {name: one for name, one in files.items() if name != SUMS},
        ["seal_not_an_extract"],
    ),
}


@pytest.mark.parametrize("kind", TAMPERED)
def test_whatever_was_changed_the_seal_is_broken(files, kind):
    tampered, told = TAMPERED[kind]

    assert faults(files) == []
    assert faults(tampered(files)) == told


def test_a_folder_and_an_archive_are_read_alike(files, tmp_path):
    folder, archive = tmp_path / "extract", tmp_path / "extract.zip"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    archive.write_bytes(zip_bytes(files))

    assert files_of(folder) == files_of(archive) == files


def zipped_under(path, names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"x")


@pytest.mark.parametrize("name", ["../cells.csv", "sub/cells.csv", "..", "a\\b"])
def test_an_archive_whose_members_lead_elsewhere_is_not_read(tmp_path, name):
    zipped_under(tmp_path / "x.zip", [name])

    with pytest.raises(SealRefused) as refused:
        files_of(tmp_path / "x.zip")

    assert refused.value.faults[0].key == "seal_unsafe_member"


def test_what_is_no_archive_is_refused_in_one_line(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 not really")

    with pytest.raises(SealRefused) as refused:
        files_of(tmp_path / "x.zip")

    assert [one.key for one in refused.value.faults] == ["seal_not_an_extract"]


def test_the_command_tells_that_a_seal_holds_and_which_file_broke_it(files, tmp_path):
    whole, broken = tmp_path / "whole.zip", tmp_path / "broken.zip"
    whole.write_bytes(zip_bytes(files))
    broken.write_bytes(zip_bytes({**files, "cells.csv": b"area_code,value\na,2\n"}))

    held = CliRunner().invoke(COMMAND, ["--verify", str(whole)])
    refused = CliRunner().invoke(COMMAND, ["--verify", str(broken)])

    assert held.exit_code == 0 and id_of(files) in held.output
    assert refused.exit_code == 1 and "cells.csv" in refused.output
