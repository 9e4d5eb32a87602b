"""What a page says in one of its languages: its texts, and the attributes that are read out."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNREAD = {"script", "style", "code", "pre", "textarea"}
READ = ("alt", "title", "aria-label", "placeholder", "label")


class PageTexts(HTMLParser):
    """The texts and attributes that a page says in a language."""

    def __init__(self, page: str, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.texts: list[str] = []
        self._stack: list[tuple[str, str | None]] = []
        self.feed(page)

    def _lang(self) -> str:
        return next((lang for _, lang in reversed(self._stack) if lang), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if (values.get("lang") or self._lang()) == self.lang and tag != "link":
            self.texts += [str(values[name]) for name in READ if values.get(name)]
        if tag not in VOID:
            self._stack.append((tag, values.get("lang")))

    def handle_endtag(self, tag: str) -> None:
        for n in range(len(self._stack) - 1, -1, -1):
            if self._stack[n][0] == tag:
                del self._stack[n:]
                return

    def handle_data(self, data: str) -> None:
        if self._lang() == self.lang and not {tag for tag, _ in self._stack} & UNREAD:
            self.texts.append(data)
