"""What holds for every kind of file: nothing hidden in it, its passport in it, the same twice."""

import base64
import io
import re
import zipfile

import pypdf
import pytest
from export_papers import HIDDEN, MESSAGE, NOTES, nasty, trend, wordy

from tilannehuone.charts.table import Table
from tilannehuone.exports.forms import FORMS, written
from tilannehuone.texts import LANGUAGES, catalogue

ENDINGS = sorted(FORMS)


def unpacked(file):
    """Return everything a file holds, as bytes: archives within archives, streams, words."""
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            return b"\n".join(unpacked(archive.read(name)) for name in archive.namelist())
    if file.startswith(b"%PDF"):
        pages = pypdf.PdfReader(io.BytesIO(file)).pages
        streams = [bytes(one.get_contents().get_data()) for one in pages]
        return b"\n".join([file, *streams, *(one.extract_text().encode() for one in pages)])
    return file


def plain(file):
    """Return what a file holds as one line of text, its breaks and narrow spaces as spaces."""
    told = unpacked(file).decode("utf-8", "ignore")
    return re.sub(r"\s+", " ", told.replace("&amp;", "&"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_hidden_number_can_be_found_in_any_byte(ending):
    file = written([trend()], ending, "fi")

    hidden = str(HIDDEN).encode()
    assert hidden not in unpacked(file)
    for encoded in (base64.b64encode(hidden), str(HIDDEN).encode("utf-16-le")):
        assert encoded not in unpacked(file)


@pytest.mark.parametrize("ending", sorted(set(ENDINGS) - {"png", "svg"}))
def test_a_hidden_cell_is_its_word(ending):
    assert "peitetty" in plain(written([trend()], ending, "fi"))


@pytest.mark.parametrize("ending", sorted(set(ENDINGS) - {"svg"}))
def test_the_whole_passport_is_in_every_file(ending):
    told = plain(written([trend()], ending, "fi"))

    assert [words for _, words in NOTES if words not in told] == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_file_says_title_message_period_source_and_release(ending):
    told = plain(written([trend()], ending, "fi"))

    for words in (
        "Lastensuojeluilmoitukset, Oulu",
        "tammi 2025",
        "Lastensuojelun asiakasrekisteri",
    ):
        assert words in told
    assert "20261123T041205Z" in told
    assert MESSAGE[:40] in told


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_papers_make_the_same_bytes(ending):
    papers = [trend(), wordy()]

    assert written(papers, ending, "fi") == written(papers, ending, "fi")


@pytest.mark.parametrize("ending", sorted(one for one in ENDINGS if FORMS[one].holds_many))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_several_views_fit_into_one_file_in_every_language(ending, lang):
    told = plain(written([trend(lang=lang), wordy(), nasty()], ending, lang))

    assert told.count("Tilannekuva, Oulu") >= 1
    assert told.count("Lastensuojeluilmoitukset, Oulu") >= 1


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_view_that_has_nothing_to_show_still_says_so(ending):
    empty = trend(figure=None, curves=(), labels=(), table=Table("", (), ()), alt="")

    assert MESSAGE[:40] in plain(written([empty], ending, "fi"))


def test_a_kind_of_file_that_is_not_known_is_refused():
    with pytest.raises(KeyError):
        written([trend()], "docx", "fi")
    with pytest.raises(ValueError, match="no view"):
        written([], "pdf", "fi")


def test_the_words_of_files_are_the_same_in_every_language():
    keys = [{key for key in catalogue(lang) if key.startswith("export.")} for lang in LANGUAGES]

    assert keys[0]
    assert keys[0] == keys[1] == keys[2]
