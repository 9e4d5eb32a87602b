"""What a reader does with the officer's page without script: reads its form, fills it in, sends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from crawling import client
from montages import load
from page_kinds import HTML

# A village that buys lights, said in an address; the day and the rules of such a link.
VILLAGE = (
    "holder=commune&usages=street-lighting&layers=objects:own&contract-object=supplies"
    "&estimated-value=20000"
)
OWN = "day=2026-11-26&rules=" + load().version


@dataclass
class Field:
    """A field of the form: its kind, its name, its value, whether it is chosen."""

    kind: str
    name: str
    value: str
    chosen: bool = False
    attributes: dict[str, str | None] = field(default_factory=dict)


class ToolForm(HTMLParser):
    """The question of a page with the fields of its form, and what the page shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self.heading = ""
        self.links: dict[str, str] = {}
        self.text = ""
        self._in, self._select, self._link = "", "", ""
        self._asking = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._asking = found.get("action", "").split("#")[0].endswith("/projet") and (
                found.get("method") == "get"
            )
        if tag == "h1":
            self._in = "h1"
        if tag == "a":
            self._link = found.get("href", "")
        if not self._asking:
            return
        if tag == "input":
            kind, chosen = found.get("type", "text"), "checked" in found
            self.fields.append(
                Field(kind, found.get("name", ""), found.get("value", ""), chosen, dict(attrs))
            )
        elif tag == "select":
            self._select = found["name"]
        elif tag == "option":
            self.fields.append(Field("option", self._select, found.get("value", "")))
        elif tag == "button" and found.get("name"):
            self.fields.append(Field("button", found["name"], found["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._asking = False
        if tag == "h1":
            self._in = ""
        if tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in == "h1":
            self.heading += data
        if self._link:
            self.links[" ".join(data.split())] = self._link

    @property
    def asked(self) -> str:
        """Return the parameter that the form answers, empty where it only confirms or there is none."""
        return next((f.value for f in self.fields if f.name == "question"), "")

    def query(self, *values: str, name: str = "") -> str:
        """Return what sending the form with some values as the answer gives, as a browser writes it."""
        name = name or self.asked
        sent = [(f.name, f.value) for f in self.fields if f.kind == "hidden"]
        return urlencode([*sent, *((name, value) for value in values)])

    def values(self) -> list[str]:
        """Return the answers that the form offers to its question."""
        offered = [f.value for f in self.fields if f.name == self.asked and f.kind != "hidden"]
        return [value for value in offered if value]


def get(query: str, lang: str = "fr", **headers: str) -> TestResponse:
    """Return the answer to the page with a query, redirections not followed."""
    sent = {
        "Accept": HTML,
        "Accept-Language": lang,
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    return client().get(f"/projet?{query}" if query else "/projet", headers=sent, buffered=True)


def page(query: str, lang: str = "fr") -> ToolForm:
    """Return the page that a query ends at."""
    return ToolForm(text(query, lang))


def text(query: str, lang: str = "fr") -> str:
    """Return the text of the page that a query ends at, with at most one redirection."""
    answer = get(query, lang)
    if answer.status_code == 302:
        answer = get(answer.headers["Location"].partition("?")[2].partition("#")[0], lang)
    assert answer.status_code == 200, (answer.status_code, query)
    return answer.get_data(as_text=True)
