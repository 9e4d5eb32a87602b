"""A contract in short: when to choose or avoid it, how long it takes, who decides, what to write or avoid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import SKOS

from montages.assessment.answer.calendar import months_text, usual_months
from montages.knowledge.compiled.verdict_diagram import may_go_together
from montages.knowledge.law import DUE_TIMES, Duty, Preference, Requirement
from montages.knowledge.model import Arrangement, Attention, Definition
from montages.knowledge.periods import Rules
from montages.knowledge.rulebook import rulebook
from montages.knowledge.verdict_gates import folding_preferences, gates_of
from montages.names import ID, slug
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.page_context import PageContext

# How much of each a page has room for.
_REASONS, _DEFINITIONS, _ACTS, _CLAUSES, _FAULTS, _GATES = 3, 2, 2, 5, 2, 4


@dataclass(frozen=True)
class BodyActs:
    """What one body votes, decides or gives its opinion on: sentences, each with whether it depends."""

    name: str
    acts: list[tuple[str, bool]]


@dataclass(frozen=True)
class ContractSummary:
    """One arrangement for one reader."""

    arrangement: Arrangement
    context: PageContext

    @property
    def rules(self) -> Rules:
        """Return the rules of the day of the page."""
        return self.context.rules

    @property
    def lineage(self) -> tuple[str, ...]:
        """Return the arrangement and all it is a kind of, nearest first."""
        return self.rules.lineage(self.arrangement.slug)

    @property
    def choose(self) -> list[str]:
        """Return what makes one choose it, in words after « if »: by its definitions, then by its rules."""
        definitions = [d.because[self.context.lang] for d in self._definitions()]
        rules = self._reasons("reasonFor")
        return list(
            dict.fromkeys((*definitions[:_DEFINITIONS], *rules, *definitions[_DEFINITIONS:]))
        )[:_REASONS]

    @property
    def avoid(self) -> list[str]:
        """Return what turns one away from it, in words after « if »."""
        return self._reasons("reasonAgainst")[:_REASONS]

    def _definitions(self) -> list[Definition]:
        """Return what calls the contract by its name in law: its own first, the plainest first."""
        calling = [d for d in rulebook().definitions if d.basis == "Definition"]
        return [
            definition
            for name in self.lineage
            for definition in sorted(calling, key=lambda d: (len(d.criteria), d.slug))
            if definition.defines == name
        ]

    def _reasons(self, name: str) -> list[str]:
        """Return the reasons that its rules give: its own first, then what decides most."""
        folding = folding_preferences(self.arrangement.slug, self.rules)

        def rank(requirement: Requirement) -> tuple[int, bool, bool, int]:
            weight = requirement.weight if isinstance(requirement, Preference) else 0
            own = self.lineage.index(requirement.arrangement)
            return own, requirement not in folding, not requirement.hard, -weight

        rules = sorted(self.rules.effective(self.arrangement.slug), key=rank)
        nodes = (GraphNode(rule.version, self.context) for rule in rules)
        return list(dict.fromkeys(filter(None, (node.text(name) for node in nodes))))

    @property
    def months(self) -> str:
        """Return how many months it usually takes, and on what; empty where practice says nothing."""
        calendar, lang = usual_months(self.arrangement.slug, self.rules), self.context.lang
        if calendar is None:
            return ""
        spent = calendar.of.time_spent[lang]
        return f"{calendar.sentence[lang]} {spent[:1].upper()}{spent[1:]}."

    @property
    def procedures(self) -> list[tuple[Arrangement, str]]:
        """Return the procedures that may award it, the lightest first, each with its usual months.

        Months are left out where the contract has its own, which count more than those of a procedure.
        """
        lang, own = self.context.lang, bool(self.months)
        procedures = [p for p in self._all_procedures() if not p.abstract and self._is_usual(p)]
        return [
            (p, months_text(p.months, lang) if p.months and not own else "") for p in procedures
        ]

    @property
    def other_procedures(self) -> list[Arrangement]:
        """Return the procedures of particular cases."""
        return [p for p in self._all_procedures() if not p.abstract and not self._is_usual(p)]

    def _is_usual(self, procedure: Arrangement) -> bool:
        """Tell whether what it always wants is an amount at most, or what the contract itself wants."""
        wanted = {gate.own.criterion for gate in gates_of(self.arrangement.slug, self.rules)}
        always = (g for g in gates_of(procedure.slug, self.rules) if not g.when and not g.unless)
        criteria = (self.rules.criteria[gate.own.criterion] for gate in always if gate.hard)
        return all(c.numeric_property or c.slug in wanted for c in criteria)

    def _all_procedures(self) -> list[Arrangement]:
        """Return the procedures that apply to it and that some answers open together with it."""
        return [
            arrangement
            for arrangement in self.rules.arrangements.values()
            if arrangement.kind == "procedure"
            and set(arrangement.applies_to) & set(self.lineage)
            and may_go_together(self.arrangement.slug, arrangement.slug, self.rules)
        ]

    @property
    def bodies(self) -> list[BodyActs]:
        """Return who votes, decides or gives an opinion, in the order of doing, and on what."""
        acts: dict[str, dict[str, bool]] = {}
        for duty in self._acts_of(self.lineage):
            sentence, depends = duty.sentence[self.context.lang], bool(duty.when)
            acts.setdefault(self._whoever(duty.body or ""), {}).setdefault(sentence, depends)
        for duty in self._acts_of([p.slug for p in self._all_procedures()]):
            acts.setdefault(duty.body or "", {duty.sentence[self.context.lang]: True})
        ranked = sorted(acts, key=lambda body: self.context.rank(ID[f"body/{body}"]))
        return [
            BodyActs(self.context.link(ID[f"body/{body}"]).text, list(acts[body].items())[:_ACTS])
            for body in ranked
        ]

    def _whoever(self, body: str) -> str:
        """Return the body that stands for one and its like whoever buys: mayor or president."""
        broader = self.context.graph.value(ID[f"body/{body}"], SKOS.broader)
        return slug(str(broader)) if broader else body

    def _acts_of(self, names: Sequence[str]) -> list[Duty]:
        """Return the duties of some arrangements that call upon a body, in the order of doing."""
        duties = [r for r in self.rules.requirements if isinstance(r, Duty)]
        acts = [d for d in duties if d.body and d.arrangement in names]
        return sorted(acts, key=lambda duty: (DUE_TIMES.index(duty.due_at), duty.order))

    @property
    def to_write(self) -> list[str]:
        """Return the clauses to write, whatever the project: those of its own first."""
        duties = [
            (self.lineage.index(rule.arrangement), rule.sentence[self.context.lang])
            for rule in self.rules.effective(self.arrangement.slug)
            if isinstance(rule, Duty) and rule.due_at == "in-the-consultation" and not rule.when
        ]
        points = []
        for point in self._points():
            if GraphNode(point.iri, self.context).value("toWrite"):
                near = min(self.lineage.index(n) for n in point.arrangements if n in self.lineage)
                # What is common to a family is told by its name: its point has a page.
                words = point.text if near == 0 else point.label
                points.append((near, words[self.context.lang]))
        ordered = sorted((*points, *duties), key=lambda pair: pair[0])
        return list(dict.fromkeys(text for _, text in ordered))[:_CLAUSES]

    @property
    def faults(self) -> list[str]:
        """Return what must not be done, whatever the project: the plainest first."""
        faults = [p.text[self.context.lang] for p in self._points() if p.to_avoid]
        return sorted(faults, key=len)[:_FAULTS]

    @property
    def gates(self) -> list[Requirement]:
        """Return the conditions without which it is another contract, or unlawful: its own first."""
        arrangements = rulebook().arrangements
        # What is common to a family that is never proposed tells one contract from none of the others.
        names = [name for name in self.lineage[1:] if not arrangements[name].abstract]
        rules = [r for name in (self.lineage[0], *names) for r in self.rules.own(name)]
        return [rule for rule in rules if rule.hard and not rule.when and not rule.unless][:_GATES]

    def _points(self) -> Iterable[Attention]:
        """Yield the points of attention that hold whatever the project."""
        for point in self.rules.attentions:
            bound = point.when or point.bearing.usages or point.bearing.layers
            if set(point.arrangements) & set(self.lineage) and not bound:
                yield point
