"""The rulebook as plain immutable data: what the Turtle files say, with nothing decided yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from rdflib import URIRef

from montages.bilingual import NO_TEXT, Text
from montages.knowledge.law import Clause, Condition, Passage, Requirement, Span
from montages.one_line import OneLine


@dataclass(frozen=True)
class NamedThing(OneLine):
    """A thing of the data: its slug, its IRI, its name."""

    slug: str
    iri: URIRef
    label: Text


@dataclass(frozen=True)
class Value(NamedThing):
    """One value of a criterion's closed list."""

    excludes_others: bool = False
    ordinary: bool = False
    prevails_over: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criterion(NamedThing):
    """One question with one property and one closed list, or a number.

    It is put where all of `asked_when` hold and its `usage`, if any, is stated; `where_to_turn` says who
    knows the answer, or where it stands; `theme`, by slug, is what it is about; `amount`: it is in euros,
    `highest_of`: the amount that it is the upper end of; `yearly_of`: that of which it is a year's;
    `asked_first` is its rank among the questions on a project, 0 for none; one who looks for a contract is
    asked only where all of `suggested_when` hold;
    `decides_for` are the usages where it is asked first: each answer is ordinary and names another contract;
    `bands` are words for a number, each with the one it is read as.
    """

    question: Text
    help: Text
    property: URIRef
    order: int
    answer_origin: str
    nature: str
    multiple: bool = False
    excluded_property: URIRef | None = None
    numeric_property: URIRef | None = None
    unit: Text = NO_TEXT
    bands: tuple[tuple[str, str], ...] = ()
    amount: bool = False
    highest_of: str | None = None
    yearly_of: str | None = None
    values: tuple[Value, ...] = ()
    wordings: tuple[tuple[str, Text], ...] = ()
    asked_when: tuple[Condition, ...] = ()
    asked_first: int = 0
    suggested_when: tuple[Condition, ...] = ()
    usage: str | None = None
    decides_for: tuple[str, ...] = ()
    theme: str = ""
    where_to_turn: Text = NO_TEXT
    sources: tuple[Passage, ...] = ()

    @cached_property
    def answer_path(self) -> URIRef:
        """Return the property by which a description states the answer: a number, or a value of the list."""
        return self.numeric_property or self.property

    def value(self, slug: str) -> Value:
        """Return a value by slug; raises KeyError if the list has no such value."""
        return {value.slug: value for value in self.values}[slug]


@dataclass(frozen=True)
class Bearing(OneLine):
    """What something bears on: any of the holders, usages and layers named, all if none; all answers.

    Not where an answer meets one of `unless`.
    """

    holders: tuple[str, ...] = ()
    usages: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    when: tuple[Clause, ...] = ()
    unless: tuple[Clause, ...] = ()


EVERYTHING = Bearing()


