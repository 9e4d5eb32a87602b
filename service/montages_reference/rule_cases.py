"""The cases by which one who runs the rules is checked: descriptions, and the status of each arrangement.

Every case of the panel under the law of its day, and every real project. What is expected is what the fast
engine derives: it is held against the reference engine, and the editions of the rules against it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import orjson

from montages.api import Knowledge
from montages.bilingual import message
from montages.description.description import Description
from montages.description.panel_description import panel_description
from montages.engine.engines import engine_named
from montages.knowledge.files import library
from montages.knowledge.logic import STATUS_IRIS, worst
from montages.knowledge.panel import DAY, panel
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from montages.publish.syntax.statements import statements
from montages.publish.syntax.turtle import write_turtle
from montages_reference.shacl_rules import shacl_rules_of

_ABOUT = message(
    "Run the rules of the file named on each description: every project verdict (mtg:ProjectVerdict) has the "
    "status expected."
)
# The same bytes each time: a file of an archive bears a day.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class RuleCase:
    """One description, where it is from (panel or projects), and the day whose law applies."""

    origin: str
    description: Description
    as_of: date

    @property
    def first(self) -> date:
        """Return the first day of the period of the law."""
        return rules_at(self.as_of).period.first

    @property
    def edition(self) -> str:
        """Return the name of the file with the rules of that period."""
        return f"rules-{self.first}.ttl"


def rule_cases(knowledge: Knowledge) -> list[RuleCase]:
    """Return every case of the panel and every real project, those of a period together."""
    paths = (path for path in library.projects().values() if path.parent.name == "projects")
    cases = [
        *(RuleCase("panel", panel_description(case), case.as_of) for case in panel()),
        *(RuleCase("projects", knowledge.read(path), DAY) for path in paths),
    ]
    return sorted(cases, key=lambda case: (case.first, case.origin, case.description.slug))


def cases_json(knowledge: Knowledge, lang: str) -> bytes:
    """Return the cases as JSON: descriptions in Turtle, arrangements by the status expected."""
    book = rulebook()
    tree = {
        "about": _ABOUT[lang],
        "version": knowledge.version,
        "statuses": dict(STATUS_IRIS),
        "arrangements": {slug: str(a.iri) for slug, a in book.arrangements.items()},
        "cases": [*case_entries(rule_cases(knowledge))],
    }
    return orjson.dumps(tree, option=orjson.OPT_INDENT_2)


def cases_zip(knowledge: Knowledge, lang: str) -> bytes:
    """Return the cases with the rules of each period that they need, in one archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {"cases.json": cases_json(knowledge, lang)}
        for first in sorted({case.first for case in rule_cases(knowledge)}):
            files[f"rules-{first}.ttl"] = shacl_rules_of(rules_at(first), knowledge.version)
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_DAY), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def case_entries(cases: Sequence[RuleCase]) -> Iterator[dict[str, Any]]:
    """Yield each case as the manifest has it; those of a period stand together."""
    engine = engine_named(None)
    for first, group in groupby(cases, key=lambda case: case.first):
        of_period = list(group)
        derivations = engine.derive([case.description for case in of_period], rules_at(first))
        for case, derivation in zip(of_period, derivations, strict=True):
            units = derivation.statuses.values()
            expected: dict[str, list[str]] = {}
            for slug in next(iter(units)):
                expected.setdefault(worst(unit[slug] for unit in units), []).append(slug)
            yield {
                "case": f"{case.origin}/{case.description.slug}",
                "as_of": case.as_of,
                "rules": case.edition,
                "project": str(case.description.project),
                "description": write_turtle({"": statements(case.description.graph)}),
                "expected": {status: sorted(slugs) for status, slugs in sorted(expected.items())},
            }
