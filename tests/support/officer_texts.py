"""What an officer reads in French, page by page, and what of it tests/officer-words.yaml does not want."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from crawling import client
from montages.knowledge.rulebook import rulebook
from page_kinds import HTML
from page_texts import PageTexts

WORDS = Path(__file__).parents[1] / "officer-words.yaml"
_KEY = re.compile(r"(?<![\w/.&=#:-])[a-z]+(?:-[a-z0-9]+)+(?![\w/=-])")


@dataclass(frozen=True)
class BannedWord:
    """A word that no officer reads, what stands instead, and the kinds of pages that have it rightly."""

    pattern: re.Pattern[str]
    instead: str
    rightly: frozenset[str]


@dataclass(frozen=True)
class OfficerWords:
    """The table of words as it is written."""

    banned: tuple[BannedWord, ...]
    names: re.Pattern[str]
    everyday: frozenset[str]
    hosts: re.Pattern[str]
    waiting: tuple[tuple[frozenset[str], re.Pattern[str]], ...]


def _pattern(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


@cache
def officer_words() -> OfficerWords:
    """Return the table of words."""
    tree: dict[str, Any] = yaml.safe_load(WORDS.read_text("utf-8"))
    return OfficerWords(
        tuple(
            BannedWord(
                _pattern([entry["banned"]]), entry["instead"], frozenset(entry.get("rightly", ()))
            )
            for entry in tree["words"]
        ),
        _pattern(tree["names"]),
        frozenset(tree["everyday-keys"]),
        re.compile("|".join(tree["official-hosts"])),
        tuple((frozenset(entry["pages"]), _pattern([entry["text"]])) for entry in tree["waiting"]),
    )


@cache
def keys() -> frozenset[str]:
    """Return the keys of ours, of criteria, values and contracts, that no French word is."""
    rules = rulebook()
    slugs = {*rules.criteria, *rules.arrangements}
    slugs |= {v.slug for criterion in rules.criteria.values() for v in criterion.values or ()}
    return frozenset(slug for slug in slugs if "-" in slug) - officer_words().everyday


def plain(text: str) -> str:
    """Return a text on one line, its apostrophes and spaces plain."""
    return " ".join(text.replace("\u2019", "'").split())


def word_faults(texts: list[str], kind: str) -> Iterator[str]:
    """Yield what texts of a kind of page say that no officer should read."""
    table = officer_words()
    for text in dict.fromkeys(map(plain, texts)):
        rest = table.names.sub(" ", text)
        for pages, waiting in table.waiting:
            if kind in pages:
                rest = waiting.sub(" ", rest)
        for word in table.banned:
            if kind not in word.rightly and (seen := word.pattern.search(rest)):
                yield f"« {seen[0]} » → {word.instead} : {_around(rest, seen)}"
        for seen in _KEY.finditer(rest):
            if seen[0] in keys():
                yield f"clé « {seen[0]} » : {_around(rest, seen)}"


def _around(text: str, seen: re.Match[str]) -> str:
    return text[max(0, seen.start() - 60) : seen.end() + 60]


class Links(HTMLParser):
    """The addresses that the links of a page lead to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.addresses.append(dict(attrs).get("href") or "")


def link_faults(addresses: list[str]) -> Iterator[str]:
    """Yield the addresses that are neither ours nor official."""
    for address in dict.fromkeys(addresses):
        host = urlsplit(address).hostname
        if host and not officer_words().hosts.fullmatch(host):
            yield f"lien : {address}"


def page_texts(page: str) -> list[str]:
    """Return the visible French of a page."""
    return PageTexts(page, "fr").texts


def page_at(path: str) -> str:
    """Return the French page of an address of the service, redirections followed."""
    sent = {"Accept": HTML, "Accept-Language": "fr"}
    answer = client().get(path, headers=sent, follow_redirects=True)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def word_texts(content: bytes) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a Word document, those of its tables too, and the addresses it links to."""
    import docx

    document = docx.Document(io.BytesIO(content))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        paragraphs += [cell.text for row in table.rows for cell in row.cells]
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    return paragraphs, links