@dataclass(frozen=True)
class Attention(NamedThing):
    """A point of attention: it never decides, it is shown where it applies (R18).

    One that is about usages or layers is shown only where all of its conditions hold; `to_avoid`: it says
    what not to do; `model_wording` puts into words what it says to write, under `model_title`.
    """

    arrangements: tuple[str, ...]
    text: Text
    certainty: str
    sources: tuple[Passage, ...]
    when: tuple[Condition, ...]
    span: Span
    unless: tuple[Condition, ...] = ()
    bearing: Bearing = EVERYTHING
    advice_note: bool = False
    to_avoid: bool = False
    model_wording: Text = NO_TEXT
    model_title: Text = NO_TEXT

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Return every clause it reads."""
        return tuple(clause for of in (*self.when, *self.unless) for clause in of.clauses)

    @cached_property
    def cited(self) -> Text:
        """Return the names of its sources, one after the other."""
        return Text(*("; ".join(s.label[x] for s in self.sources) for x in ("fr", "en")))


@dataclass(frozen=True)
class Incoherence(NamedThing):
    """Two answers that do not go together: one clause each, and why in both languages."""

    reading: Text
    between: tuple[Clause, Clause]


@dataclass(frozen=True)
class Prohibition(NamedThing):
    """Answers under which the law lets nobody contract so: all of `when` and none of `unless` (R44).

    `lifted_by` are answers any of which lifts it; none: the law leaves nothing, and `reading` says whom to
    turn to. By any of `closes_part_where` something else is bought: then only what it forbids is `left_out`.
    Where it closes all, the answer begins with the `refusal`.
    """

    reading: Text
    when: tuple[Clause, ...]
    unless: tuple[Condition, ...]
    lifted_by: tuple[Condition, ...]
    sources: tuple[Passage, ...]
    closes_part_where: tuple[Condition, ...] = ()
    refusal: Text = NO_TEXT
    left_out: Text = NO_TEXT


@dataclass(frozen=True)
class Proviso(NamedThing):
    """What an answer that names such contracts supposes without asking, while its criteria are unanswered."""

    contracts: frozenset[str]
    criteria: tuple[str, ...]
    in_sentence: Text
    order: int


@dataclass(frozen=True)
class DatedStatement(NamedThing):
    """A dated statement of the law about a criterion: what it says, how surely, by which sources."""

    criterion: str
    bearing: Bearing
    certainty: str
    reading: Text
    sources: tuple[Passage, ...]
    span: Span


@dataclass(frozen=True)
class Presumption(DatedStatement):
    """An answer given where nothing is stated: `basis` is law, practice, or doubt, after both (R35)."""

    value: str
    basis: str

    @property
    def usages(self) -> tuple[str, ...]:
        """Return the usages that it is for, none for all."""
        return self.bearing.usages


@dataclass(frozen=True)
class QuestionNote(DatedStatement):
    """What to look at before one answers a question that is not presumed."""


@dataclass(frozen=True)
class Definition(OneLine):
    """What calls a contract by name (R41): all of `when`, none of `unless`, of `unless_stated` nothing.

    `also` is a contract that has to be called too, where this one is a kind of it; `basis` is the definition
    in law, or the practice that makes an answer provisional; `because` follows « parce que »; `in_sentence`
    tells the contract in other words than elsewhere, `refusal` is the whole first sentence, if any.
    """

    slug: str
    iri: URIRef
    defines: str
    also: str | None
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    unless_stated: tuple[str, ...]
    basis: str
    because: Text
    in_sentence: Text
    refusal: Text
    sources: tuple[Passage, ...]

    @cached_property
    def criteria(self) -> tuple[str, ...]:
        """Return the criteria whose answers call the contract."""
        return tuple(dict.fromkeys(c.criterion for w in self.when for c in w.clauses))


@dataclass(frozen=True)
class Arrangement(NamedThing):
    """A contract type, procedure, channel, activity or vehicle.

    `qualified_by` is the question, by slug, that names a contract, `qualification_order` its place among all;
    `replaces_procedure`: whoever buys through a channel has met the duties of award. `months` usually
    pass, at least and at most, from the decision to the signature.
    """

    kind: str
    definition: Text
    parents: tuple[str, ...]
    abstract: bool
    order: int
    span: Span
    basis: tuple[Passage, ...] = ()
    shown_as: str | None = None
    ranks_behind: tuple[str, ...] = ()
    ranks_freely_when: tuple[Condition, ...] = ()
    qualified_by: str | None = None
    qualification_order: int = 0
    not_defined_where: tuple[Condition, ...] = ()
    applies_to: tuple[str, ...] = ()
    simplicity: int = 0
    buys_by: tuple[str, ...] = ()
    makes_needless: tuple[str, ...] = ()
    in_sentence: Text = NO_TEXT
    replaces_procedure: bool = False
    ends_questions: bool = False
    months: tuple[float, float] | None = None
    time_spent: Text = NO_TEXT
    better_if: Text = NO_TEXT


@dataclass(frozen=True)
class Dated(OneLine):
    """A value of a threshold and the days it holds."""

    amount: Decimal
    span: Span


@dataclass(frozen=True)
class Rulebook(OneLine):
    """Everything the data files say, all dates together; `knowledge.periods` reads it at one date."""

    criteria: dict[str, Criterion]
    arrangements: dict[str, Arrangement]
    requirements: tuple[Requirement, ...]
    attentions: tuple[Attention, ...]
    thresholds: dict[URIRef, tuple[Dated, ...]] = field(default_factory=dict)
    incoherences: tuple[Incoherence, ...] = ()
    prohibitions: tuple[Prohibition, ...] = ()
    provisos: tuple[Proviso, ...] = ()
    presumptions: tuple[Presumption, ...] = ()
    question_notes: tuple[QuestionNote, ...] = ()
    themes: dict[str, Value] = field(default_factory=dict)
    definitions: tuple[Definition, ...] = ()
    qualification: dict[str, Value] = field(default_factory=dict)

    @property
    def contract_types(self) -> tuple[Arrangement, ...]:
        """Return the contract types that one may propose: the count of contracts that is told everywhere."""
        arrangements = self.arrangements.values()
        return tuple(a for a in arrangements if a.kind == "contract" and not a.abstract)


# The section of an answer that an arrangement of each kind stands in.
SECTIONS = {
    "contract": "contracts",
    "channel": "channels",
    "activity": "channels",
    "procedure": "procedures",
    "vehicle": "vehicles",
}
