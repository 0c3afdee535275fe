"""While extracts are read, whoever waits is told how far, how long yet, and how fast."""

from small_instance import make_instance

from pipelines.load import load
from pipelines.pace import Pace
from pipelines.working import working_database
from tilannehuone.instance import open_instance


def test_what_is_left_shrinks_to_nothing_as_the_bytes_are_read():
    told = []
    pace = Pace(100, lambda *one: told.append(one))

    for size in (10, 40, 50):
        pace.advance(size, 1_000)

    shares, left, rates = zip(*told, strict=True)
    assert shares == (0.1, 0.5, 1.0)
    assert left[-1] == 0 < left[0]
    assert all(rates)


def test_files_that_grew_or_none_at_all_are_never_more_than_all():
    told = []
    for total in (0, 10):
        Pace(total, lambda *one: told.append(one)).advance(25, 0)

    assert [one[:2] for one in told] == [(1.0, 0.0), (1.0, 0.0)]


def test_the_loader_tells_of_every_file(tmp_path):
    make_instance(tmp_path, 1)
    instance, told = open_instance(tmp_path), []

    with working_database(instance) as working:
        load(working, instance, lambda *one: told.append(one))
        files, rows = working.execute("select count(*), sum(rows_read) from files").fetchone()

    assert len(told) == files > 0
    assert told[-1][0] == 1.0
    assert rows > 0 and told[-1][2] > 0
