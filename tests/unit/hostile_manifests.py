"""Manifests that are not in form, signed by the region's own key: (what is done, the fault)."""

import json

from hostile_archives import LARGE, canonical, with_manifest


def telling(**values):
    """Return a tampering that has the manifest say something else."""
    return with_manifest(lambda told: canonical(json.loads(told) | values))


def with_files(change):
    def tell(told):
        manifest = json.loads(told)
        change(manifest["files"])
        return canonical(manifest)

    return with_manifest(tell)


BAD = "package_manifest"
MANIFESTS = {
    "not_json": (with_manifest(lambda _: b"region: oulu\n"), BAD),
    "not_utf8": (with_manifest(lambda told: told.replace(b"Koe", b"K\xe4\xe4")), BAD),
    "empty": (with_manifest(lambda _: b""), BAD),
    "byte_order_mark": (with_manifest(lambda told: b"\xef\xbb\xbf" + told), BAD),
    "spaces": (with_manifest(lambda told: told.replace(b":", b": ")), BAD),
    "key_twice": (with_manifest(lambda told: b'{"region":"oulu",' + told[1:]), BAD),
    "number_that_is_none": (
        with_manifest(lambda told: told.replace(b'"rows":', b'"rows":NaN,"x":', 1)),
        BAD,
    ),
    "number_without_end": (
        with_manifest(lambda told: told.replace(b'"format":1', b'"format":' + b"9" * 5000)),
        BAD,
    ),
    "half_a_letter": (with_manifest(lambda told: told.replace(b"Koe", b"\\ud800")), BAD),
    "deep": (with_manifest(lambda _: b"[" * 30_000 + b"]" * 30_000 + b"\n"), BAD),
    "oversized": (with_manifest(lambda told: told + b" " * 70_000), LARGE),
    "list": (with_manifest(lambda _: b"[]\n"), BAD),
    "unknown_key": (telling(more=1), BAD),
    "no_name": (telling(name=None), BAD),
    "word_for_format": (telling(format="1"), "package_format"),
    "other_format": (telling(format=2), "package_format"),
    "fraction_of_a_row": (with_files(lambda files: files[0].update(rows=1.0)), BAD),
    "rows_as_text": (with_files(lambda files: files[0].update(rows="1")), BAD),
    "rows_below_none": (with_files(lambda files: files[0].update(rows=-1)), BAD),
    "table_left_out": (with_files(lambda files: files.pop()), BAD),
    "table_renamed": (with_files(lambda files: files[0].update(name="../a.parquet")), BAD),
    "other_size": (with_files(lambda files: files[0].update(size=1)), "package_changed"),
    "other_hash": (with_files(lambda files: files[0].update(sha256="0" * 64)), "package_changed"),
    "region_climbs": (telling(region="../../tmp"), BAD),
    "region_of_another": (telling(region="vaasa"), "package_key_region"),
    "release_climbs": (telling(release_id="../20250101T000000Z"), BAD),
    "day_that_is_none": (telling(built_at="2025-02-31T00:00:00Z"), BAD),
    "other_release": (telling(release_id="20250102T000000Z"), "package_story"),
    "other_day": (telling(built_at="2024-12-31T00:00:00Z"), "package_story"),
    "tag_in_name": (
        telling(name={"fi": "<img src=x>", "sv": "b", "en": "c"}),
        "package_not_words",
    ),
    "listed_area_unknown": (telling(listed=["Z"]), "package_story"),
}
