"""Every kind of extract of the demo, each in its own hand: encoding, separator, titles, days."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from pipelines.demo.child_protection import child_protection_rows
from pipelines.demo.counts import family_visits, lets_talk, pilot_line, pupil_welfare
from pipelines.demo.draws import Draw
from pipelines.demo.family_services import family_clients, network_requests, psychiatry
from pipelines.demo.files import Layout
from pipelines.demo.readme import SYNTHETIC
from pipelines.demo.registers import caseload, population, pupils, trained_staff


@dataclass(frozen=True, slots=True)
class Extract:
    """One kind of extract: its rows of a period, and how its files are cut and written."""

    source: str
    stem: str
    months: int  # of one period
    rows: Callable[[Draw], pa.Table]
    layout: Layout
    cut: str = "{0.year}"  # which periods share a file
    known: tuple[int, int] | None = None  # month and day of a yearly count


ALL = "kaikki"
"""Every period in one file; the others have a file a year."""


def _titled(report: str) -> tuple[str, ...]:
    return (f"Raportti: {report}", SYNTHETIC, "")


EXTRACTS = (
    Extract(
        "vaesto",
        "vaesto",
        12,
        population,
        Layout(
            "cp1252", newline="\r\n", titles=_titled("Väestö 31.12."), grouped=("Väestö_31_12",)
        ),
        cut=ALL,
        known=(12, 31),
    ),
    Extract(
        "oppilaat",
        "oppilaat",
        12,
        pupils,
        Layout(delimiter="\t", titles=(SYNTHETIC,), grouped=("Oppilaita 20.9.",)),
        cut=ALL,
        known=(9, 20),
    ),
    Extract(
        "pilottipuhelin",
        "pilottipuhelin_kk",
        1,
        pilot_line,
        Layout("cp1252", newline="\r\n", titles=_titled("Pilottipuhelimen käyttöluvut")),
    ),
    Extract(
        "verkostot",
        "verkostopyynnot",
        1,
        network_requests,
        Layout("utf-8-sig", day="dd.mm.yyyy", quoted=True),
    ),
    Extract(
        "lapset_puheeksi",
        "lapset_puheeksi_kvartaali",
        3,
        lets_talk,
        Layout(grouped=("LP_keskustelut_lkm",)),
    ),
    Extract(
        "oppilashuolto",
        "oppilashuolto",
        3,
        pupil_welfare,
        Layout("latin-1", newline="\r\n", grouped=("Yhteydenotot_lkm", "Määräajassa_7tp_lkm")),
    ),
    Extract(
        "shl_asiakkaat",
        "shl_asiakkaat",
        1,
        family_clients,
        Layout("cp1252", newline="\r\n", titles=_titled("Lapsiperheiden palvelujen asiakkaat")),
    ),
    Extract(
        "shl_kaynnit",
        "shl_kaynnit",
        3,
        family_visits,
        Layout("utf-8-sig", grouped=("Suoritteet_lkm",), group_sign="\u202f", suffix=".csv.gz"),
    ),
    Extract(
        "lp_henkilosto",
        "lp_henkilosto",
        6,
        trained_staff,
        Layout(titles=(SYNTHETIC,), suffix=".xlsx"),
        cut="",
    ),
    Extract(
        "lastensuojelu",
        "lastensuojelu_tapahtumat",
        1,
        child_protection_rows,
        Layout("cp1252", newline="\r\n", titles=_titled("Lastensuojelun tapahtumat")),
    ),
    Extract("mitoitus", "mitoitus", 6, caseload, Layout("latin-1"), cut=ALL),
    Extract("esh", "esh_psykiatria", 1, psychiatry, Layout(delimiter=",", day="yyyy-mm-dd")),
)
"""All of them."""
