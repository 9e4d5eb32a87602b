"""The cases of tests/rulebook; run as a script, it writes what comes out today (`make accept`).

A case is a description, a day and what must come out, block by block: the statuses (`output`), the outcomes
of requirements, the criteria `missing`, clauses cited (`cites`, others may be), the values `presumed`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml

from montages import load
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.description.description import Description
from montages.description.parsing import parse
from montages.description.parsing.yaml_text import parse_yaml
from montages.knowledge import logic
from montages.knowledge.rulebook import rulebook

FOLDER = Path(__file__).parents[1] / "tests" / "rulebook"
BLOCKS = ("output", "outcomes", "to-verify", "terms", "cites", "presumed")
# The outcomes of hard requirements that make a status: an arrangement cites the sources of these.
_DECIDING = {
    "eligible": ("satisfied", "not-applicable"),
    "undetermined": ("undetermined",),
    "conflict": ("contradicted",),
    "ineligible": ("violated",),
}


@dataclass(frozen=True, eq=False)
class Case:
    """One case: its place, its day, its description and what it expects, block by block."""

    path: Path
    index: int
    name: str
    as_of: date
    description: Description
    expected: Mapping[str, Mapping[str, tuple[str, ...]]]


class Difference(NamedTuple):
    """What a case expects under a name of a block, and what comes out."""

    block: str
    name: str
    expected: tuple[str, ...]
    actual: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file; raises ValueError for one that says what no case may say."""
    return [
        _case(entry, path, index)
        for index, entry in enumerate(parse_yaml(path.read_text(encoding="utf-8")))
    ]


def _case(entry: dict[str, object], path: Path, index: int) -> Case:
    name, blocks = str(entry["name"]), {b: entry[b] for b in BLOCKS if entry.get(b)}
    expected = {
        block: {str(n): tuple(map(str, v if isinstance(v, list) else [v])) for n, v in tree.items()}
        for block, tree in blocks.items()
        if isinstance(tree, dict)
    }
    requirements = {requirement.slug for requirement in rulebook().requirements}
    unknown = entry.keys() - {"name", "as_of", "input", *expected}
    unknown |= expected.get("outcomes", {}).keys() - requirements
    if unknown or not expected:
        raise ValueError(f"{path}, {name}: {', '.join(sorted(unknown)) or 'nothing is expected'}")
    facts = entry["input"] or {}
    assert isinstance(facts, dict), name
    tree = {"project": name, **facts, "id": f"{path.stem}-{index}"}
    description = parse.parse(json.dumps(tree), "json")
    return Case(path, index, name, date.fromisoformat(str(entry["as_of"])), description, expected)


def assessed(cases: Iterable[Case]) -> Iterator[tuple[Case, Assessment]]:
    """Yield cases with their assessments, run in batches of one file and one day each."""
    batches: dict[tuple[Path, date], list[Case]] = {}
    for case in cases:
        batches.setdefault((case.path, case.as_of), []).append(case)
    for (_, day), batch in batches.items():
        descriptions = [case.description for case in batch]
        yield from zip(batch, load().assess_all(descriptions, as_of=day, anyway=True), strict=True)


def differences(case: Case, conclusions: Conclusions) -> list[Difference]:
    """Return what a case expects that its assessment does not say."""
    out = []
    for block, expected in case.expected.items():
        for name, values in expected.items():
            actual = _actual(block, name, conclusions)
            wanted, found = set(values), set(actual)
            if not (wanted <= found if block == "cites" else wanted == found):
                out.append(Difference(block, name, values, actual))
    return out


def _actual(block: str, name: str, conclusions: Conclusions) -> tuple[str, ...]:
    """Return what comes out under a name of a block."""
    if block == "outcomes":
        return outcomes(conclusions).get(name, (logic.NOT_IN_FORCE,))
    if block == "presumed":
        presumed = (a for a in conclusions.premises.presumed if a.criterion.slug == name)
        return tuple(dict.fromkeys(a.value.slug for a in presumed))
    verdict = conclusions.verdict(name)
    if block == "output":
        return (status(conclusions, name),)
    if block in ("to-verify", "terms"):
        wanted = verdict.terms if block == "terms" else verdict.to_verify
        return tuple(term.criterion for term in wanted)
    deciding = _DECIDING.get(status(conclusions, name), ())
    hard = (c for c in verdict.checks if c.requirement.hard and c.outcome in deciding)
    return tuple(dict.fromkeys(s.slug for check in hard for s in check.requirement.sources))


def status(conclusions: Conclusions, name: str) -> str:
    """Return the status that the reasoner derives for an arrangement; for several units, of them together."""
    premises, whole = conclusions.premises, conclusions.parts.project
    if name in premises.rules.arrangements and len(whole.units) == 1 and not whole.unit.clashes:
        return premises.derived.statuses[whole.unit.id][name]
    return logic.status(name, whole.unit.answers, premises.rules, whole.unit.asserted)


def outcomes(conclusions: Conclusions) -> dict[str, tuple[str, ...]]:
    """Return the outcomes of each requirement in force, duties included: several where units differ."""
    by_requirement: dict[str, dict[str, None]] = {}
    for verdict in conclusions.verdicts:
        for check in verdict.checks:
            by_requirement.setdefault(check.requirement.slug, {})[check.outcome] = None
    rules = conclusions.premises.rules
    for duty in (r for r in rules.requirements if r.duty):
        for unit in conclusions.units:
            outcome = logic.outcome(duty, unit.unit.answers, rules)
            by_requirement.setdefault(duty.slug, {})[outcome] = None
    return {slug: tuple(several) for slug, several in by_requirement.items()}


def accept(path: Path) -> int:
    """Write what comes out into a file, comments and order left; print and count what changes."""
    text = path.read_text(encoding="utf-8")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None, path
    edits = [
        (*_span(root, case, difference), case, difference)
        for case, assessment in assessed(read_cases(path))
        for difference in differences(case, assessment.conclusions)
    ]
    # From the end, so that the places before stay where they are.
    for start, end, case, difference in sorted(edits, key=lambda edit: edit[0], reverse=True):
        new = _yaml(difference)
        place = f"{difference.block}.{difference.name}"
        print(f"{path}, {case.name}: {place}: {text[start:end]} → {new}")
        text = text[:start] + new + text[end:]
    if edits:
        path.write_text(text, encoding="utf-8")
    return len(edits)


def _span(root: yaml.Node, case: Case, difference: Difference) -> tuple[int, int]:
    """Return where a value stands; a block list ends with its last item, not at the next token."""
    node = root.value[case.index]
    for key in (difference.block, difference.name):
        node = next(value for name, value in node.value if name.value == key)
    end = node
    while isinstance(end, yaml.CollectionNode) and not end.flow_style and end.value:
        end = end.value[-1]
    return node.start_mark.index, end.end_mark.index


def _yaml(difference: Difference) -> str:
    """Return what to expect from now on: of clauses, those expected that are still cited, else all."""
    values = difference.actual
    if difference.block == "cites":
        values = tuple(c for c in difference.expected if c in values) or values
    if len(values) == 1 and difference.block not in ("to-verify", "terms", "cites"):
        return values[0]
    return f"[{', '.join(values)}]"


if __name__ == "__main__":
    print(f"{sum(map(accept, sorted(FOLDER.iterdir())))} expectations of cases are rewritten.")
