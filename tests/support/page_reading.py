"""A page as a reader gets it, and its tags, for the tests of pages."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from crawling import client
from page_kinds import HTML

LANGS = ("fr", "en")


def get(path: str, lang: str = "fr", accept: str = HTML) -> TestResponse:
    headers = {"Accept": accept, "Accept-Language": lang}
    return client().get(path, headers=headers, buffered=True)


@cache
def text_of(path: str, lang: str = "fr") -> str:
    return get(path, lang).get_data(as_text=True)


class PageTags(HTMLParser):
    """What a test looks for in a page: tags with their attributes, and the text that shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.shown: list[str] = []
        self._off: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "pre", "code", "title", "textarea", "desc"):
            self._off.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._off and self._off[-1] == tag:
            self._off.pop()

    def handle_data(self, data: str) -> None:
        if not self._off:
            self.shown.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.shown).split())

    def values(self, tag: str, name: str) -> list[str]:
        return [str(a[name]) for t, a in self.tags if t == tag and a.get(name)]
