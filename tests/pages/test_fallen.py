"""What a reader sees when something is broken: the last good figures, and why, in one banner."""

import shutil

import pytest
from asked_api import asked
from full_disk import read_only

from tilannehuone.meeting.database import SETTING, address_of, open_book
from tilannehuone.release import POINTER, current_release
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui.fallen import moment_of

OLDER = "20200101T000000Z"


@pytest.fixture
def fallen(instance, tmp_path):
    """Return a copy of the instance whose current release is cut short, and an older one whole."""
    folder = tmp_path / "fallen"
    shutil.copytree(instance, folder)
    current = current_release(folder / "data" / "releases")
    shutil.copy(current, current.with_name(f"{OLDER}.duckdb"))
    current.write_bytes(current.read_bytes()[:1_000_000])
    return folder


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_damaged_release_gives_way_to_the_last_good_one_with_a_banner(
    lang, fallen, open_app, markup
):
    current = current_release(fallen / "data" / "releases")

    shown = markup(open_app("about", folder=fallen, lang=lang))

    said = catalogue(lang)["frame.fallen_release"].split("{release}")[0]
    assert said in shown
    assert moment_of(OLDER, lang) in shown
    assert moment_of(current.stem, lang) in shown
    assert catalogue(lang)["frame.broken_release_title"] not in shown


def test_without_a_pointer_the_figures_stay_with_a_banner(fallen, open_app, markup):
    (fallen / "data" / "releases" / POINTER).unlink()

    shown = markup(open_app("overview", folder=fallen))

    assert catalogue("fi")["frame.fallen_pointer"].split("{")[0] in shown
    assert moment_of(OLDER, "fi") in shown


def test_other_programs_are_told_of_the_release_that_the_room_shows(fallen, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(fallen))

    assert asked("/releases").json()["release"]["release_id"] == OLDER


def test_a_release_of_tomorrow_says_that_the_clock_was_wrong(altered, open_app, markup):
    folder = altered("update release set built_at = built_at + interval 60 day")

    assert catalogue("fi")["frame.future_release"].split("{")[0] in markup(open_app(folder=folder))


@pytest.mark.parametrize("page", ["meeting", "observations"])
def test_a_book_that_takes_no_words_is_read_with_a_banner(
    page, instance, tmp_path, monkeypatch, open_app, markup
):
    monkeypatch.delenv(SETTING, raising=False)
    folder = tmp_path / "resting"
    shutil.copytree(instance, folder)
    open_book(address_of(folder)).engine.dispose()
    with read_only(folder / "data"):
        shown = markup(open_app(page, folder=folder))

    assert catalogue("fi")["frame.book_resting"].split("{")[0] in shown
    assert catalogue("fi")["frame.no_book_title"] not in shown
