"""A project in an address beside the one it was made from: what that one says otherwise, under `was.`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from montages.bilingual import NO_TEXT, Text
from montages.description.address.address_answers import answer_summary
from montages.description.address.project_address import RULES, ProjectAddress
from montages.description.address.read_address import read_address
from montages.description.address.write_address import Pair, address_pairs

# The head of a parameter of the original; without a value, the original does not have it.
WAS = "was."
# When a link was made says nothing of its project.
OF_LINK = ("day", RULES)


@dataclass(frozen=True)
class AddressChange:
    """One answer that a project gives otherwise than its original, in words; empty where there is none."""

    parameter: str
    label: Text
    where: Text
    before: Text
    after: Text


def original_address(address: ProjectAddress, was: Sequence[Pair]) -> ProjectAddress | None:
    """Return the project that one was made from, by the parameters that it had; None where both are alike."""
    if not was:
        return None
    stated = [(name.removeprefix(WAS), value) for name, value in was]
    names = {name for name, _ in stated}
    own = [pair for pair in address_pairs(address) if pair[0] not in names]
    original = replace(read_address([*own, *stated]).address, day=address.day, rules=address.rules)
    return original if differing(address, original) else None


def difference_pairs(address: ProjectAddress, original: ProjectAddress) -> list[Pair]:
    """Return the parameters of an original that a project has otherwise, each under its head."""
    theirs = address_pairs(original)
    pairs = []
    for name in differing(address, original):
        values = [value for key, value in theirs if key == name]
        pairs += [(f"{WAS}{name}", value) for value in values or [""]]
    return pairs


def differing(address: ProjectAddress, original: ProjectAddress) -> list[str]:
    """Return the parameters that two projects have otherwise, in the order of the one, then of the other."""
    own, theirs = _values(address_pairs(address)), _values(address_pairs(original))
    names = dict.fromkeys((*own, *theirs))
    return [name for name in names if own.get(name) != theirs.get(name) and name not in OF_LINK]


def answer_changes(address: ProjectAddress, original: ProjectAddress) -> list[AddressChange]:
    """Return what a project answers otherwise than its original, in words, a line an answer."""
    before = {line.parameter: line for line in answer_summary(original)}
    after = {line.parameter: line for line in answer_summary(address)}
    changes = []
    for parameter in dict.fromkeys((*after, *before)):
        one, other = before.get(parameter), after.get(parameter)
        line = other or one
        assert line is not None
        answers = tuple(side.answer if side else NO_TEXT for side in (one, other))
        if answers[0] != answers[1]:
            changes.append(AddressChange(parameter, line.label, line.where, *answers))
    return changes


def _values(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values
