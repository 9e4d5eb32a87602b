"""What a case expects that does not come out, and how its file is rewritten with what does (R28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.conclusions import Conclusions
from montages.bilingual import message
from montages.knowledge import logic
from montages.publish.text.typography import colon
from montages.rulebook_tests.case_files import Case

# The outcomes of hard requirements that make a status: an arrangement «cites» the sources of these.
_DECIDING = {
    "eligible": ("satisfied", "not-applicable"),
    "undetermined": ("undetermined",),
    "conflict": ("contradicted",),
    "ineligible": ("violated",),
}
# What to name behind a status that was not expected.
_CAUSES = {
    "undetermined": message("missing answers"),
    "ineligible": message("requirements violated"),
    "conflict": message("requirements contradicted"),
}


@dataclass(frozen=True)
class Difference:
    """What a case expects under a name of a block, and what comes out.

    `causes` are slugs, of an unexpected status only: criteria behind an undetermined one, else
    requirements.
    """

    block: str
    name: str
    expected: tuple[str, ...]
    actual: tuple[str, ...]
    causes: tuple[str, ...] = ()

    def message(self, lang: str) -> str:
        """Return the difference in one line."""
        expected, actual = ", ".join(self.expected) or "—", ", ".join(self.actual) or "—"
        causes = ", ".join(self.causes)
        if lang == "fr":
            line = f"{self.block}, {self.name} : {expected} attendu, {actual} obtenu"
            return f"{line} ; {_CAUSES[self.actual[0]].fr} : {causes}" if causes else line
        line = f"{self.block}, {self.name}: expected {expected}, found {actual}"
        return f"{line}; {_CAUSES[self.actual[0]].en}: {causes}" if causes else line


def differences(case: Case, conclusions: Conclusions) -> tuple[Difference, ...]:
    """Return what a case expects that its assessment does not say."""
    return tuple(
        Difference(block, name, values, actual, _causes(block, name, conclusions))
        for block, expected in case.expected.items()
        for name, values in expected.items()
        if not _agree(block, values, actual := _actual(block, name, conclusions))
    )


def _agree(block: str, values: tuple[str, ...], actual: tuple[str, ...]) -> bool:
    """Compare: a case names the clauses it is about, and all of anything else."""
    return set(values) <= set(actual) if block == "cites" else set(values) == set(actual)


def _actual(block: str, name: str, conclusions: Conclusions) -> tuple[str, ...]:
    """Return what comes out under a name of a block."""
    if block == "outcomes":
        return outcomes(conclusions).get(name, ("not-in-force",))
    if block == "presumed":
        return tuple(
            {a.value.slug: None for a in conclusions.premises.presumed if a.criterion.slug == name}
        )
    verdict = conclusions.verdict(name)
    if block == "output":
        return (verdict.status,)
    if block == "missing":
        return tuple(missing.criterion for missing in verdict.missing)
    return _deciding(verdict, "sources")


def _causes(block: str, name: str, conclusions: Conclusions) -> tuple[str, ...]:
    """Return what is behind an unexpected status: the criteria not answered, or the requirements."""
    if block != "output":
        return ()
    verdict = conclusions.verdict(name)
    if verdict.status == "undetermined":
        return tuple(missing.criterion for missing in verdict.missing)
    return _deciding(verdict, "requirements") if verdict.status in _CAUSES else ()


def _deciding(verdict: ArrangementResult, kind: str) -> tuple[str, ...]:
    """Return the requirements whose outcome makes a status, or the clauses that are their sources."""
    requirements = [
        check.requirement
        for check in verdict.checks
        if check.requirement.hard and check.outcome in _DECIDING.get(verdict.status, ())
    ]
    if kind == "requirements":
        return tuple(dict.fromkeys(r.slug for r in requirements))
    return tuple(dict.fromkeys(source.slug for r in requirements for source in r.sources))


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


# Blocks whose values are always lists.
_LISTS = ("missing", "cites")


@dataclass(frozen=True)
class Change:
    """One value that was rewritten in a file."""

    path: Path
    case: str
    place: str
    old: str
    new: str

    def message(self, lang: str) -> str:
        """Return the change in one line."""
        sign = colon(lang)
        return f"{self.path}, {self.case}{sign} {self.place}{sign} {self.old} → {self.new}"


def rewrite_expected(cases: Iterable[tuple[Case, Iterable[Difference]]]) -> tuple[Change, ...]:
    """Write what came out into the files of the cases and return what changed; comments and order stay."""
    by_file: dict[Path, list[tuple[Case, Difference]]] = {}
    for case, case_differences in cases:
        by_file.setdefault(case.path, []).extend(
            (case, difference) for difference in case_differences
        )
    changes: list[Change] = []
    for path, items in by_file.items():
        if not items:
            continue
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        assert isinstance(root, yaml.SequenceNode), path
        edits = [(*_span(_node(root, *item)), *item) for item in items]
        # From the end, so that the places before stay where they are.
        for start, end, case, difference in sorted(edits, key=lambda edit: edit[0], reverse=True):
            new = _yaml(difference)
            place = f"{difference.block}.{difference.name}"
            changes.append(Change(path, case.name, place, text[start:end], new))
            text = text[:start] + new + text[end:]
        path.write_text(text, encoding="utf-8")
    return tuple(reversed(changes))


def _node(root: yaml.SequenceNode, case: Case, difference: Difference) -> yaml.Node:
    node: yaml.Node = root.value[case.index]
    for key in (difference.block, difference.name):
        assert isinstance(node, yaml.MappingNode), case.name
        node = next(value for name, value in node.value if name.value == key)
    return node


def _span(node: yaml.Node) -> tuple[int, int]:
    """Return where a node stands; a block list ends with its last item, not at the next token."""
    end = node
    while isinstance(end, yaml.CollectionNode) and not end.flow_style and end.value:
        end = end.value[-1]
    return node.start_mark.index, end.end_mark.index


def _yaml(difference: Difference) -> str:
    """Return what to expect from now on: of clauses, those expected that are still cited, else all."""
    values = difference.actual
    if difference.block == "cites":
        values = tuple(c for c in difference.expected if c in values) or values
    if len(values) == 1 and difference.block not in _LISTS:
        return values[0]
    return f"[{', '.join(values)}]"
