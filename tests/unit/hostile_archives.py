"""Archives that are no packages, or were tampered with: (what is done, the fault it must meet)."""

import hashlib
import io
import json
import struct
import zipfile

from tilannehuone.network.archive import DATE, MANIFEST, SIGNATURE
from tilannehuone.network.keys import fingerprint

CELLS = "cells.parquet"


def parts_of(content):
    """Return the entries of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def zipped(entries, *, method=zipfile.ZIP_STORED, comment=b"", change=None):
    """Return an archive of (name, content) pairs, written as packages are but for the changes."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = method
            if change is not None and name == CELLS:
                change(entry)
            archive.writestr(entry, content)
        archive.comment = comment
    return sink.getvalue()


def with_parts(change):
    """Return a tampering that changes the list of entries and leaves all else."""
    return lambda content, _: zipped(change(list(parts_of(content).items())))


def with_entry(method=zipfile.ZIP_STORED, **values):
    """Return a tampering that tells something else of the entry of cells."""

    def change(entry):
        for name, value in values.items():
            setattr(entry, name, value)

    return lambda content, _: zipped(parts_of(content).items(), method=method, change=change)


def renamed(name):
    return with_parts(lambda all_: [(name if one == CELLS else one, told) for one, told in all_])


def patched(offset, form, value, *, at=b"PK\x01\x02"):
    """Return a tampering with a field of the last record of a kind."""

    def tamper(content, _):
        changed = bytearray(content)
        struct.pack_into(form, changed, content.rindex(at) + offset, value)
        return bytes(changed)

    return tamper


def both(*tampers):
    def tamper(content, key):
        for one in tampers:
            content = one(content, key)
        return content

    return tamper


def with_manifest(change, files=None):
    """Return a tampering with the manifest's bytes, signed anew with the region's own key."""

    def tamper(content, key):
        parts = parts_of(content) | (files or {})
        told = change(parts[MANIFEST])
        signed = f"{fingerprint(key.public_key())}\n{key.sign(told).hex()}\n".encode()
        return zipped((parts | {MANIFEST: told, SIGNATURE: signed}).items())

    return tamper


def canonical(told):
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def with_table(content, name=CELLS):
    """Return a tampering in which a file is something else, and the signed manifest says so."""

    def tell(told):
        manifest = json.loads(told)
        for one in manifest["files"]:
            if one["name"] == name:
                one |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        return canonical(manifest)

    return with_manifest(tell, {name: content})


def signature(change):
    return with_parts(
        lambda all_: [(one, change(told) if one == SIGNATURE else told) for one, told in all_]
    )


def swapped(content, _):
    """Exchange two tables; each is as it was signed, in the other's place."""
    parts = parts_of(content)
    parts["areas.parquet"], parts["shapes.parquet"] = (
        parts["shapes.parquet"],
        parts["areas.parquet"],
    )
    return zipped(parts.items())


