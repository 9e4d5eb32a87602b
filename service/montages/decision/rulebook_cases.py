"""Cases of the rulebook in YAML: a description, a date, and what must come out of it (R28)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from montages.decision import keys, parse
from montages.decision.assessment import STATUSES
from montages.decision.description import Description
from montages.errors import MontagesError, UnreadableInput
from montages.knowledge import library
from montages.knowledge.model import Text
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slug

OUTCOMES = (
    "satisfied",
    "violated",
    "not-applicable",
    "contradicted",
    "undetermined",
    "not-in-force",
)
# What a case may expect: a block for each, from names to what they must be.
BLOCKS = ("output", "outcomes", "missing", "cites")
KEYS = ("name", "as_of", "input", *BLOCKS)

Expected = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Problem:
    """Something that keeps a case from being run: the file, the case if it is one, and what."""

    path: Path
    case: str
    text: Text

    def message(self, lang: str) -> str:
        """Return the problem in one line."""
        where = f"{self.path}, {self.case}" if self.case else str(self.path)
        return f"{where}{' :' if lang == 'fr' else ':'} {self.text[lang]}"


@dataclass(frozen=True, eq=False)
class Case:
    """One case: its place, its date, its description and what it expects, block by block."""

    path: Path
    index: int
    name: str
    as_of: date
    description: Description
    expected: Expected


class _Wrong(Exception):
    """A case that cannot be read."""

    def __init__(self, fr: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(fr, en)


def case_files(folders: Iterable[str | Path]) -> list[Path]:
    """Return the YAML files of folders, sub-folders included; a file stands for itself."""
    out: dict[Path, None] = {}
    for folder in map(Path, folders):
        found = [folder] if folder.is_file() else sorted(folder.rglob("*.y*ml"))
        if not found:
            raise UnreadableInput(
                f"Aucun test dans {folder} : donnez un fichier .yaml, ou un dossier.",
                f"No test in {folder}: give a .yaml file or a folder that holds some.",
            )
        out.update(dict.fromkeys(found))
    return list(out)


def read_cases(path: Path, number: int = 0) -> tuple[list[Case], list[Problem]]:
    """Return the cases of a file, and what is wrong with others; `number` keeps projects apart."""
    try:
        tree = keys.read_yaml(path.read_text(encoding="utf-8"), _broken)
    except MontagesError as error:
        return [], [Problem(path, "", Text(error.message("fr"), error.message("en")))]
    if not isinstance(tree, list):
        text = Text(
            "il faut une liste de cas (- name: …).", "a list of cases is needed (- name: …)."
        )
        return [], [Problem(path, "", text)]
    cases, problems = [], []
    for index, entry in enumerate(tree):
        name = str(entry.get("name", "")) if isinstance(entry, dict) else ""
        try:
            cases.append(_case(entry, path, index, f"{keys.slugify(path.stem)}-{number}-{index}"))
        except (_Wrong, MontagesError) as error:
            fr_en = error.text if isinstance(error, _Wrong) else Text(**error.text)
            problems.append(Problem(path, name or f"n° {index + 1}", fr_en))
    return cases, problems


def _broken(syntax: str, line: int | None, column: int | None, detail: str) -> UnreadableInput:
    fr, en = (
        (f" ligne {line}, colonne {column}", f" line {line}, column {column}") if line else ("", "")
    )
    return UnreadableInput(
        f"erreur de syntaxe {syntax}{fr} : {detail}", f"{syntax} syntax error{en}: {detail}"
    )


def _case(entry: Any, path: Path, index: int, project: str) -> Case:
    if not isinstance(entry, dict):
        raise _Wrong("il faut des paires clé: valeur.", "key: value pairs are needed.")
    for key in entry:
        if key not in KEYS:
            raise _unknown("clé", "key", key, KEYS)
    for key in ("name", "as_of", "input"):
        if key not in entry:
            raise _Wrong(f"il manque la clé « {key} ».", f"the “{key}” key is missing.")
    expected = {b: _block(b, entry[b]) for b in BLOCKS if entry.get(b) is not None}
    if not expected:
        listed = ", ".join(BLOCKS)
        raise _Wrong(
            f"le cas n'attend rien : ajoutez {listed}.", f"the case expects nothing: add {listed}."
        )
    given = {} if entry["input"] is None else entry["input"]
    if not isinstance(given, dict):
        raise _Wrong("« input » doit être une description.", "“input” must be a description.")
    tree = {"project": str(entry["name"]), **given, "id": project}
    description = parse.parse(json.dumps(tree), "json")
    return Case(path, index, str(entry["name"]), _day(entry["as_of"]), description, expected)


def _day(given: Any) -> date:
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise _Wrong(
            f"as_of : une date AAAA-MM-JJ est attendue (reçu : {given!r}).",
            f"as_of: a date YYYY-MM-DD is needed (given: {given!r}).",
        ) from None


def _block(block: str, given: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, dict):
        raise _Wrong(
            f"« {block} » : il faut des paires nom: valeur.",
            f"“{block}”: name: value pairs are needed.",
        )
    names, values = _vocabulary()[block]
    out = {}
    for name, value in given.items():
        if name not in names:
            raise _unknown(f"« {block} », nom", f"“{block}”, name", name, names)
        listed = tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)
        for item in listed:
            if item not in values:
                raise _unknown(
                    f"« {block} », {name}, valeur", f"“{block}”, {name}, value", item, values
                )
        out[str(name)] = listed
    return out


@cache
def _vocabulary() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the names and the values each block may use."""
    book, data = rulebook(), library.data()
    arrangements = frozenset(a.slug for a in book.arrangements.values() if not a.abstract)
    requirements = frozenset(r.slug for r in book.requirements)
    passages = frozenset(slug(str(s)) for s in data.subjects(MTG.document, None))
    return {
        "output": (arrangements, frozenset(STATUSES)),
        "outcomes": (requirements, frozenset(OUTCOMES)),
        "missing": (arrangements, frozenset(book.criteria)),
        "cites": (arrangements, passages),
    }


def _unknown(fr: str, en: str, word: object, known: Iterable[str]) -> _Wrong:
    listed = sorted(known)
    close = keys.nearest(str(word), listed)
    accepted = f" ({', '.join(listed)})" if len(listed) <= len(KEYS) else ""
    return _Wrong(
        f"{fr} inconnu(e) : {word}." + (f" Vouliez-vous « {close} » ?" if close else "") + accepted,
        f"unknown {en}: {word}." + (f" Did you mean “{close}”?" if close else "") + accepted,
    )
