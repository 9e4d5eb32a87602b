"""Read the rulebook from its graph into `knowledge.model`."""

from __future__ import annotations

from decimal import Decimal

from rdflib import RDF, SKOS, Graph, URIRef

from montages.knowledge.dated_statements import presumption, question_note, requirement
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import (
    clause,
    clause_key,
    clauses,
    closed_list,
    conditions,
    every,
    first_slug,
    named,
    need,
    one,
    passages,
    slugs,
    span,
    text,
)
from montages.knowledge.model import (
    Arrangement,
    Attention,
    Bearing,
    Criterion,
    Dated,
    Definition,
    Incoherence,
    Prohibition,
    Proviso,
    Rulebook,
)
from montages.names import ID, MTG, iris, slug

_THEMES, _QUALIFICATION = ID["scheme/theme"], ID["scheme/qualification"]
KINDS = {
    MTG.ContractType: "contract",
    MTG.Procedure: "procedure",
    MTG.Channel: "channel",
    MTG.Activity: "activity",
    MTG.Vehicle: "vehicle",
}


def _criterion(graph: Graph, iri: URIRef) -> Criterion:
    scheme = graph.value(iri, MTG.answerScheme)
    wordings = [
        (slug(str(graph.value(node, MTG.wordingOf) or "")), text(graph, node, MTG.inSentence))
        for node in graph.objects(iri, MTG.wording)
    ]
    return Criterion(
        **named(graph, iri),
        question=text(graph, iri, MTG.question),
        help=text(graph, iri, MTG.questionHelp),
        property=need(graph, iri, MTG.answerProperty),
        order=one(graph, iri, MTG.displayOrder, 0),
        answer_origin=slug(need(graph, iri, MTG.answerOrigin)),
        nature=slug(need(graph, iri, MTG.answerNature)).lower(),
        multiple=bool(one(graph, iri, MTG.multipleAnswers, False)),
        excluded_property=one(graph, iri, MTG.excludedAnswerProperty),
        numeric_property=one(graph, iri, MTG.numericAnswerProperty),
        unit=text(graph, iri, MTG.unitOfMeasure),
        bands=tuple(
            (str(need(graph, band, MTG.bandName)), str(need(graph, band, MTG.bandNumber)))
            for band in graph.objects(iri, MTG.band)
        ),
        amount=slug(one(graph, iri, MTG.answerUnit, "")) == "euro",
        highest_of=first_slug(graph, iri, MTG.highestAmountOf),
        values=closed_list(graph, scheme) if scheme is not None else (),
        wordings=tuple(sorted(wordings, key=lambda pair: pair[0])),
        asked_when=conditions(graph, iri, MTG.askedWhen),
        asked_first=one(graph, iri, MTG.askedFirst, 0),
        suggested_when=conditions(graph, iri, MTG.suggestedWhen),
        usage=first_slug(graph, iri, MTG.answeredWithoutUsage),
        decides_for=slugs(graph, iri, MTG.decidesFor),
        theme=first_slug(graph, iri, MTG.theme) or "",
        where_to_turn=text(graph, iri, MTG.whereToTurn),
        sources=passages(graph, iri),
    )


def _arrangement(graph: Graph, iri: URIRef, kind: str) -> Arrangement:
    least = one(graph, iri, MTG.monthsAtLeast)
    return Arrangement(
        **named(graph, iri),
        kind=kind,
        definition=text(graph, iri, SKOS.definition),
        parents=slugs(graph, iri, MTG.specialises),
        abstract=bool(one(graph, iri, MTG.abstract, False)),
        order=one(graph, iri, MTG.displayOrder, 0),
        span=span(graph, iri),
        basis=passages(graph, iri, MTG.legalBasis),
        shown_as=first_slug(graph, iri, MTG.shownAs),
        ranks_behind=slugs(graph, iri, MTG.ranksBehind),
        ranks_freely_when=conditions(graph, iri, MTG.ranksFreelyWhen),
        qualified_by=first_slug(graph, iri, MTG.qualifiedBy),
        qualification_order=one(graph, iri, MTG.qualificationOrder, 0),
        not_defined_where=conditions(graph, iri, MTG.notDefinedWhere),
        applies_to=slugs(graph, iri, MTG.appliesTo),
        simplicity=one(graph, iri, MTG.simplicityRank, 0),
        buys_by=slugs(graph, iri, MTG.buysBy),
        makes_needless=slugs(graph, iri, MTG.makesNeedless),
        in_sentence=text(graph, iri, MTG.inSentence),
        ends_questions=bool(one(graph, iri, MTG.endsQuestions, False)),
        replaces_procedure=bool(one(graph, iri, MTG.replacesProcedure, False)),
        months=(
            None if least is None else (float(least), float(need(graph, iri, MTG.monthsAtMost)))
        ),
        time_spent=text(graph, iri, MTG.timeSpent),
        better_if=text(graph, iri, MTG.betterIf),
    )