def one_byte(content, _):
    parts = parts_of(content)
    told = bytearray(parts[CELLS])
    told[len(told) // 2] ^= 1
    return zipped((parts | {CELLS: bytes(told)}).items())


def gap(content, _):
    """Put bytes between the last entry and the list of entries."""
    start = struct.unpack("<L", content[-6:-2])[0]
    moved = content[:start] + b"hidden" + content[start:]
    return moved[:-6] + struct.pack("<L", start + 6) + moved[-2:]


def overlapping(content, key):
    """Let the last entry of the list begin where the one before it does."""
    first = content.rindex(b"PK\x01\x02", 0, content.rindex(b"PK\x01\x02"))
    return patched(42, "<L", struct.unpack_from("<L", content, first + 42)[0])(content, key)


ZIP64 = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
NOT_ZIP, ENTRIES, FORM = "package_not_zip", "package_entries", "package_form"
PACKED, LARGE = "package_packed", "package_large"

FRAMES = {
    "empty": (lambda *_: b"", NOT_ZIP),
    "text": (lambda *_: b"paketti\n" * 40, NOT_ZIP),
    "end_of_a_zip_alone": (lambda content, _: content[-22:], NOT_ZIP),
    "cut_in_half": (lambda content, _: content[: len(content) // 2], NOT_ZIP),
    "cut_by_a_byte": (lambda content, _: content[:-1], NOT_ZIP),
    "byte_before": (lambda content, _: b"\n" + content, NOT_ZIP),
    "byte_after": (lambda content, _: content + b"\n", NOT_ZIP),
    "two_in_one": (lambda content, _: content + content, FORM),
    "other_zip_before": (lambda content, _: zipped([("a", b"a")]) + content, FORM),
    "comment": (lambda content, _: zipped(parts_of(content).items(), comment=b"hi"), NOT_ZIP),
    "bytes_between": (gap, FORM),
    "overlapping": (overlapping, NOT_ZIP),
    "second_disk": (patched(4, "<H", 1, at=b"PK\x05\x06"), FORM),
    "list_told_longer": (patched(12, "<L", 2**31, at=b"PK\x05\x06"), FORM),
    "larger_form": (lambda content, _: content[:-22] + ZIP64 + content[-22:], FORM),
    "larger_form_in_the_list": (
        lambda content, _: content[:-42] + ZIP64 + content[-22:],
        FORM,
    ),
    "five_thousand_entries": (
        lambda *_: zipped((f"{at}", b"") for at in range(5000)),
        ENTRIES,
    ),
    "too_large": (lambda content, _: content + bytes(64 * 2**20), LARGE),
    "encrypted": (both(patched(8, "<H", 1), patched(6, "<H", 1, at=b"PK\x03\x04")), PACKED),
    "deflated": (with_entry(zipfile.ZIP_DEFLATED), PACKED),
    "zip_bomb": (
        lambda content, _: zipped(
            (parts_of(content) | {CELLS: bytes(2**25)}).items(), method=zipfile.ZIP_DEFLATED
        ),
        PACKED,
    ),
    "bzip2": (with_entry(zipfile.ZIP_BZIP2), PACKED),
    "lzma": (with_entry(zipfile.ZIP_LZMA), PACKED),
    "told_larger_than_it_is": (patched(24, "<L", 2**31), PACKED),
    "told_larger_twice": (both(patched(24, "<L", 2**30), patched(20, "<L", 2**30)), LARGE),
    "told_smaller_than_it_is": (both(patched(24, "<L", 9), patched(20, "<L", 9)), NOT_ZIP),
    "wrong_checksum": (patched(16, "<L", 7), NOT_ZIP),
    "unknown_entry": (with_parts(lambda all_: [*all_, ("more.parquet", b"")]), ENTRIES),
    "missing_entry": (with_parts(lambda all_: all_[:-1]), ENTRIES),
    "entry_twice": (
        lambda content, _: content.replace(b"shapes.parquet", b"events.parquet"),
        ENTRIES,
    ),
    "other_order": (with_parts(lambda all_: [all_[1], all_[0], *all_[2:]]), ENTRIES),
    "name_climbs": (renamed("../../cells.parquet"), ENTRIES),
    "name_absolute": (renamed("/etc/cells.parquet"), ENTRIES),
    "name_backslash": (renamed("..\\cells.parquet"), ENTRIES),
    "name_drive": (renamed("C:cells.parquet"), ENTRIES),
    "name_folder": (renamed("cells.parquet/"), ENTRIES),
    "name_other_case": (renamed("Cells.parquet"), ENTRIES),
    "name_nul": (
        lambda content, _: content.replace(b"shapes.parquet", b"shapes.parque\0"),
        ENTRIES,
    ),
    "name_differs_inside": (
        lambda content, _: content.replace(b"shapes.parquet", b"shApes.parquet", 1),
        NOT_ZIP,
    ),
    "symbolic_link": (with_entry(external_attr=0o120777 << 16), FORM),
    "other_date": (with_entry(date_time=(2025, 1, 1, 0, 0, 0)), FORM),
    "other_system": (with_entry(create_system=0), FORM),
    "comment_of_entry": (with_entry(comment=b"hi"), FORM),
    "extra_field": (with_entry(extra=struct.pack("<HH4s", 0x7777, 4, b"more")), FORM),
}

SIGNATURES = {
    "no_signature": (with_parts(lambda all_: [all_[0], *all_[2:]]), ENTRIES),
    "empty_signature": (signature(lambda _: b""), "package_unsigned"),
    "short_signature": (signature(lambda told: told[:-10]), "package_unsigned"),
    "garbled_signature": (signature(lambda told: told.replace(b"a", b"z")), "package_unsigned"),
    "long_signature": (signature(lambda told: told * 2), "package_unsigned"),
    "flipped_signature": (
        signature(lambda told: told[:-2] + (b"0" if told[-2:-1] != b"0" else b"1") + b"\n"),
        "package_signature",
    ),
    "unknown_key": (signature(lambda told: b"0" * 64 + told[64:]), "package_key_unknown"),
    "manifest_changed_after_signing": (
        with_parts(lambda all_: [(MANIFEST, all_[0][1].replace(b"Koe", b"Koi")), *all_[1:]]),
        "package_signature",
    ),
    "table_changed_after_signing": (one_byte, "package_changed"),
    "table_cut": (
        with_parts(lambda all_: [(n, c[:-8] if n == CELLS else c) for n, c in all_]),
        "package_changed",
    ),
    "tables_exchanged": (swapped, "package_changed"),
}
