"""The pages as another library reads them: tagged, titled, whole, and words never markup."""

import io
import re

import pypdf
import pytest
from export_papers import LONG, MESSAGE, NASTY, NOTES, nasty, trend, wordy

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.exports.pdf import pages

A4_LANDSCAPE = (841.9, 595.3)


def opened(*papers, lang="fi"):
    return pypdf.PdfReader(io.BytesIO(pages(papers, lang)))


def told(page):
    return re.sub(r"\s+", " ", page.extract_text())


def roles(reader):
    """Return the kinds of all parts of the document's tree, with what is told of each."""
    found, left = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while left:
        one = left.pop().get_object()
        if isinstance(one, list):
            left += one
        elif isinstance(one, dict):
            found.append((one.get("/S"), one.get("/Alt")))
            left += [one["/K"]] if isinstance(one.get("/K"), dict | list) else []
            left += [one["/K"]] if isinstance(one.get("/K"), pypdf.generic.IndirectObject) else []
    return found


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_the_file_is_tagged_and_has_title_and_language(lang):
    reader = opened(trend(lang=lang), lang=lang)
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(lang)
    assert reader.metadata.title == "Lastensuojeluilmoitukset, Oulu"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_the_tree_has_headings_a_figure_with_words_and_a_table():
    kinds = roles(opened(trend()))

    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= {kind for kind, _ in kinds}
    assert ("/Figure", trend().alt) in kinds


def test_the_chart_is_drawn_in_lines_and_not_in_dots():
    reader = opened(trend())

    assert not [image for page in reader.pages for image in page.images]
    assert "lasta" in told(reader.pages[0])


def test_a_view_begins_a_page_with_its_message():
    reader = opened(trend(), wordy(), trend())

    starts = [n for n, page in enumerate(reader.pages) if MESSAGE[:30] in told(page)]
    assert starts[0] == 0
    assert len(starts) == 3


def test_a_long_table_repeats_its_head_and_loses_no_row():
    rows = tuple((Cell(f"rivi {n:03}"), Cell(LONG if n % 9 == 0 else "x")) for n in range(120))
    reader = opened(
        trend(table=Table("Pitkä", (Column("Jakso"), Column("Selite")), rows, notes=NOTES))
    )
    texts = [told(page) for page in reader.pages]

    found = re.findall(r"rivi \d{3}", " ".join(texts))
    assert found == [f"rivi {n:03}" for n in range(120)]
    with_rows = [one for one in texts if "rivi " in one]
    assert len(with_rows) > 2
    assert all("Jakso Selite" in one for one in with_rows)


def test_nothing_is_cut_at_the_edge_of_a_page():
    columns = tuple(Column(f"Sarake {n} {LONG[:30]}") for n in range(9))
    rows = tuple(tuple(Cell(LONG[:60]) for _ in columns) for _ in range(8))
    wide = trend(title=LONG, messages=(LONG, LONG), table=Table(LONG, columns, rows, notes=NOTES))

    for page in opened(wide).pages:
        assert (round(page.mediabox.width, 1), round(page.mediabox.height, 1)) == A4_LANDSCAPE
        places = []

        def seen(text, cm, tm, _font, size, places=places):
            if text.strip():
                x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
                y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
                places.append((x, y, len(text.strip()) * size * 0.3))

        page.extract_text(visitor_text=seen)
        assert places
        assert all(0 < y < A4_LANDSCAPE[1] for _, y, _ in places)
        assert all(x > 0 and x + width < A4_LANDSCAPE[0] for x, _, width in places)


def test_words_are_never_markup():
    told_all = " ".join(told(page) for page in opened(nasty()).pages)

    squeezed = NASTY.replace(" ", "")
    assert told_all.replace(" ", "").count(squeezed) >= 4


def test_the_whole_passport_is_on_the_pages():
    told_all = " ".join(told(page) for page in opened(trend()).pages)

    assert [words for _, words in NOTES if words not in told_all] == []