def _definition(graph: Graph, iri: URIRef) -> Definition:
    return Definition(
        slug=slug(iri),
        iri=iri,
        defines=slug(need(graph, iri, MTG.defines)),
        also=first_slug(graph, iri, MTG.alsoDefinedAs),
        when=conditions(graph, iri, MTG.when),
        unless=conditions(graph, iri, MTG.unless),
        unless_stated=slugs(graph, iri, MTG.unlessStated),
        basis=slug(need(graph, iri, MTG.requirementBasis)),
        because=text(graph, iri, MTG.definitionReason),
        in_sentence=text(graph, iri, MTG.inSentence),
        refusal=text(graph, iri, MTG.refusal),
        sources=passages(graph, iri),
    )


def _attention(graph: Graph, iri: URIRef) -> Attention:
    return Attention(
        **named(graph, iri),
        arrangements=slugs(graph, iri, MTG.attentionPointOf),
        text=text(graph, iri, MTG.attentionText),
        certainty=slug(one(graph, iri, MTG.certainty, MTG.Verified)),
        sources=passages(graph, iri),
        when=conditions(graph, iri, MTG.when),
        span=span(graph, iri),
        unless=conditions(graph, iri, MTG.unless),
        bearing=Bearing(
            usages=slugs(graph, iri, MTG.forUsage), layers=slugs(graph, iri, MTG.forLayer)
        ),
        advice_note=bool(one(graph, iri, MTG.adviceNote, False)),
        to_avoid=bool(one(graph, iri, MTG.toAvoid, False)),
        model_wording=text(graph, iri, MTG.modelWording),
        model_title=text(graph, iri, MTG.modelTitle),
    )


def _incoherence(graph: Graph, iri: URIRef) -> Incoherence:
    one, other = sorted(
        (clause(graph, n) for n in graph.objects(iri, MTG.betweenAnswers)), key=clause_key
    )
    return Incoherence(
        **named(graph, iri), reading=text(graph, iri, MTG.reading), between=(one, other)
    )


def _prohibition(graph: Graph, iri: URIRef) -> Prohibition:
    return Prohibition(
        **named(graph, iri),
        reading=text(graph, iri, MTG.reading),
        when=clauses(graph, iri, MTG.when),
        unless=conditions(graph, iri, MTG.unless),
        lifted_by=conditions(graph, iri, MTG.liftedBy),
        closes_part_where=conditions(graph, iri, MTG.closesPartWhere),
        refusal=text(graph, iri, MTG.refusal),
        left_out=text(graph, iri, MTG.leftOut),
        sources=passages(graph, iri),
    )


def _proviso(graph: Graph, iri: URIRef) -> Proviso:
    return Proviso(
        **named(graph, iri),
        contracts=frozenset(slugs(graph, iri, MTG.appliesTo)),
        criteria=slugs(graph, iri, MTG.provisoOn),
        in_sentence=text(graph, iri, MTG.inSentence),
        order=int(need(graph, iri, MTG.displayOrder)),
    )


def from_graph(graph: Graph) -> Rulebook:
    """Return the rulebook a graph describes; raises BrokenKnowledge where a needed statement is missing."""
    criteria = sorted(every(graph, MTG.Criterion, _criterion), key=lambda c: (c.order, c.slug))
    arrangements = [
        _arrangement(graph, iri, kind)
        for kind_iri, kind in KINDS.items()
        for iri in iris(graph.subjects(RDF.type, kind_iri))
    ]
    thresholds = {
        iri: tuple(
            Dated(Decimal(str(need(graph, node, MTG.thresholdAmount))), span(graph, node))
            for node in sorted(
                graph.objects(iri, MTG.thresholdValue), key=lambda n: span(graph, n).first
            )
        )
        for iri in graph.subjects(RDF.type, MTG.Threshold)
        if isinstance(iri, URIRef)
    }
    return Rulebook(
        criteria={c.slug: c for c in criteria},
        arrangements={
            a.slug: a
            for a in sorted(
                arrangements, key=lambda a: (list(KINDS.values()).index(a.kind), a.order, a.slug)
            )
        },
        requirements=tuple(
            sorted(
                every(graph, MTG.RequirementVersion, requirement),
                key=lambda r: (r.slug, r.span.first),
            )
        ),
        attentions=tuple(every(graph, MTG.AttentionPoint, _attention)),
        thresholds=thresholds,
        incoherences=tuple(every(graph, MTG.Incoherence, _incoherence)),
        prohibitions=tuple(every(graph, MTG.Prohibition, _prohibition)),
        provisos=tuple(sorted(every(graph, MTG.Proviso, _proviso), key=lambda one: one.order)),
        presumptions=tuple(every(graph, MTG.Presumption, presumption)),
        question_notes=tuple(every(graph, MTG.QuestionNote, question_note)),
        themes={theme.slug: theme for theme in closed_list(graph, _THEMES)},
        definitions=tuple(every(graph, MTG.ContractDefinition, _definition)),
        qualification={step.slug: step for step in closed_list(graph, _QUALIFICATION)},
    )


@disk_cache
def rulebook() -> Rulebook:
    """Return the rulebook of the shipped data, read once for all runs."""
    return from_graph(library.data())
