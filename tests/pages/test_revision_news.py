"""What a new release changed: told on the overview in one line, listed on the quality page."""

import re
import shutil
from dataclasses import replace

import duckdb
import pytest
from opened import words_of

from tilannehuone import store_scope
from tilannehuone.access import RIGHTS, Person
from tilannehuone.release import current_release
from tilannehuone.texts import LANGUAGES, text
from tilannehuone.texts.format import day
from tilannehuone.ui import revision_news, revision_table

EARLIER = "20200101T000000Z.duckdb"
OF = """area_code = 'kaakkuri' and period_type = 'month' and breakdown = 'all'
    and indicator_id = 'cp_notifications_rate' and period_start"""
LAST = f"(select max(period_start) from cells where {OF} is not null)"
SECRET = 98.7654
CHANGED = f"""
    update cells set value = value * 1.1 where {OF} between date '2025-01-01' and date '2025-03-01';
    update cells set value = {SECRET}, status = 'ok' where {OF} = date '2025-05-01';
    update cells set value = null, status = 'c' where {OF} = date '2025-06-01';
    update cells set value = null, status = 'x' where {OF} = {LAST};
    update indicators set definitions_hash = 'old' where indicator_id = 'lp_discussions_rate'"""
HIDDEN_NOW = f"update cells set value = null, status = 'c' where {OF} = date '2025-05-01'"
"""The figure of May 2025 is shown in the earlier release only, that of June in the newer only."""

TOLD = {"revised": 3, "redefined": 1, "newly_hidden": 1, "newly_shown": 1, "withdrawn": 0}


def with_earlier(instance, folder, statements, newer="select 1"):
    """Return a copy of an instance with a release before its own, changed by statements."""
    shutil.copytree(instance, folder)
    current = current_release(folder / "data" / "releases")
    older = shutil.copyfile(current, current.with_name(EARLIER))
    for path, one in ((older, statements), (current, newer)):
        with duckdb.connect(str(path)) as release:
            release.execute(one)
    return folder


@pytest.fixture(scope="module")
def renewed(instance, tmp_path_factory):
    return with_earlier(instance, tmp_path_factory.mktemp("renewed") / "i", CHANGED, HIDDEN_NOW)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_line_counts_each_kind_of_change_and_leads_to_the_figures(lang, renewed, room):
    page = room("overview", lang, renewed)
    html = revision_news.line_html(page, "kaakkuri")
    one = [text(f"revisions.{key}_one", lang, count=n) for key, n in TOLD.items() if n == 1]
    told = [text("revisions.revised", lang, count=3), *one]

    assert revision_news.news(page, "kaakkuri").counts() == TOLD
    built = day(page.facts["built_at"].date(), lang)
    line = text("revisions.line", lang, day=built, changes=", ".join(told))
    assert words_of(line) in words_of(html)
    assert f'href="quality?lang={lang}&amp;area=kaakkuri#revisions"' in html


def test_without_an_earlier_release_nothing_is_said(room):
    page = room("overview")

    assert revision_news.line_html(page, "kaakkuri") == ""
    assert revision_table.section_html(page, "kaakkuri") == ""


def test_new_periods_alone_are_told_as_such_and_lead_nowhere(instance, tmp_path, room):
    older = f"delete from cells where {OF} = {LAST}"
    page = room("overview", folder=with_earlier(instance, tmp_path / "i", older))
    html = revision_news.line_html(page, "kaakkuri")

    assert text("revisions.new_only", "fi") in words_of(html)
    assert "href" not in html
    assert revision_news.line_html(page, "tuira") == ""


def test_an_area_whose_figures_stayed_is_told_of_the_definition_alone(renewed, room):
    page = room("overview", folder=renewed)
    found = revision_news.news(page, "tuira")

    assert found.cells.empty
    assert text("revisions.redefined_one", "fi", count=1) in revision_news.news_words(page, found)


def test_before_and_now_stand_side_by_side_the_newest_first(renewed, room):
    page = room("quality", folder=renewed)
    table = revision_table.table(page, revision_news.news(page, "kaakkuri"))
    what = [row[-1].text for row in table.rows]
    kinds = ["newly_shown", "newly_hidden", "revised", "revised", "revised"]

    assert what == [text(f"revisions.what_{one}", "fi") for one in kinds]
    assert all(row[2].number > row[3].number for row in table.rows[2:])
    assert table.rows[0][2].text == text("status.short_c", "fi")


def test_a_figure_that_is_protected_now_is_not_told_again(renewed, room):
    page = room("quality", folder=renewed)
    html = revision_table.section_html(page, "kaakkuri")

    assert text("revisions.was_shown", "fi") in words_of(html)
    assert not re.search(r"98[,.]", html + revision_news.line_html(page, "kaakkuri"))


def test_no_more_than_fifty_figures_are_listed_and_the_rest_are_counted(instance, tmp_path, room):
    older = "update cells set value = value * 1.1 where area_code = 'kaakkuri'"
    page = room("quality", folder=with_earlier(instance, tmp_path / "i", older))
    found = revision_news.news(page, "kaakkuri")
    left = found.counts()["revised"] - revision_table.MOST_ROWS

    assert len(revision_table.table(page, found).rows) == revision_table.MOST_ROWS
    shown = words_of(revision_table.section_html(page, "kaakkuri"))
    assert left > 0
    assert text("revisions.left", "fi", count=left) in shown


def test_a_reader_of_some_areas_hears_of_those_alone_from_the_same_comparison(renewed, room):
    whole = room("overview", folder=renewed)
    reader = Person("r", "member", RIGHTS["member"], frozenset({"tuira"}))
    narrow = store_scope.narrowed(whole.release, reader.readable)
    page = replace(whole, release=narrow, person=reader)

    assert revision_news.news(page, "kaakkuri") is None
    assert revision_news.line_html(page, "kaakkuri") == ""
    assert revision_news.compared(narrow) is revision_news.compared(whole.release)


def test_an_earlier_release_that_cannot_be_read_is_passed_over_in_silence(instance, tmp_path, room):
    folder = shutil.copytree(instance, tmp_path / "i")
    (folder / "data" / "releases" / EARLIER).write_bytes(b"torn")

    assert revision_news.line_html(room("overview", folder=folder), "kaakkuri") == ""


def test_the_pages_show_the_line_and_the_table_of_the_area_in_the_address(
    renewed, open_app, markup
):
    overview = markup(open_app("overview", folder=renewed, area="kaakkuri"))
    quality = markup(open_app("quality", folder=renewed, area="kaakkuri"))

    assert text("revisions.revised", "fi", count=3) in words_of(overview)
    assert text("revisions.title", "fi", area="Kaakkuri") in words_of(quality)
    assert 'id="revisions"' in quality
