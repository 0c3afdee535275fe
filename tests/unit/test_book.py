"""The book on both databases: what is written stays, with its history, and only once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tilannehuone.errors import BookUnavailable, Outdated, RecordMissing
from tilannehuone.meeting import book as books
from tilannehuone.meeting.database import open_book
from tilannehuone.meeting.objects import Meeting, Pack, Phenomenon, Promise, Success

SCRIBE = books.Writer("Kirjuri", "scribe")
CHAIR = books.Writer("Puheenjohtaja", "chair")
MEETING = Meeting(area_code="pohjoinen", day=date(2026, 3, 12))
PHENOMENON = Phenomenon(
    area_code="pohjoinen", title="Yöunet jäävät lyhyiksi", indicators=("b_two", "a_one")
)


@pytest.fixture
def meeting(book):
    return books.add(book, MEETING, SCRIBE)


def test_what_is_written_is_read_back_as_it_was(book, meeting):
    made = books.add(
        book,
        Promise(
            area_code="pohjoinen",
            meeting_id=meeting.id,
            text="Kokoamme äänet »kentältä»",
            promiser="Sivistystoimi",
            due=date(2026, 4, 9),
            seen_from=date(2026, 9, 1),
            seen_effect=2.5,
        ),
        SCRIBE,
    )

    assert (made.version, made.created_by, made.changed_by) == (1, "Kirjuri", "Kirjuri")
    assert made.created_at.utcoffset() == timedelta(0)
    assert books.one(book, Promise, made.id) == made
    assert books.many(book, Promise, meeting_id=meeting.id, state="open") == [made]
    assert books.many(book, Promise, state="done") == []


def test_a_moment_of_another_zone_is_the_same_moment(book):
    noon = datetime(2026, 3, 12, 12, tzinfo=timezone(timedelta(hours=2)))
    made = books.add(book, replace(MEETING, opened_at=noon), SCRIBE)

    assert books.one(book, Meeting, made.id).opened_at == noon == made.opened_at
    assert books.versions(book, made.id)[0].record == made


def test_the_history_holds_every_version_with_its_writer(book):
    first = books.add(book, PHENOMENON, SCRIBE)
    second = books.change(book, Phenomenon, first.id, 1, CHAIR, indicators=("c_three",))
    third = books.change(book, Phenomenon, first.id, 2, SCRIBE, state="closed")

    told = books.versions(book, first.id)
    assert [one.record for one in told] == [first, second, third]
    assert [(one.by, one.role) for one in told] == [
        ("Kirjuri", "scribe"),
        ("Puheenjohtaja", "chair"),
        ("Kirjuri", "scribe"),
    ]
    assert third.indicators == ("c_three",)
    assert (third.created_by, third.created_at) == ("Kirjuri", first.created_at)


def test_two_who_change_different_words_keep_both(book):
    made = books.add(book, PHENOMENON, SCRIBE)
    books.change(book, Phenomenon, made.id, 1, CHAIR, hypothesis="Ruutuaika")
    merged = books.change(book, Phenomenon, made.id, 1, SCRIBE, how_noticed="Terveystarkastus")

    assert (merged.version, merged.hypothesis) == (3, "Ruutuaika")
    assert merged.how_noticed == "Terveystarkastus"


def test_who_would_overwrite_the_same_words_is_told_theirs(book):
    made = books.add(book, PHENOMENON, SCRIBE)
    theirs = books.change(book, Phenomenon, made.id, 1, CHAIR, hypothesis="Ruutuaika")

    with pytest.raises(Outdated) as refused:
        books.change(book, Phenomenon, made.id, 1, SCRIBE, hypothesis="Kahvi")

    (fault,) = refused.value.faults
    assert fault.values == {"by": "Puheenjohtaja", "field": "hypothesis", "theirs": "Ruutuaika"}
    assert books.one(book, Phenomenon, made.id) == theirs
    assert len(books.versions(book, made.id)) == 2


def test_who_names_a_version_that_never_was_overwrites_nothing(book, meeting):
    with pytest.raises(Outdated):
        books.change(book, Meeting, meeting.id, 7, SCRIBE, minutes=30)
    assert books.one(book, Meeting, meeting.id) == meeting


def test_a_request_asked_again_is_done_once(book):
    added = [books.add(book, PHENOMENON, SCRIBE, "first") for _ in range(3)]
    changed = [
        books.change(book, Phenomenon, added[0].id, 1, SCRIBE, "second", hypothesis="Melu")
        for _ in range(3)
    ]
    books.change(book, Phenomenon, added[0].id, 2, CHAIR, hypothesis="Kiire")

    assert added == [added[0]] * 3
    assert changed == [changed[0]] * 3
    # even after others have gone on, the answer is what this request wrote
    again = books.change(book, Phenomenon, added[0].id, 1, SCRIBE, "second", hypothesis="Melu")
    assert again == changed[0]
    assert len(books.versions(book, added[0].id)) == 3


def test_a_request_asked_many_times_at_once_is_done_once(book):
    with ThreadPoolExecutor(8) as threads:
        added = list(threads.map(lambda _: books.add(book, PHENOMENON, SCRIBE, "first"), range(16)))
        made = added[0]
        changed = list(
            threads.map(
                lambda _: books.change(
                    book, Phenomenon, made.id, 1, SCRIBE, "second", hypothesis="Melu"
                ),
                range(16),
            )
        )

    assert added == [made] * 16
    assert changed == [changed[0]] * 16
    assert books.many(book, Phenomenon) == [changed[0]]
    assert [one.record.version for one in books.versions(book, made.id)] == [1, 2]


def test_a_request_id_of_another_writers_record_tells_nothing_of_it(book):
    made = books.add(book, PHENOMENON, SCRIBE, "first")

    for other in (replace(PHENOMENON, area_code="eteläinen"), MEETING):
        with pytest.raises(Outdated):
            books.add(book, other, CHAIR, "first")
    other = books.add(book, PHENOMENON, SCRIBE)
    with pytest.raises(Outdated):
        books.change(book, Phenomenon, other.id, 1, CHAIR, "first", title="Muu")
    assert {one.id for one in books.many(book, Phenomenon)} == {made.id, other.id}


def test_many_who_change_one_record_at_once_all_keep_their_words(book):
    made = books.add(book, PHENOMENON, SCRIBE)
    names = ("hypothesis", "right_way", "how_noticed", "what_missing", "not_needed", "state")
    with ThreadPoolExecutor(6) as threads:
        list(
            threads.map(
                lambda name: books.change(book, Phenomenon, made.id, 1, SCRIBE, **{name: name}),
                names,
            )
        )

    kept = books.one(book, Phenomenon, made.id)
    assert [getattr(kept, name) for name in names] == list(names)
    assert [one.record.version for one in books.versions(book, made.id)] == list(range(1, 8))


def test_a_record_keeps_an_id_of_its_own_and_is_not_written_twice(book, meeting):
    pack = Pack(id="ab" * 32, area_code="pohjoinen", meeting_id=meeting.id, content="{}")

    assert books.add(book, pack, CHAIR, "one").id == pack.id
    assert books.add(book, pack, CHAIR, "one").version == 1
    with pytest.raises(Outdated):
        books.add(book, pack, CHAIR, "two")
    assert len(books.versions(book, pack.id)) == 1


def test_what_is_not_there_is_said_to_be_missing(book):
    lost = Success(area_code="pohjoinen", meeting_id="nowhere", text="Onnistui")

    for asked in (
        lambda: books.one(book, Meeting, "nowhere"),
        lambda: books.change(book, Meeting, "nowhere", 1, SCRIBE, minutes=45),
        lambda: books.add(book, lost, SCRIBE),
    ):
        with pytest.raises(RecordMissing):
            asked()
    assert books.many(book, Success) == []


def test_nobody_changes_what_the_book_sets_nor_whose_area_it_is(book, meeting):
    for value in ({"id": "x"}, {"created_by": "Muu"}, {"area_code": "eteläinen"}):
        with pytest.raises(ValueError, match=next(iter(value))):
            books.change(book, Meeting, meeting.id, 1, SCRIBE, **value)


def test_the_log_tells_who_wrote_what_and_holds_no_words(book, meeting):
    books.change(book, Meeting, meeting.id, 1, CHAIR, state="open")
    later = datetime.now(UTC)
    books.add(book, replace(PHENOMENON, area_code="eteläinen"), SCRIBE)

    told = books.log(book)
    assert [(one.by, one.role, one.kind, one.version, one.area_code) for one in told] == [
        ("Kirjuri", "scribe", "meeting", 1, "pohjoinen"),
        ("Puheenjohtaja", "chair", "meeting", 2, "pohjoinen"),
        ("Kirjuri", "scribe", "phenomenon", 1, "eteläinen"),
    ]
    assert books.log(book, area_code="pohjoinen") == told[:2]
    assert books.log(book, since=later) == told[2:]
    assert PHENOMENON.title not in str(told)


def test_the_token_of_an_area_changes_when_something_of_it_is_written(book, meeting):
    north, south = (books.newest(book, area) for area in ("pohjoinen", "eteläinen"))
    books.change(book, Meeting, meeting.id, 1, SCRIBE, minutes=45)

    assert books.newest(book, "pohjoinen") != north
    assert books.newest(book, "eteläinen") == south


def test_a_database_out_of_reach_is_told_as_such(tmp_path):
    (tmp_path / "meetings.sqlite").mkdir()

    for address in (
        f"sqlite:///{tmp_path}/meetings.sqlite",
        f"postgresql+psycopg://tests@/book?host={tmp_path}",
    ):
        with pytest.raises(BookUnavailable):
            open_book(address)
