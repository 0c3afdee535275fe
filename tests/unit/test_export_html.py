"""The report file as a browser and a screen reader take it: whole, offline, in order."""

from html.parser import HTMLParser

import pytest
from export_papers import NASTY, NOTES, nasty, trend, wordy

from tilannehuone.exports.html import report

VOID = {"meta", "rect", "path", "line", "circle", "br"}


class Outline(HTMLParser):
    """Everything the tests ask of a report."""

    def __init__(self, file):
        super().__init__()
        self.tags, self.attributes, self.open, self.texts = [], [], [], []
        self.feed(file.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def told(self, tag):
        return [words for one, words in self.texts if one == tag and words]


def test_every_element_is_closed_and_headings_do_not_jump():
    for papers in ([trend()], [trend(), wordy(), nasty()]):
        page = Outline(report(papers, "fi"))

        assert page.open == []
        levels = [int(one[1]) for one in page.tags if one in ("h1", "h2", "h3")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_the_page_tells_its_language_and_title(lang):
    page = Outline(report([trend(lang=lang)], lang))

    assert ("html", "lang", lang) in page.attributes
    assert page.told("title")[0] == "Lastensuojeluilmoitukset, Oulu"


def test_the_first_link_leads_to_the_content():
    page = Outline(report([trend()], "fi"))

    assert page.tags.index("a") < page.tags.index("h1")
    assert ("a", "href", "#content") in page.attributes
    assert ("main", "id", "content") in page.attributes


def test_nothing_is_fetched_and_nothing_runs():
    for papers in ([trend(), wordy()], [nasty()]):
        page = Outline(report(papers, "fi"))

        assert not {"script", "link", "img", "iframe", "object", "base"} & set(page.tags)
        assert not [one for one in page.attributes if one[1].startswith("on")]
        references = [v for _, name, v in page.attributes if name in ("href", "src", "xlink:href")]
        assert all(one.startswith("#") for one in references)
        (style,) = page.told("style")
        assert "url(" not in style
        assert "@import" not in style


def test_the_drawing_is_inside_it_follows_the_background_and_says_what_it_shows():
    file = report([trend()], "fi").decode()
    page = Outline(file.encode())

    assert page.tags.count("svg") == 1
    assert "var(--accent" in file
    assert trend().alt in file
    assert "data-tip" not in file


def test_the_table_has_caption_heads_and_words_for_what_is_hidden():
    page = Outline(report([trend()], "fi"))

    assert page.told("caption") == ["Lastensuojeluilmoitukset, Oulu"]
    assert page.told("th") == ["Jakso", "Luku", "Osoittaja", "Merkintä",
                               "maalis 2025", "helmi 2025", "tammi 2025"]  # fmt: skip
    assert ("th", "scope", "row") in page.attributes
    assert "peitetty" in page.told("span")
    assert "4 712,3" in page.told("td")


def test_the_passport_is_a_list_of_terms():
    page = Outline(report([trend()], "fi"))

    assert page.told("dd") == [words for _, words in NOTES]
    assert page.told("dt") == list(dict.fromkeys(label for label, _ in NOTES))


def test_on_paper_a_view_begins_a_page():
    (style,) = Outline(report([trend()], "fi")).told("style")

    assert "break-before: page" in style.partition("@media print")[2]


def test_words_are_never_markup():
    page = Outline(report([nasty()], "fi"))

    assert NASTY in page.told("caption")
    assert page.told("dd") == [NASTY]
