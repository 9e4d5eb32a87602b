"""What all coherent descriptions leave, counted and not sampled: proofs about the rulebook (R39, D6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from montages.bilingual import Text
from montages.knowledge.compiled.verdict_compiler import VERDICTS, VerdictCompiler
from montages.knowledge.compiled.verdict_diagram import gate_diagrams
from montages.knowledge.law import Requirement
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import by_threshold, gates_of
from montages.publish.text.typography import colon
from montages.quality.checks.counted_verdicts import CountedVerdicts, Stated

# Running it oneself is no purchase: what is left when it alone is open (R36).
_OWN = "regie"


@dataclass(frozen=True)
class CountedDescriptions:
    """Counts of all coherent descriptions over the criteria that decide verdicts on contracts.

    `verdicts` counts each verdict over all contracts, each description once for each. `stuck` are those where
    nothing is open and no choice reopens anything, and which no prohibition of the data explains; `own_stuck`
    those where running it oneself alone is; each with the smallest one, None where there is none. Changing a
    contract that is running is no way out in any of them: it is open to all who speak of none.
    `idle` are the gates that change no verdict on some arrangement that they apply to; `unread` the criteria
    that gates read and that change no verdict.
    """

    criteria: tuple[str, ...]
    total: int
    verdicts: Mapping[str, int]
    nothing_open: int
    explained: Mapping[str, int]
    stuck: int
    smallest_stuck: Stated | None
    only_own: int
    own_stuck: int
    smallest_own_stuck: Stated | None
    idle: Mapping[str, tuple[str, ...]]
    useless: tuple[str, ...]
    unread: tuple[str, ...]


def counted_descriptions(rules: Rules) -> CountedDescriptions:
    """Return what all coherent descriptions leave under the rules of a period."""
    counted = CountedVerdicts(VerdictCompiler(gate_diagrams(rules)))
    verdicts, count = counted.verdicts, counted.count
    contracts = contracts_in_force(rules)
    # One that is running already is what the first question of the order names.
    running = next(iter(rules.book.qualification))
    new = [s for s in contracts if rules.book.arrangements[s].qualified_by != running]
    others = [slug for slug in new if slug != _OWN]
    book = rules.book.prohibitions
    ends = {end.slug: counted.met(end.when) for end in book if not end.lifted_by}
    explained = counted.compiler.diagram.fold(max, ends.values(), 0)

    def closed(place: int) -> bool:
        return VERDICTS[place] is Verdict.CLOSED

    def not_open(place: int) -> bool:
        return not VERDICTS[place].open

    def everywhere(test: Any, slugs: Any) -> int:
        return counted.all_of(counted.where(test, verdicts[slug]) for slug in slugs)

    def unexplained(node: int) -> int:
        return counted.where(lambda one, end: one and not end, node, explained)

    nothing_open = everywhere(not_open, new)
    all_closed = everywhere(closed, new)
    others_closed = unexplained(everywhere(closed, others))
    stuck = unexplained(all_closed)
    only_own = counted.where(
        lambda nothing, own: nothing and VERDICTS[own].open,
        everywhere(not_open, others),
        verdicts[_OWN],
    )
    idle, useless = _idle(counted)
    return CountedDescriptions(
        criteria=counted.criteria,
        total=counted.total,
        verdicts={
            verdict.value: sum(
                count(counted.where(lambda v, p=place: v == p, verdicts[slug]))
                for slug in contracts
            )
            for place, verdict in reversed([*enumerate(VERDICTS)])
        },
        nothing_open=count(nothing_open),
        explained={
            name: count(counted.where(lambda one, end: one and end, all_closed, end))
            for name, end in ends.items()
        },
        stuck=count(stuck),
        smallest_stuck=counted.smallest(stuck),
        only_own=count(only_own),
        own_stuck=count(others_closed),
        smallest_own_stuck=counted.smallest(others_closed),
        idle=idle,
        useless=useless,
        unread=tuple(_unread(counted)),
    )


def contracts_in_force(rules: Rules) -> tuple[str, ...]:
    """Return the contract types that can be proposed in a period."""
    proposed = (a.slug for a in rules.proposed() if a.kind == "contract")
    return tuple(slug for slug in proposed if slug in rules.arrangements)


def _idle(counted: CountedVerdicts) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the gates that change no verdict on some arrangements; and those that change none at all."""
    rules = counted.rules
    idle: dict[str, list[str]] = {}
    applied: dict[str, list[str]] = {}
    for slug in rules.arrangements:
        for gate in by_threshold(slug, rules)[0]:
            applied.setdefault(gate.slug, []).append(slug)
            if not counted.possible(counted.differing(slug, gate)):
                idle.setdefault(gate.slug, []).append(slug)
    useless = tuple(name for name, slugs in idle.items() if slugs == applied[name])
    return {name: tuple(slugs) for name, slugs in idle.items()}, useless


def _unread(counted: CountedVerdicts) -> Iterator[str]:
    """Yield the criteria that gates read themselves, and that no verdict turns on."""
    rules, compiler = counted.rules, counted.compiler
    nodes = compiler.diagram.written(counted.verdicts).nodes
    turning = {compiler.variables[node[0]].criterion for node in nodes}
    read = {
        clause.criterion
        for slug in rules.arrangements
        for gate in gates_of(slug, rules)
        for clause in gate.clauses()
    }
    yield from (name for name in rules.criteria if name in read - turning)


def closed_by(gate: Requirement, rules: Rules) -> Stated | None:
    """Return the shortest description that a gate closes by itself; None where it closes none alone."""
    if not (gate.hard or gate.closes_if):
        return None
    return CountedVerdicts(VerdictCompiler(gate_diagrams(rules))).closed_alone(gate)


def description_text(stated: Stated, rules: Rules) -> Text:
    """Return a description in words: each criterion with its value, those of lists in and out."""
    words = {
        lang: ", ".join(_answer(name, values, rules, lang) for name, values in stated.items())
        for lang in ("fr", "en")
    }
    return Text(words["fr"] or "rien n'est dit", words["en"] or "nothing is stated")


def _answer(name: str, values: Sequence[str], rules: Rules, lang: str) -> str:
    criterion = rules.criteria[name]
    parts = []
    for value in values:
        left = {"fr": "pas ", "en": "not "}[lang] if value.startswith("-") else ""
        parts.append(f"{left}{criterion.value(value.removeprefix('-')).label[lang]}")
    return f"{criterion.label[lang]}{colon(lang)} {', '.join(parts)}"
