"""In words: what two projects have in common, what differs, and how a precedent ended or should end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from montages.advice.similar.gower_similarity import FactSimilarity
from montages.advice.similar.precedents import Precedent, PrecedentKind
from montages.advice.similar.project_traits import OF_LAYER, ProjectTraits
from montages.assessment.wording import enumerated, lower
from montages.bilingual import NO_TEXT, Text, message
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.buckets import spaced
from montages.knowledge.comparison_facts import HOLDER, LAYERS, MODES, USAGES, ComparisonFact
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of
from montages.names import ID

LANGS = ("fr", "en")
# From here on two projects are alike in a fact: half of the values in common, or, for an amount that is not
# alike at all from a hundredfold on, the same order of magnitude.
NEAR = 0.5
# So many facts are named that are alike, so many that are not, and so many values of each.
_ALIKE, _UNLIKE, _VALUES = 4, 3, 3

# Of a fact: what one says where it is the same, and where it is nearly.
_WORDS = {
    HOLDER: (message("same kind of holder"), message("similar kind of holder")),
    USAGES: (message("same uses"), message("some uses in common")),
    LAYERS: (message("same layers"), message("some layers in common")),
    MODES: (message("same modes of management"), message("some modes of management in common")),
}
_NUMBER = (message("{}: the same"), message("{} of the same order"))
_ONE_MORE = message("one more answer alike")
_MORE = message("{} more answers alike")
_NOTHING_RETAINED = message("the sources do not say which contract was signed")
_RETAINED, _SIGNED = message("retained: {}"), message("in {}")
# What a practitioner expects of the set-ups named, by the word of the panel.
_EXPECTED = {
    "first": message("a practitioner expects first: {}"),
    "nearest": message("a practitioner would change little for: {}"),
    "fits": message("a practitioner expects to fit: {}"),
    "open": message("a practitioner expects open: {}"),
    "to-verify": message("a practitioner would verify: {}"),
    "closed-by-choice": message("a practitioner expects choices to close: {}"),
    "closed": message("a practitioner expects closed: {}"),
}
_NOTHING_EXPECTED = message("a practitioner draws no contract from it")


def is_near(fact: FactSimilarity) -> bool:
    """Tell whether two projects are alike in a fact, or nearly."""
    return fact.similarity >= NEAR


def alike_words(alike: Sequence[FactSimilarity], there: ProjectTraits) -> Text:
    """Return what is alike: `même type de porteur, mêmes usages, valeur estimée du même ordre`."""
    words = [_alike(fact, there) for fact in alike[:_ALIKE]]
    if (more := len(alike) - _ALIKE) > 0:
        words.append(_ONE_MORE if more == 1 else _both(_MORE, Text(str(more), str(more))))
    return _joined(words, ", ")


def unlike_words(unlike: Sequence[FactSimilarity], there: ProjectTraits) -> Text:
    """Return what differs, as the other project has it: `porteur : métropole ; usages : eau`."""
    parts = [_stated(fact.fact, there) for fact in unlike[:_UNLIKE]]
    return Text(" ; ".join(part.fr for part in parts), "; ".join(part.en for part in parts))


def ending_words(precedent: Precedent) -> Text:
    """Return what was retained by a real project, or what a practitioner expects of a case."""
    arrangements = rulebook().arrangements
    labels = [arrangements[name].label for name in precedent.set_ups]
    names = Text(*(enumerated([lower(label[x]) for label in labels], x) for x in LANGS))
    if precedent.kind is PrecedentKind.PANEL:
        return _both(_EXPECTED[precedent.expected], names) if labels else _NOTHING_EXPECTED
    if not labels:
        return _NOTHING_RETAINED
    details = []
    if precedent.signed_on:
        year = precedent.signed_on[:4]
        details.append(_both(_SIGNED, Text(year, year)))
    if precedent.state and (precedent.state != "signed" or not details):
        details.append(_lower(name_of(f"{ID}contract-state/{precedent.state}")))
    retained = _both(_RETAINED, names)
    inside = _joined(details, ", ")
    return Text(*(f"{retained[x]} ({inside[x]})" if details else retained[x] for x in LANGS))


def fact_value(fact: ComparisonFact, traits: ProjectTraits) -> Text:
    """Return what a project states of a fact; no text where it states nothing."""
    if fact.ratio is not None:
        number = traits.numbers.get(fact.slug)
        return NO_TEXT if number is None else _amount(fact, number)
    return _joined(_names(fact, traits), ", ")


def _names(fact: ComparisonFact, traits: ProjectTraits) -> list[Text]:
    values = traits.values.get(fact.slug, frozenset())
    if fact.slug == HOLDER:
        kinds = {cls: kind for kind, cls in classes_of_kinds().items()}
        return [name_of(f"{ID}actor-kind/{kinds.get(cls, cls)}") for cls in traits.holder]
    if fact.slug in (USAGES, LAYERS):
        folder = "usage" if fact.slug == USAGES else "layer"
        return [name_of(f"{ID}{folder}/{name}") for name in sorted(values)]
    if fact.slug == MODES:
        return [_mode(value) for value in sorted(values)]
    return [v.label for v in rulebook().criteria[fact.slug].values if v.slug in values]


def _mode(value: str) -> Text:
    layer, _, mode = value.partition(OF_LAYER)
    of, how = name_of(f"{ID}layer/{layer}"), name_of(f"{ID}management-mode/{mode}")
    return Text(f"{of.fr} ({_lower(how).fr})", f"{of.en} ({_lower(how).en})")


def _amount(fact: ComparisonFact, number: float) -> Text:
    exact = Decimal(repr(number))
    return Text(*(f"{spaced(exact, x)} {fact.unit[x]}" for x in LANGS))


def _alike(similarity: FactSimilarity, there: ProjectTraits) -> Text:
    fact, same = similarity.fact, similarity.similarity == 1
    if fact.slug in _WORDS:
        return _WORDS[fact.slug][not same]
    if fact.ratio is not None:
        return _both(_NUMBER[not same], _lower(fact.label))
    return _stated(fact, there)


def _stated(fact: ComparisonFact, traits: ProjectTraits) -> Text:
    """Return a fact as another project has it, in a few words: `usages : eau, déchets, …`."""
    if fact.ratio is not None:
        value = fact_value(fact, traits)
    else:
        names = [_lower(text) for text in _names(fact, traits)]
        more = [Text("…", "…")] * (len(names) > _VALUES)
        value = _joined([*names[:_VALUES], *more], ", ")
    name = _lower(fact.label)
    return message("{name}: {value}", name=name, value=value)


def _both(pattern: Text, word: Text) -> Text:
    return Text(*(pattern[x].format(word[x]) for x in LANGS))


def _joined(texts: Sequence[Text], between: str) -> Text:
    return Text(*(between.join(text[x] for text in texts) for x in LANGS))


def _lower(text: Text) -> Text:
    return Text(lower(text.fr), lower(text.en))
