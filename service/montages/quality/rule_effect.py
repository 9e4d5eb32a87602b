"""What a rule decides by itself, in words too; and the file that whoever reviews it fills in.

The shortest descriptions, and the cases of the panel, that turn on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from montages.assessment.assess import assess_all
from montages.assessment.parts import Part
from montages.assessment.verdict.arrangement_diagram import walked
from montages.bilingual import Text, message, plural
from montages.description.parsing.parse import panel_description
from montages.engine.engines import engine_named
from montages.knowledge.compiled.verdict_compiler import VERDICTS, VerdictCompiler
from montages.knowledge.compiled.verdict_diagram import gate_diagrams
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.law import Requirement
from montages.knowledge.logic import DutyState
from montages.knowledge.panel import PanelCase, panel
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rule_review import rule_digest
from montages.knowledge.rulebook import rulebook
from montages.knowledge.verdict_gates import by_threshold, unknown_threshold
from montages.names import VOCABULARIES, slug
from montages.publish.text.signs import VERDICT_SIGNS
from montages.quality.checks.counted_descriptions import description_text
from montages.quality.checks.counted_verdicts import CountedVerdicts, Stated

_Cases = list[tuple[PanelCase, Part]]
# What a case turns from, beside a verdict.
FOLDED, DUE = "folded", "due"


@dataclass(frozen=True)
class PanelFlip:
    """A set-up in a case of the panel: what it is under a rule, and what it would be without.

    A verdict, `FOLDED` or `DUE`; a duty that is taken away leaves nothing.
    """

    case: str
    arrangement: str
    under: str
    without: str


@dataclass(frozen=True)
class RuleEffect:
    """What a version of a rule does: it closes a shortest description alone, it opens one where it is met.

    None where there is no such description; one that `waits` for an amount closes nothing yet.
    """

    closes: Stated | None
    opens: Stated | None
    waits: bool
    flips: tuple[PanelFlip, ...]

    @property
    def cases(self) -> dict[str, list[PanelFlip]]:
        """Return the cases that flip, each with its set-ups."""
        out: dict[str, list[PanelFlip]] = {}
        for flip in self.flips:
            out.setdefault(flip.case, []).append(flip)
        return out


def rule_effect(version: Requirement, rules: Rules) -> RuleEffect:
    """Return what a version of a rule does, under the shipped rules of a period in which it is in force."""
    closes, opens = _turning(rules.period.first).get(version.slug, (None, None))
    days = sorted({rules_at(case.as_of).period.first for case in panel()})
    by_period = [_flips(first, library.panel_hash()) for first in days]
    flips = tuple(flip for flips in by_period for flip in flips.get(str(version.version), ()))
    return RuleEffect(closes, opens, unknown_threshold(version, rules) is not None, flips)


@disk_cache
def _turning(first: date) -> dict[str, tuple[Stated | None, Stated | None]]:
    """Return the shortest descriptions that each gate of a period closes alone, and opens where it is met."""
    rules = rules_at(first)
    counted = CountedVerdicts(VerdictCompiler(gate_diagrams(rules)))
    return {
        gate.slug: (counted.closed_alone(gate), counted.opened_by(gate))
        for gate in rules.requirements
        if (gate.hard or gate.closes_if) and unknown_threshold(gate, rules) is None
    }


@disk_cache
def _flips(first: date, panel_hash: str) -> dict[str, tuple[PanelFlip, ...]]:
    """Return the flips of each version of a rule in the cases of a period, by the hash of the panel."""
    out: dict[str, list[PanelFlip]] = defaultdict(list)
    rules = rules_at(first)
    cases = list(_concluded(rules))
    for gate, flip in _closed(rules, cases):
        out[str(gate.version)].append(flip)
    for case, part in cases:
        for rule, flip in _advised(case, part):
            out[str(rule.version)].append(flip)
    return {name: tuple(dict.fromkeys(flips)) for name, flips in out.items()}


def _concluded(rules: Rules) -> Iterator[tuple[PanelCase, Part]]:
    """Yield the cases of the panel in a period, each with what is concluded of it."""
    cases = [case for case in panel() if rules_at(case.as_of) is rules]
    descriptions = [panel_description(case) for case in cases]
    day = rules.period.first
    assessments = assess_all(descriptions, engine_named(), as_of=day, anyway=True)
    for case, assessment in zip(cases, assessments, strict=True):
        yield case, assessment.conclusions.parts.project


def _closed(rules: Rules, cases: _Cases) -> Iterator[tuple[Requirement, PanelFlip]]:
    """Yield the set-ups that are closed, and would be open without one of their gates.

    Where answers are at odds the verdict is no walk through the diagram: such a case is passed over.
    """
    compiler = VerdictCompiler(gate_diagrams(rules))
    for set_up in (a.slug for a in rules.proposed() if a.slug in rules.arrangements):
        closed = [
            (case, part.by_slug[set_up].verdict, part.outcomes.stated)
            for case, part in cases
            if not part.by_slug[set_up].verdict.open and not part.unit.asserted
        ]
        gates = by_threshold(set_up, rules)[0]
        for gate in gates:
            left = tuple(other for other in gates if other is not gate)
            openings = compiler.gates.openings(left)
            tree = compiler.diagram.tree(compiler.verdict(set_up, openings))
            for case, verdict, stated in closed:
                without = VERDICTS[walked(tree, stated.states)]
                if without.open and not stated.odd:
                    yield gate, PanelFlip(case.slug, set_up, verdict.value, without.value)


def _advised(case: PanelCase, part: Part) -> Iterator[tuple[Requirement, PanelFlip]]:
    """Yield the duties that a case expects and that are due, and the preferences that alone fold a set-up."""
    for set_up, result in part.by_slug.items():
        for duty in result.duties if "duties" in case.expected else ():
            rule = duty.requirement
            if duty.state is DutyState.DUE and rule.slug in case.expected["duties"]:
                yield rule, PanelFlip(case.slug, rule.arrangement, DUE, "")
        if result.folded and len(result.folded.because) == 1 and not result.folded.presumed:
            flip = PanelFlip(case.slug, set_up, FOLDED, result.verdict.value)
            yield result.folded.because[0], flip


SHOWN, SET_UPS = 8, 3  # cases of the panel, set-ups of each; their number is told

CLOSES = message("The shortest description that it closes by itself")
OPENS = message("The shortest that meets it and leaves the set-up open")
NEVER_CLOSES = message("It closes no description by itself: another rule says as much.")
WAITS = message("It waits for an amount that is not known on that day, and closes nothing yet.")
CLOSES_NOTHING = message("It closes no set-up: it advises, or says what must be done.")
FLIPS = plural(
    "Without it, {n} case of the panel comes out otherwise",
    "Without it, {n} cases of the panel come out otherwise",
)
NO_FLIPS = message("Without it, every case of the panel comes out the same.")
MORE = plural("and {n} more", "and {n} more")
_DUE, _NOT_DUE = message("due", context="a duty"), message("nothing is due")
_HEAD = message(
    "Review of a rule: {label}.\n"
    "Replace the words in capitals, then send the file or add it to the reviews of the project.\n"
    "An organisation reviews, never a person: name nobody."
)
_OPINIONS = message(
    "RightRule: it says what the law says. WrongRule: it does not.\n"
    "OpenNorm: the text leaves it open."
)
_REMARK = message("Why, and by which text. With RightRule, this line may be taken away.")
_DAY = message("The day as 2026-12-31, here and at the end of the name of the review.")


def effect_lines(version: Requirement, on: date) -> Sequence[tuple[Text, Text | None]]:
    """Return what a version closes and opens by itself: sentences, with a description or without."""
    rules = rules_at(on)
    effect = rule_effect(version, rules)
    if effect.waits:
        return [(WAITS, None)]
    if not (version.hard or version.closes_if):
        return [(CLOSES_NOTHING, None)]
    closes = (CLOSES, description_text(effect.closes, rules)) if effect.closes else None
    opens = [(OPENS, description_text(effect.opens, rules))] if effect.opens else []
    return [closes or (NEVER_CLOSES, None), *opens]


def case_lines(flips: Sequence[PanelFlip]) -> list[Text]:
    """Return how the first set-ups of a case flip, in words, and how many more do."""
    lines = [
        message(
            "{set_up}: {under} → {without}",
            set_up=rulebook().arrangements[flip.arrangement].label,
            under=_standing(flip.under),
            without=_standing(flip.without),
        )
        for flip in flips[:SET_UPS]
    ]
    more = len(flips) - SET_UPS
    return [*lines, MORE.fill(n=more)] if more > 0 else lines


def _standing(word: str) -> Text:
    if word in VERDICT_SIGNS:
        return VERDICT_SIGNS[word].one
    return _DUE if word == DUE else _NOT_DUE


def review_form(version: Requirement, lang: str) -> str:
    """Return the file of a review of a version of a rule, in Turtle: words in capitals are to be replaced."""
    prefixes = {name: VOCABULARIES[name] for name in ("dcterms", "foaf", "prov", "xsd")}
    prefixes["mtg"] = "https://w3id.org/montages/def/"
    lines = [f"# {line}" for line in _HEAD.fill(label=version.label)[lang].split("\n")]
    lines += [f"@prefix {name}: <{prefixes[name]}> ." for name in sorted(prefixes)]
    lines += [
        "",
        f"<https://w3id.org/montages/id/review/{slug(version.iri)}-ORGANISATION-DAY> a mtg:RuleReview ;",
        f"    mtg:reviewOf <{version.version}> ;",
        f'    mtg:reviewedDigest "{rule_digest(version.version)}" ;',
        *(f"    # {line}" for line in _OPINIONS[lang].split("\n")),
        "    mtg:opinion mtg:OPINION ;",
        f"    # {_REMARK[lang]}",
        f'    mtg:remark "REMARK"@{lang} ;',
        '    prov:wasAssociatedWith [ a foaf:Organization ; foaf:name "ORGANISATION" ] ;',
        f"    # {_DAY[lang]}",
        '    dcterms:date "DAY"^^xsd:date .',
    ]
    return "\n".join(lines) + "\n"
