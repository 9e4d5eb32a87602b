"""A project said otherwise, or with one thing more: what its answer names must then be the same (R51)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
from rdflib import RDF

from montages import load
from montages.advice.what_if.closing_effects import described
from montages.assessment.answer.ending import Ending, OpenQuestions
from montages.assessment.assessment import Assessment
from montages.assessment.forms.schema import assessment_schema
from montages.assessment.ranking import CALLED
from montages.assessment.verdict.answers import Pair, coherent
from montages.assessment.verdict.unit_verdict import Term
from montages.description.description import Description
from montages.description.facts import Facts
from montages.description.parsing.parse import panel_description, parse
from montages.knowledge import logic
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.files import library
from montages.knowledge.periods import rules_at
from montages.names import MTG
from montages.publish.text.answer_lines import answer_lines
from panel_cases import SLUGS, panel_case
from reasoned_statuses import fits_status
from sampling import profile

SCHEMA = assessment_schema()
ANSWER = jsonschema.Draft202012Validator({"$ref": "#/$defs/answer", "$defs": SCHEMA["$defs"]})
FAST = load("fast")
DAY = "2026-11-25"
Named = tuple[tuple[str, tuple[str, ...]], ...]
# A way in which an answer fails: the project, what was changed, what is named before and after.
Fault = tuple[object, ...]


def projects(drawn: int = 0, first_of: int = 0, step: int = 1) -> Iterator[Assessment]:
    """Yield the answers to each so many-th of the panel, the real projects, and so many drawn at random."""
    every = [*SLUGS, *library.projects().values(), *range(drawn)]
    for each in every[first_of::step]:
        if isinstance(each, str):
            case = panel_case(each)
            yield FAST.assess(panel_description(case), as_of=case.as_of, anyway=True)
        else:
            source = profile(each) if isinstance(each, int) else str(each)
            yield FAST.assess(source, as_of=DAY, anyway=True)


def named(it: Assessment) -> Named:
    """Return the contracts that an answer names, each with the units it is for where there are several."""
    rows = it.answer.rows
    units = [tuple(unit.id for unit in row.part.units) if len(rows) > 1 else () for row in rows]
    return tuple((row.row.slug, of) for row, of in zip(rows, units, strict=True))


def first(it: Assessment) -> str | None:
    """Return the row that an answer names first."""
    return it.answer.first.slug if it.answer.first else None


def changed(it: Assessment, *pairs: Pair) -> Assessment:
    """Return the answer to a project of which some criteria are answered so."""
    description = described(it.premises.description, pairs, it.premises.whole, it.premises.rules)
    return FAST.assess(description, as_of=it.premises.as_of, anyway=True)


def terms_stated(it: Assessment) -> Iterator[Fault]:
    """Yield what fails where the terms of the contract named are stated: it stays named."""
    if len(it.answer.rows) == 1:
        row = it.answer.rows[0].row
        pairs = [(term.criterion, _plainest(term, it)) for term in row.shown.terms if term.to]
        if pairs and first(changed(it, *pairs)) != row.slug:
            yield it.premises.project, pairs, row.slug, first(changed(it, *pairs))


def _plainest(term: Term, it: Assessment) -> str:
    """Return the value that goes without saying among those that a term accepts, else the last of them."""
    values = [v for v in it.premises.rules.criteria[term.criterion].values if v.slug in term.to]
    return next((v.slug for v in values if v.ordinary), term.to[-1])


def presumption_confirmed(it: Assessment) -> Iterator[Fault]:
    """Yield what fails where a presumed answer is stated."""
    for name in it.premises.whole.presumed:
        (value, *others) = it.premises.whole.answer(name).values
        if not others and first(changed(it, (name, value))) != first(it):
            yield it.premises.project, name, value, first(it), first(changed(it, (name, value)))


def one_more_layer(it: Assessment) -> Iterator[Fault]:
    """Yield what fails where one more layer is described, of which nothing is said nor presumed."""
    after = FAST.assess(with_layer(it.premises.description), as_of=it.premises.as_of, anyway=True)
    presumes_more = set(after.premises.whole.presumed) - set(it.premises.whole.presumed)
    if first(after) != first(it) and not presumes_more:
        yield it.premises.project, named(it), named(after)


def with_layer(description: Description) -> Description:
    """Return a description with a layer of which nothing is said."""
    facts, project = Facts(description.statements), str(description.project)
    described_already = {o for _, p, o in description.statements if p == str(MTG.layer)}
    layers = sorted(str(layer) for layer in library.data().subjects(RDF.type, MTG.Layer))
    layer = next((name for name in layers if name not in described_already), layers[0])
    use = f"{project}#one-more-layer"
    facts.add(project, str(MTG.hasLayerUse), use)
    facts.add(use, str(RDF.type), str(MTG.LayerUse))
    facts.add(use, str(MTG.layer), layer)
    more = Description(facts, description.project, description.places)
    more.readings = description.readings
    return more


def nearest_obeyed(it: Assessment) -> Iterator[Fault]:
    """Yield what fails where the choices that bring a contract closest are changed: it is named."""
    nearest = it.answer.nearest
    if nearest is not None:
        pairs = [(change.criterion, change.to[0]) for change in nearest.changes if change.to]
        after = changed(it, *pairs)
        if first(after) != nearest.row.slug:
            yield it.premises.project, pairs, nearest.row.slug, named(after)


def nothing_changes(it: Assessment) -> Iterator[Fault]:
    """Yield what refutes that nothing left to say can change an answer."""
    if it.answer.ending is not Ending.NOTHING_CHANGES:
        return
    parts = [row.part for row in it.answer.rows] or [it.conclusions.parts.project]
    for part in parts:
        for criterion in OpenQuestions(it.conclusions.parts, part).open_among(part.rules.criteria):
            for value in criterion.values if not criterion.multiple else ():
                pair = (criterion.slug, value.slug)
                if not coherent(pair, part.unit.answers, it.premises.rules):
                    continue  # what is presumed stands against it, and is told
                after = changed(it, pair)
                if (first(after), procedure(after)) != (first(it), procedure(it)):
                    yield it.premises.project, criterion.slug, value.slug, named(it), named(after)


def told_what_it_supposes(it: Assessment) -> Iterator[Fault]:
    """Yield the facts that are neither asked nor supposed in words, and whose answer names something else.

    A choice that is made otherwise is another way, and told as such.
    """
    answer, rules = it.answer, it.premises.rules
    if answer.names_none or answer.prohibition is not None or answer.ending is Ending.UNDECIDED:
        return
    told = {question.criterion.slug for question in answer.deciding}
    told |= {name for proviso in answer.provisos for name in proviso.criteria}
    for part in [row.part for row in answer.rows] or [it.conclusions.parts.project]:
        open_questions, given = OpenQuestions(it.conclusions.parts, part), part.unit.answers
        for name, criterion in rules.criteria.items():
            put = all(logic.holds(condition, given, rules) for condition in criterion.asked_when)
            if (
                name in told
                or not put
                or criterion.nature != "fact"
                or part.unit.answer(name).values
            ):
                continue
            for value in criterion.values if criterion.answer_origin != "Derived" else ():
                pair = (name, value.slug)
                if (
                    coherent(pair, given, rules)
                    and open_questions.after(pair) != open_questions.now
                ):
                    yield it.premises.project, *pair, open_questions.now, open_questions.after(pair)


def bans_come_first(it: Assessment) -> Iterator[Fault]:
    """Yield the bans whose facts hold that lines or brief JSON leave out, and refusals that do not say no."""
    answer = it.answer
    brief = it.to_json("fr", brief=True)["answer"]
    for lang, no in (("fr", "Non"), ("en", "No")):
        if answer.prohibition is not None and not answer.headline[lang].startswith(no):
            yield it.premises.project, answer.headline[lang]
        if answer.prohibition is not None and len(answer.headline[lang].split()) > 12:
            yield it.premises.project, "too long", answer.headline[lang]
        told = " ".join(r.text for line in answer_lines(it, lang) for r in line.reasons)
        bans = [one.reading[lang] for one in answer.prohibitions.of_parts]
        bans += [point.text[lang] for point in answer.cautions.avoid if point.when]
        yield from ((it.premises.project, lang, ban) for ban in bans if ban not in told)
    held = {point.slug for point in answer.cautions.avoid if point.when}
    for missing in held - {point["slug"] for point in brief["avoid"]}:
        yield it.premises.project, "brief", missing
    if brief["prohibited_by"] != answer.prohibitions.slugs:
        yield it.premises.project, "brief", brief["prohibited_by"]


def procedure(it: Assessment) -> str | None:
    """Return the procedure that is enough for the first contract."""
    return it.answer.procedure.arrangement.slug if it.answer.procedure else None


def one_more_answer(it: Assessment) -> Iterator[Fault]:
    """Yield where one more answer names another contract though the one named stays called, open, sensible.

    Unless it is a contract that comes earlier in the order of qualification (R51).
    """
    if len(it.answer.rows) != 1:
        return
    for each in it.answer.deciding:
        for value, _ in each.others:
            after = changed(it, (each.criterion.slug, value.slug))
            if moved_for_nothing(it, after):
                yield it.premises.project, each.criterion.slug, value.slug, named(it), named(after)


def moved_for_nothing(before: Assessment, after: Assessment) -> bool:
    """Tell whether another contract is named though the one named before stays called, open and sensible.

    A contract that comes earlier in the order of qualification is a reason.
    """
    if len(after.answer.rows) != 1 or first(after) == first(before):
        return False
    slug, now = first(before), after.answer.rows[0]
    row = next(row for row in now.part.rows if row.slug == slug)
    called = now.part.qualified.order
    place = called.get(row.shown.arrangement.slug, -1)
    earlier = called.get(now.row.shown.arrangement.slug, len(called)) < place
    return row.group == CALLED and not earlier


def amount_raised(it: Assessment) -> Iterator[Fault]:
    """Yield where a higher amount names another contract though the one named stays open and sensible."""
    given = it.premises.whole.answer("estimated-value")
    if given.number is None or len(it.answer.rows) != 1:
        return
    for bucket in it.premises.rules.buckets["estimated-value"]:
        if bucket.low is not None and bucket.low[0] > given.number:
            after = changed(it, ("estimated-value", bucket.slug))
            if moved_for_nothing(it, after):
                yield it.premises.project, bucket.slug, named(it), named(after)


def status_and_verdict(it: Assessment) -> Iterator[Fault]:
    """Yield the contracts whose verdict the status of the reasoner leaves no room for."""
    rules, whole = it.premises.rules, it.conclusions.parts.project.unit
    for result in it.conclusions.verdicts:
        slug = result.arrangement.slug
        status = logic.status(slug, whole.answers, rules, whole.asserted)
        if result.in_force and result.procedure is None and not fits_status(result.best, status):
            yield it.premises.project, slug, status, result.verdict.value


def asks_what_is_answered(it: Assessment) -> Iterator[Fault]:
    """Yield the facts to verify of a contract named that were stated, each value among those wanted."""
    for row in it.answer.rows:
        for term in row.row.shown.to_verify:
            given = row.part.unit.answer(term.criterion)
            if given.state == "explicit" and given.values and given.values <= set(term.to):
                yield it.premises.project, term.criterion, given.values


def nearest_is_sensible(it: Assessment) -> Iterator[Fault]:
    """Yield a nearest that is folded, or that a presumption denies."""
    nearest = it.answer.nearest
    if nearest is not None and nearest.row.folded:
        yield it.premises.project, nearest.row.slug


def of_the_schema(it: Assessment) -> Iterator[Fault]:
    """What programs read of the answer is of its schema, whole and in brief."""
    for brief in (False, True):
        for error in ANSWER.iter_errors(it.to_json("fr", brief=brief)["answer"]):
            yield it.premises.project, list(error.absolute_path), error.message


RULES: dict[str, Callable[[Assessment], Iterator[Fault]]] = {
    "the terms of the contract named, stated, keep it named": terms_stated,
    "confirming a presumption changes nothing": presumption_confirmed,
    "a layer of which nothing is said changes nothing": one_more_layer,
    "the nearest, obeyed, is named": nearest_obeyed,
    "nothing refutes that nothing changes an answer": nothing_changes,
    "what is neither asked nor supposed names nothing else": told_what_it_supposes,
    "a ban whose facts hold is never left out": bans_come_first,
    "an answer moves the name only for a reason": one_more_answer,
    "a higher amount moves the name only for a reason": amount_raised,
    "status and verdict agree": status_and_verdict,
    "what was answered is not asked": asks_what_is_answered,
    "the nearest is sensible": nearest_is_sensible,
    "the answer is of its schema": of_the_schema,
}


def said_otherwise(tree: dict[str, Any], day: Any) -> Iterator[Assessment]:
    """Yield the answers to a project under another name, in another order, in words."""
    answers = tree.get("answers") or {}
    rules = rules_at(day)
    by_key = {_key(name): criterion for name, criterion in rules.criteria.items()}
    words = {}
    for key, given in answers.items():
        criterion = by_key.get(key)
        labels = {v.slug: v.label.fr for v in criterion.values} if criterion else {}
        words[key] = labels.get(given, given) if isinstance(given, str) else given
    backwards = {
        key: dict(reversed(value.items())) if isinstance(value, dict) else value
        for key, value in reversed(tree.items())
    }
    for other in (
        {"project": "Tout autre chose", **tree},
        {"project": "Essai", **backwards},
        {"project": "Essai", **tree, "answers": words},
    ):
        yield FAST.assess(parse(_json(other), "json"), as_of=day, anyway=True)


def _key(name: str) -> str:
    return {criterion: key for key, criterion in answer_keys().items()}.get(name, name)


def _json(tree: dict[str, Any]) -> str:
    return json.dumps(tree | {"id": "mutation"})
