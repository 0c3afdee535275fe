"""The commands of the network: keys, packages out, packages in."""

from pathlib import Path
from typing import Annotated

import typer

from tilannehuone.cli.building import build_told
from tilannehuone.cli.telling import HERE, Folder, console, faults_told, state
from tilannehuone.texts import text

app = typer.Typer()
Region = Annotated[
    str | None, typer.Option(help="The region's key, such as oulu; else the declared one.")
]


@app.command("keys")
def keys(
    folder: Folder = HERE,
    out: Annotated[
        Path | None, typer.Option(help="Write the own public key here, to be sent.")
    ] = None,
) -> None:
    """Show the fingerprints of the own key (made when absent) and of those that are trusted."""
    from tilannehuone.network.keys import OWN, fingerprint, own_key, public_text, trusted_keys

    with faults_told():
        own = own_key(folder / OWN).public_key()
        known = trusted_keys(folder)
    _say("key_own", "green", key=fingerprint(own))
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(public_text(own), encoding="ascii")
        _say("key_written", "green", path=out)
    for region, theirs in known.items():
        for one in theirs:
            _say("key_trusted", "", region=region, key=fingerprint(one))


@app.command("trust")
def trust(
    keyfile: Annotated[Path, typer.Argument(help="A region's public key, <region>.pub.")],
    folder: Folder = HERE,
    region: Region = None,
    add: Annotated[
        bool, typer.Option("--add", help="Beside another key of the region: both are good.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="In place of another: the old one no longer is.")
    ] = False,
) -> None:
    """Believe packages of a region that are signed with this key. Compare the fingerprint first."""
    from tilannehuone.network.keys import trust as believe

    with faults_told():
        named = region or keyfile.stem
        mark = believe(folder, named, keyfile, add=add, replace=replace)
    _say("key_trusted", "green", region=named, key=mark)


@app.command("package")
def package(
    folder: Annotated[
        Path, typer.Argument(help="The instance's folder, or a release file.", metavar="INSTANCE")
    ] = HERE,
    out: Annotated[
        Path | None, typer.Option(help="The file to write; <region>-<release>.zip if left out.")
    ] = None,
    region: Region = None,
    release: Annotated[
        str | None, typer.Option(help="An earlier release; the current one if left out.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="The signing key; the instance's own if left out.")
    ] = None,
) -> None:
    """Write the release as a signed package for a network room. Exit 0: written, 1: refused."""
    from pipelines.history import named_release
    from pipelines.packing import NOTHING_DECLARED, declarations, pack, region_of_release
    from tilannehuone.network.keys import OWN, own_key
    from tilannehuone.release import current_release

    with faults_told():
        if folder.is_file():
            file, home, declared = folder, HERE, NOTHING_DECLARED
        else:
            releases = folder / "data" / "releases"
            file = named_release(releases, release) if release else current_release(releases)
            home, declared = folder, declarations(folder)
        named = region or region_of_release(file, declared)
        to = out or Path(f"{named}-{file.stem}.zip")
        made = pack(file, to, own_key(key or home / OWN), declared, named)
    told = made.manifest
    kinds = made.tables["events"].column("kind").to_pylist()
    _say(
        "packed",
        "green",
        path=to,
        region=told.region,
        release=told.release_id,
        size=round(to.stat().st_size / 1000),
        events=sum(one in ("practice", "initiative") for one in kinds),
        listed=len(told.listed),
    )


@app.command("import-package")
def import_package(
    file: Annotated[Path, typer.Argument(help="A package of a region.")],
    folder: Folder = HERE,
    build_it: Annotated[
        bool, typer.Option("--build/--no-build", help="Build the room's release at the end.")
    ] = True,
) -> None:
    """Take a region's package in: verified, audited, stored. Exit 0: here, 1: refused."""
    from pipelines.importing import import_package as take_in
    from pipelines.network_room import is_room

    with faults_told():
        taken = take_in(file, folder.resolve())
    told = {"region": taken.manifest.region, "release": taken.manifest.release_id}
    _say("import_known" if taken.is_known else "imported", "green", **told)
    if build_it and not taken.is_known and is_room(folder):
        build_told(folder)


def _say(key: str, style: str, /, **values: object) -> None:
    line = text(f"cli.{key}", state["lang"], **values)
    console.print(line, style=style, highlight=False, soft_wrap=True, markup=False)
