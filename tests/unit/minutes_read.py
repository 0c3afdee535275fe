"""The files of minutes read back: their text, their office document, the outline of a page."""

import io
from html.parser import HTMLParser

import docx

from tilannehuone.exports.minutes_files import file_of

VOID = {"meta", "br"}


def body(minutes, kind, ending):
    return file_of(minutes, kind, ending).body


def words(minutes, ending, kind="minutes"):
    return body(minutes, kind, ending).decode("utf-8-sig")


def as_docx(minutes):
    return docx.Document(io.BytesIO(body(minutes, "minutes", "docx")))


class Outline(HTMLParser):
    """Which elements a page has, whether each is closed, and what is said in each."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.open, self.texts = [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def told(self, tag):
        return [one for where, one in self.texts if where == tag]
