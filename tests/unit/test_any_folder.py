"""An instance may lie in a folder of any name: a path is never a part of a statement."""

from small_instance import AS_OF, make_built

from pipelines.audit import audit_release
from pipelines.run import build
from tilannehuone.release import published_releases
from tilannehuone.vintages import revisions


def test_an_apostrophe_in_the_folders_name_stops_no_second_build(tmp_path):
    folder = make_built(tmp_path / "l'Île d'Oulu")
    build(folder, as_of=AS_OF)
    older, newer = published_releases(folder / "data" / "releases")

    assert revisions(older, newer).empty
    assert audit_release(newer, against=[older]).ok
