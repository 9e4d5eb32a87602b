"""The panel: everyday projects with what a practitioner expects of each, read from data/panel (R38)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import URIRef

from montages.bilingual import Text, message
from montages.errors import BrokenKnowledge
from montages.knowledge.did_you_mean import nearest_hint
from montages.knowledge.files import library
from montages.knowledge.graphs import passage
from montages.knowledge.law import Duty, Passage
from montages.knowledge.logic import ProcedureVerdict
from montages.knowledge.rulebook import rulebook
from montages.names import ID

# The day of the law where a case names none.
DAY = date(2026, 11, 25)
KEYS = ("title", "as_of", "description", "expect", "reason", "sources", "contested-by")
# Lists of arrangements: what each of them is, or in `first` the one that comes first, in
# `nearest` the one that a change of choices brings closest where none does.
LISTS = (
    "first", "not-first", "nearest", "fits", "open", "folded", "closed-by-choice", "closed",
    "without-procedure",
)  # fmt: skip
# Lists of duties: those that are due, those that are not.
DUTIES = ("duties", "not-due")
# Lists of points of attention: those that hold for the first contract, those that say what not to do, those
# that the project does not call for.
POINTS = ("attention", "avoid", "not-called-for")
# Who the duties that are due call upon, which prohibition speaks, and by which channel one buys.
BODIES, PROHIBITED_BY, CHANNEL = "bodies", "prohibited-by", "channel"
# For an arrangement: the facts to look up, or the choices that open it again.
BY_ARRANGEMENT = ("to-verify", "reopens-by")
# For each contract named, where a project has several: the units that it is for, by their identifiers.
PARTS = "parts"
EXPECTED = (
    *LISTS, *BY_ARRANGEMENT, PARTS, "procedure", *DUTIES, *POINTS, BODIES, PROHIBITED_BY, CHANNEL,
)  # fmt: skip

Expected = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, eq=False)
class PanelCase:
    """One everyday project: what an officer would answer on the first day, and what must come out.

    `expected` maps each key of `EXPECTED` to slugs of arrangements, duties or points of attention, each with
    criteria or a procedure's verdict where the key tells them.
    """

    slug: str
    path: Path
    title: Text
    as_of: date
    tree: Mapping[str, Any]
    expected: Expected
    reason: Text
    sources: tuple[Passage, ...]
    contested_by: Text

    @property
    def iri(self) -> URIRef:
        """Return the IRI of the case."""
        return URIRef(f"{ID}panel/{self.slug}")


@cache
def panel() -> tuple[PanelCase, ...]:
    """Return the cases of the panel, by slug; raises BrokenKnowledge naming the file and the key at fault."""
    return tuple(read_panel_case(path) for path in library.files("data/panel", "*.yaml"))


def read_panel_case(path: Path) -> PanelCase:
    """Return the case of a file; raises BrokenKnowledge for a key, a slug or a source unknown to us."""
    tree = library.own_yaml(path.read_text(encoding="utf-8"))
    _check_keys(path, "", tree, KEYS)
    for key in KEYS:
        if key not in tree and key != "as_of":
            raise _fault(path, message("the “{key}” key is missing", key=key))
    return PanelCase(
        slug=path.stem,
        path=path,
        title=_text(path, tree, "title"),
        as_of=tree.get("as_of", DAY),
        tree=tree["description"],
        expected=_expected(path, tree["expect"]),
        reason=_text(path, tree, "reason"),
        sources=_sources(path, tree["sources"]),
        contested_by=_text(path, tree, "contested-by"),
    )


def _text(path: Path, tree: Mapping[str, Any], key: str) -> Text:
    texts = tree[key]
    _check_keys(path, key, texts, ("fr", "en"))
    if not all(texts.get(lang) for lang in ("fr", "en")):
        raise _fault(path, message("“{key}” is said in fr and en", key=key))
    return Text(" ".join(texts["fr"].split()), " ".join(texts["en"].split()))


def _sources(path: Path, slugs: Iterable[str]) -> tuple[Passage, ...]:
    if not slugs:
        raise _fault(path, message("a source is missing"))
    passages = []
    for slug in slugs:
        try:
            passages.append(passage(library.data(), URIRef(f"{ID}clause/{slug}")))
        except BrokenKnowledge as error:
            raise _fault(path, message("unknown source: {slug}", slug=slug)) from error
    return tuple(passages)


def _expected(path: Path, tree: Mapping[str, Any]) -> Expected:
    book = rulebook()
    _check_keys(path, "expect", tree, EXPECTED)
    arrangements = [a.slug for a in book.arrangements.values() if not a.abstract]
    procedures = [a.slug for a in book.arrangements.values() if a.kind == "procedure"]
    duties = [r.slug for r in book.requirements if r.duty]
    points = [point.slug for point in book.attentions]
    things: dict[str, list[str]] = {
        **dict.fromkeys(DUTIES, duties),
        **dict.fromkeys(POINTS, points),
        BODIES: [r.body for r in book.requirements if isinstance(r, Duty) and r.body],
        PROHIBITED_BY: [prohibition.slug for prohibition in book.prohibitions],
    }
    out: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for key, value in tree.items():
        if key == "procedure":
            _check_keys(path, key, value, procedures)
            _check_keys(path, key, value.values(), [*ProcedureVerdict])
            out[key] = {name: (verdict,) for name, verdict in value.items()}
        elif key == PARTS:
            _check_keys(path, key, value, arrangements)
            out[key] = {name: tuple(units) for name, units in value.items()}
        elif key in BY_ARRANGEMENT:
            _check_keys(path, key, value, arrangements)
            for names in value.values():
                _check_keys(path, key, names, book.criteria)
            out[key] = {name: tuple(names) for name, names in value.items()}
        else:
            _check_keys(path, key, value, things.get(key, arrangements))
            out[key] = dict.fromkeys(value, ())
    return out


def _check_keys(path: Path, where: str, words: Iterable[str], accepted: Iterable[str]) -> None:
    accepted = list(accepted)
    for word in words:
        if word not in accepted:
            hint = nearest_hint(str(word), accepted)
            raise _fault(
                path,
                message("“{where}”: unknown: {word}.{hint}", where=where, word=word, hint=hint),
            )


def _fault(path: Path, text: Text) -> BrokenKnowledge:
    return BrokenKnowledge(message("{name}: {text}", name=path.name, text=text))
