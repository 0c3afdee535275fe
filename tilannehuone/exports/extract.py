"""A sealed research extract as files: tables, descriptions in three languages, and the seal.

Equal rows make equal bytes: nothing of the day or the machine stands in any file.
"""

import io
import zipfile

from tilannehuone.exports.extract_citation import citation_file
from tilannehuone.exports.extract_croissant import croissant
from tilannehuone.exports.extract_dcat import catalogue_entry
from tilannehuone.exports.extract_metadata import json_bytes, metadata, protection
from tilannehuone.exports.extract_package import data_package
from tilannehuone.exports.extract_readme import readme
from tilannehuone.exports.extract_seal import DESCRIPTOR, NO_ID, Files, sealed
from tilannehuone.exports.extract_tables import csv_bytes, parquet_bytes
from tilannehuone.exports.extract_told import told_of
from tilannehuone.exports.zipped import FIRST_DAY
from tilannehuone.sealed import PARTS, Chosen
from tilannehuone.texts import LANGUAGES


def extract_files(chosen: Chosen) -> dict[str, bytes]:
    """Return every file of the extract by its name, sealed.

    All tables are there, empty ones too: whatever was chosen, code finds the same files.
    """
    told = told_of(chosen, NO_ID)
    data: dict[str, bytes] = {}
    for part in PARTS:
        data[f"{part}.csv"] = csv_bytes(chosen.tables[part])
        data[f"{part}.parquet"] = parquet_bytes(chosen.tables[part])
    files = {
        DESCRIPTOR: json_bytes(data_package(chosen, told, data)),
        **{f"README.{lang}.md": readme(chosen, told, lang) for lang in LANGUAGES},
        "CITATION.cff": citation_file(told),
        "metadata.json": json_bytes(metadata(chosen, told)),
        "protection.json": json_bytes(protection(chosen, told)),
        "dcat.jsonld": json_bytes(catalogue_entry(told, data)),
        "croissant.json": json_bytes(croissant(told, data)),
        **data,
    }
    return sealed(files)


def zip_bytes(files: Files) -> bytes:
    """Return the files as a zip archive; members bear the earliest time that one can tell."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, FIRST_DAY)
            member.external_attr = 0o644 << 16
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
