"""What is told of answers that did not go together: both, and which one counts."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from montages.bilingual import Text
from montages.engine.one_truth import Clash
from montages.engine.units import Unit
from montages.knowledge.buckets import spaced
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules
from montages.names import SHAPE
from montages.validation.findings import Finding

CONSTRAINT = str(SHAPE["Clash-one-counts"])


def clash_findings(project: URIRef, whole: Unit, rules: Rules) -> Iterator[Finding]:
    """Yield a finding for each fact of which two answers were given, or one given and one derived.

    Of two amounts one is warned; an answer that is more exact than what follows from the layers is told.
    """
    for clash in whole.clashes:
        criterion = rules.criteria[clash.criterion]
        yield Finding(
            severity="warning" if clash.numbers else "info",
            constraint=CONSTRAINT,
            focus=str(project),
            path=str(criterion.numeric_property or criterion.property),
            value=_value(clash, criterion),
            message=_amounts(clash, criterion) if clash.numbers else _stated(clash, criterion),
        )


def _value(clash: Clash, criterion: Criterion) -> str:
    if clash.numbers:
        return f"{clash.numbers[1]:f}"
    return str(criterion.value(clash.left[0]).iri)


def _amounts(clash: Clash, criterion: Criterion) -> Text:
    assert clash.numbers is not None
    most, other = clash.numbers
    unit = criterion.unit
    return Text(
        f"Deux montants sont donnés, {spaced(most, 'fr')} et {spaced(other, 'fr')} {unit.fr} : le plus haut "
        "compte, car c'est lui que l'on compare aux seuils.",
        f"Two amounts are given, {spaced(most, 'en')} and {spaced(other, 'en')} {unit.en}: the highest "
        "counts, as it is the one compared with the thresholds.",
    )


def _stated(clash: Clash, criterion: Criterion) -> Text:
    kept, left = (
        [criterion.value(slug).label for slug in slugs] for slugs in (clash.kept, clash.left)
    )
    fr, en = ([" / ".join(v[x] for v in values) for values in (kept, left)] for x in ("fr", "en"))
    return Text(
        f"{criterion.label.fr} : vous avez répondu « {fr[0]} », vos autres réponses donnent « {fr[1]} ». "
        "Nous gardons votre réponse.",
        f"{criterion.label.en}: you answered “{en[0]}”, your other answers give “{en[1]}”. "
        "Your answer is kept.",
    )
