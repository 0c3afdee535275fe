"""The bill of materials of the software as CycloneDX 1.6 JSON: `python .ci/sbom.py > sbom.json`.

It says what `requirements.lock` pins, by name, version and digests, and the licences that the
installed packages name. It holds no time, machine or address, so that one lock makes one bill.
"""

import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)")
DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> list[dict[str, Any]]:
    """Return a component for each pinned package, in the lock's order."""
    found: list[dict[str, Any]] = []
    for line in lock.splitlines():
        if pinned := PINNED.match(line):
            name, version = re.sub(r"[-_.]+", "-", pinned[1].lower()), pinned[2]
            purl = f"pkg:pypi/{name}@{version}"
            one = {"type": "library", "bom-ref": purl, "name": name, "version": version}
            found.append(one | {"purl": purl, "hashes": [], **_licence(name)})
        elif found and (digest := DIGEST.search(line)):
            found[-1]["hashes"].append({"alg": "SHA-256", "content": digest[1]})
    return found


def bill(lock: str, version: str) -> dict[str, Any]:
    """Return the whole bill of a lock."""
    ours = {"type": "application", "bom-ref": "tilannehuone", "name": "tilannehuone"}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, lock)}",
        "version": 1,
        "metadata": {"component": ours | {"version": version}},
        "components": components(lock),
    }


def _licence(name: str) -> dict[str, Any]:
    """Return the licence that an installed package names; nothing where it is not installed."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return {}
    if expression := told.get("License-Expression"):
        return {"licenses": [{"expression": expression}]}
    named = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or []
             if one.startswith("License :: ")]  # fmt: skip
    return {"licenses": [{"license": {"name": one}} for one in named]} if named else {}


if __name__ == "__main__":
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    whole = bill(text, metadata.version("tilannehuone"))
    json.dump(whole, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
