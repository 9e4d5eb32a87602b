"""Cases of the rulebook in YAML: a description, a date, and what must come out of it (R28)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from montages.assessment.assessment import Assessment
from montages.bilingual import Text, message
from montages.description.description import Description
from montages.description.parsing import parse
from montages.description.parsing.yaml_text import parse_yaml
from montages.description.to_keys import to_keys
from montages.errors import MontagesError, UnreadableInput
from montages.knowledge.did_you_mean import nearest_hint
from montages.knowledge.files import library
from montages.knowledge.logic import NOT_IN_FORCE, OUTCOME_RANK, STATUSES
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slug, slugify
from montages.publish.text.typography import colon

# What a case may expect: a block for each, from names to what they must be.
BLOCKS = ("output", "outcomes", "missing", "cites", "presumed")
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
        return f"{where}{colon(lang)} {self.text[lang]}"


@dataclass(frozen=True, eq=False)
class Case:
    """One case: its place, its date, its description and what it expects, block by block."""

    path: Path
    index: int
    name: str
    as_of: date
    description: Description
    expected: Expected


class _CaseFault(Exception):
    """A case that cannot be read."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


def case_files(folders: Iterable[str | Path]) -> list[Path]:
    """Return the YAML files of folders, sub-folders included; a file stands for itself."""
    out: dict[Path, None] = {}
    for folder in map(Path, folders):
        paths = [folder] if folder.is_file() else sorted(folder.rglob("*.y*ml"))
        if not paths:
            raise UnreadableInput(
                message(
                    "No test in {folder}: give a .yaml file or a folder that holds some.",
                    folder=folder,
                )
            )
        out.update(dict.fromkeys(paths))
    return list(out)


def read_cases(path: Path, number: int = 0) -> tuple[list[Case], list[Problem]]:
    """Return the cases of a file, and what is wrong with others; `number` keeps projects apart."""
    try:
        tree = parse_yaml(path.read_text(encoding="utf-8"))
    except MontagesError as error:
        return [], [Problem(path, "", error.readable)]
    if not isinstance(tree, list):
        text = message("a list of cases is needed (- name: …).")
        return [], [Problem(path, "", text)]
    cases, problems = [], []
    for index, entry in enumerate(tree):
        name = str(entry.get("name", "")) if isinstance(entry, dict) else ""
        try:
            cases.append(_case(entry, path, index, f"{slugify(path.stem)}-{number}-{index}"))
        except (_CaseFault, MontagesError) as error:
            fr_en = error.text if isinstance(error, _CaseFault) else error.readable
            problems.append(Problem(path, name or f"n° {index + 1}", fr_en))
    return cases, problems


def _case(entry: Any, path: Path, index: int, project: str) -> Case:
    if not isinstance(entry, dict):
        raise _CaseFault(message("key: value pairs are needed."))
    for key in entry:
        if key not in KEYS:
            raise _unknown(message("key"), key, KEYS)
    for key in ("name", "as_of", "input"):
        if key not in entry:
            raise _CaseFault(message("the “{key}” key is missing.", key=key))
    expected = {b: _block(b, entry[b]) for b in BLOCKS if entry.get(b) is not None}
    if not expected:
        blocks = ", ".join(BLOCKS)
        raise _CaseFault(message("the case expects nothing: add {blocks}.", blocks=blocks))
    facts = {} if entry["input"] is None else entry["input"]
    if not isinstance(facts, dict):
        raise _CaseFault(message("“input” must be a description."))
    tree = {"project": str(entry["name"]), **facts, "id": project}
    description = parse.parse(json.dumps(tree), "json")
    return Case(path, index, str(entry["name"]), _day(entry["as_of"]), description, expected)


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _CaseFault(
            message("as_of: a date YYYY-MM-DD is needed (given: {value}).", value=repr(value))
        ) from None


def _block(block: str, tree: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(tree, dict):
        raise _CaseFault(message("“{block}”: name: value pairs are needed.", block=block))
    names, values = _vocabulary()[block]
    out = {}
    for name, value in tree.items():
        if name not in names:
            raise _unknown(message("“{block}”, name", block=block), name, names)
        stated = tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)
        for item in stated:
            if item not in values:
                raise _unknown(
                    message("“{block}”, {name}, value", block=block, name=name), item, values
                )
        out[str(name)] = stated
    return out


@cache
def _vocabulary() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the names and the values each block may use."""
    book, data = rulebook(), library.data()
    arrangements = frozenset(a.slug for a in book.arrangements.values() if not a.abstract)
    requirements = frozenset(r.slug for r in book.requirements)
    values = [[value.slug for value in criterion.values] for criterion in book.criteria.values()]
    passages = frozenset(slug(str(s)) for s in data.subjects(MTG.document, None))
    return {
        "output": (arrangements, frozenset(STATUSES)),
        "outcomes": (requirements, frozenset((*OUTCOME_RANK, NOT_IN_FORCE))),
        "missing": (arrangements, frozenset(book.criteria)),
        "cites": (arrangements, passages),
        "presumed": (frozenset(book.criteria), frozenset(v for c in values for v in c)),
    }


def _unknown(text: Text, word: object, names: Iterable[str]) -> _CaseFault:
    accepted = sorted(names)
    hint = nearest_hint(str(word), accepted)
    listing = f" ({', '.join(accepted)})" if len(accepted) <= len(KEYS) else ""
    return _CaseFault(
        message(
            "unknown {text}: {word}.{hint}{listing}",
            text=text,
            word=word,
            hint=hint,
            listing=listing,
        )
    )


def export_case(assessment: Assessment) -> str:
    """Return an assessment as a YAML list of one case: every status, and all that is missing."""
    description = to_keys(
        assessment.premises.derived.graphs["asserted"], assessment.premises.project
    )
    case: dict[str, Any] = {
        "name": assessment.premises.label.fr,
        "as_of": assessment.premises.as_of.isoformat(),
        "input": {k: v for k, v in description.items() if k not in ("id", "description")},
        "output": {v.arrangement.slug: v.status for v in assessment.conclusions.verdicts},
        "missing": {
            v.arrangement.slug: [missing.criterion for missing in v.missing]
            for v in assessment.conclusions.verdicts
            if v.missing
        },
    }
    stated = {key: value for key, value in case.items() if value}
    return yaml.dump(
        [stated], allow_unicode=True, sort_keys=False, default_flow_style=None, width=110
    )
