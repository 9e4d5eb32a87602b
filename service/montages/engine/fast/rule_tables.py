"""The rules of a period as the fast engine reads them: plain data, nothing of RDF left."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from montages.description.facts import Term
from montages.knowledge.buckets import Cut
from montages.reasoning import Implications


@dataclass(frozen=True)
class NumericCriterion:
    """A criterion answered by a number: the property of its bucket, the cuts, and the buckets between."""

    range: str
    cuts: tuple[Cut, ...]
    buckets: tuple[str, ...]

    def bucket(self, number: Decimal) -> str:
        """Return the IRI of the bucket a number falls into."""
        # A cut lies just before its number (0) or just after it (1), and the number between the two.
        return self.buckets[bisect_left(self.cuts, (number, 0.5))]


@dataclass(frozen=True)
class MultipleCriterion:
    """A criterion that takes several values: its values, and those that exclude all others."""

    criterion: str
    property: str
    excluded: str
    values: tuple[str, ...]
    exclusive: frozenset[str]


class AbsenceAnswer(NamedTuple):
    """What a complete list answers where a layer, a group of layers or a usage is not in it."""

    property: str
    absent: str
    value: str


class ModeAnswer(NamedTuple):
    """What a complete list of layers answers, by whether all units have a management mode."""

    property: str
    mode: str
    if_all: str
    if_not_all: str


class UsageAnswer(NamedTuple):
    """What the number of usages answers."""

    property: str
    if_one: str
    if_several: str


class AmountAnswer(NamedTuple):
    """A number that another one gives: an amount a year over months, or the upper end of a range."""

    number: str
    source: str
    months: str | None


class PresumptionRow(NamedTuple):
    """A presumption: what it answers, and what it bears on; an empty set stands for all.

    `holders` holds the kinds named and all below them; `when` pairs a property with accepted answers, as
    does `unless` with those that set the presumption aside.
    """

    iri: str
    criterion: str
    property: str
    value: str
    basis: str
    holders: frozenset[str]
    usages: frozenset[str]
    layers: frozenset[str]
    when: tuple[tuple[str, frozenset[str]], ...]
    unless: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, eq=False)
class RuleTables:
    """The closing step, the axioms and what their results mean, as plain data.

    `implying` maps a property that is presumed to the answers, (property, value), that imply one;
    `counts_with` maps a usage to the other that it makes one with. `axioms` are all those in force;
    `answer_axioms` those that can lead to an answer, and `read` the properties that these read or that
    answers are read from. `hard` maps an arrangement to its hard requirements.
    """

    closing: tuple[str, ...]
    answering: Mapping[str, str]
    properties_of: Mapping[str, tuple[str, ...]]
    numeric: Mapping[str, NumericCriterion]
    multiple: tuple[MultipleCriterion, ...]
    without_layer: tuple[AbsenceAnswer, ...]
    without_usage: tuple[AbsenceAnswer, ...]
    by_mode: tuple[ModeAnswer, ...]
    by_usages: tuple[UsageAnswer, ...]
    counts_with: Mapping[Term, str]
    amounts: tuple[AmountAnswer, ...]
    presumptions: Mapping[str, PresumptionRow]
    implying: Mapping[str, tuple[tuple[str, str], ...]]
    group_of: Mapping[str, str]
    axioms: Implications
    answer_axioms: Implications
    read: frozenset[str]
    versions: Mapping[str, str]
    arrangement_iris: Mapping[str, str]
    hard: Mapping[str, frozenset[str]]
