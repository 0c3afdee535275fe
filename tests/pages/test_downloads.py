"""Files of what a page shows: which there are, what they are called, and what is refused."""

import pytest
from opened import downloaded

from tilannehuone.exports.forms import FORMS
from tilannehuone.texts import LANGUAGES, text
from tilannehuone.web.downloads import VIEWS

MONTHLY = {"area": "kaakkuri", "indicator": "cp_notifications_rate", "period": "month"}
BEGINS = {
    "csv": b"\xef\xbb\xbf",
    "xlsx": b"PK",
    "pptx": b"PK",
    "pdf": b"%PDF-",
    "html": b"<!doctype html>",
    "svg": b"<svg",
    "png": b"\x89PNG",
}


@pytest.mark.parametrize("ending", FORMS)
def test_a_file_of_every_kind_is_what_its_ending_says(ending, instance, monkeypatch):
    answer = downloaded(monkeypatch, instance, f"trend.{ending}", lang="fi", **MONTHLY)
    name = f'filename="cp_notifications_rate-kaakkuri-month.{ending}"'

    assert answer.status_code == 200
    assert bytes(answer.body).lower().startswith(BEGINS[ending].lower())
    assert name in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_taken_as_a_table(view, instance, monkeypatch):
    answer = downloaded(monkeypatch, instance, f"{view}.csv", lang="sv", area="tuira")

    assert answer.status_code == 200
    assert bytes(answer.body).count(b";") > 3


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("file", ["trend.exe", "secret.csv"])
def test_a_file_that_there_is_not_is_refused_in_the_readers_language(
    file, lang, instance, monkeypatch
):
    answer = downloaded(monkeypatch, instance, file, lang=lang)

    assert answer.status_code == 404
    assert bytes(answer.body).decode() == text("frame.file_unknown", lang)


def test_without_a_release_there_is_no_file_and_the_reason_is_said(tmp_path, monkeypatch):
    (tmp_path / "data" / "releases").mkdir(parents=True)
    answer = downloaded(monkeypatch, tmp_path, "trend.csv", lang="fi")

    assert answer.status_code == 503
    assert bytes(answer.body).decode() == text("frame.no_release_title", "fi")


def test_a_series_too_small_to_be_shown_says_so_in_a_picture_and_in_a_table(planned, monkeypatch):
    small = {"area": "kaakkuri", "indicator": "psychiatry_clients_share", "lang": "fi"}
    for ending in ("svg", "csv"):
        told = bytes(downloaded(monkeypatch, planned, f"trend.{ending}", **small).body).decode()

        assert text("trend.small_all", "fi").split()[-1] in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_carries_definition_source_release_and_quality(lang, instance, monkeypatch):
    answer = downloaded(monkeypatch, instance, "trend.csv", lang=lang, **MONTHLY)
    told = bytes(answer.body).decode("utf-8-sig")

    for one in ("definition", "source", "release", "quality", "unit", "marks"):
        assert f"\n{text(f'trend.note_{one}', lang)};" in told
