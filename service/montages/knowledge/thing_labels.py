"""The names of the things of the data, and the things by what people write for them.

What people write for a thing of a closed list is its slug, its labels and its other names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from montages.bilingual import NO_TEXT, Text
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import label, text
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG, iris, slug

# The yes and no of a key that takes true or false.
YES_NO = str(ID["scheme/yes-no"])
ACTORS = str(MTG.Actor)
# The lists that are no criterion's: the things of a class.
_CLASSES = (
    MTG.Usage,
    MTG.ContractType,
    MTG.Procedure,
    MTG.Channel,
    MTG.Vehicle,
    MTG.ContractState,
    MTG.Criterion,
)
_NAMES = (SKOS.prefLabel, RDFS.label, SKOS.altLabel, SKOS.hiddenLabel)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})
_APART = re.compile(r"[\W_]+")
_ASIDE = re.compile(r"\s*\([^)]*\)")

# Plain form → slugs of the things that bear the name.
Names = dict[str, tuple[str, ...]]


@disk_cache
def labels() -> dict[str, Text]:
    """Return IRI → name, of everything in the data that has one."""
    data = library.data()
    named = (s for p in (SKOS.prefLabel, RDFS.label) for s in data.subjects(p))
    return {str(thing): label(data, thing) for thing in set(iris(named))}


def name_of(iri: str) -> Text:
    """Return the name of a thing of the data in both languages, its slug when it has none."""
    return labels().get(str(iri)) or Text(slug(iri), slug(iri))


@disk_cache
def definitions() -> dict[str, Text]:
    """Return IRI → definition, of everything in the data that has one."""
    data = library.data()
    defined = set(iris(data.subjects(SKOS.definition)))
    return {str(thing): text(data, thing, SKOS.definition) for thing in defined}


def definition_of(iri: str) -> Text:
    """Return the definition of a thing of the data in both languages, no text where it has none."""
    return definitions().get(str(iri), NO_TEXT)


def plain_form(text: str) -> str:
    """Return a name as it is compared: no case, accents, hyphens, apostrophes or blanks that differ."""
    bare = text.casefold()
    if not bare.isascii():
        letters = unicodedata.normalize("NFKD", bare.translate(_LIGATURES))
        bare = "".join(c for c in letters if not unicodedata.combining(c))
    return _APART.sub(" ", bare).strip()


# The words that join others and tell nothing by themselves, without accents.
FUNCTION_WORDS = frozenset(
    plain_form(
        "le la les un une des du de d l à au aux en et ou pour par avec dans sur que qui qu est ce cette mon "
        "ma mes notre nos votre vos je j nous vous on faire fait comment quel quelle quels quelles s il "
        "se n y veux voulons m t c ca sa ses son leur leurs peut peux puis pouvons dois doit faut elle elles "
        "ils jusqu the a an of for to in on with by our my we i is are and or how what which want can do "
        "does me it"
    ).split()
)


@disk_cache
def label_index() -> dict[str, Names]:
    """Return for each closed list, by the IRI of its criterion, class or scheme, its things by plain form.

    A form that two things of a list share has both.
    """
    data, ontology = library.data(), library.ontology()
    lists: dict[str, dict[str, Iterable[str]]] = {
        str(c.iri): {v.slug: _names(data, v.iri) for v in c.values}
        for c in rulebook().criteria.values()
        if c.values
    }
    for cls in _CLASSES:
        things = [t for t in data.subjects(RDF.type, cls) if isinstance(t, URIRef)]
        lists[str(cls)] = {slug(t): _names(data, t) for t in things}
    scheme = [t for t in data.subjects(SKOS.inScheme, URIRef(YES_NO)) if isinstance(t, URIRef)]
    lists[YES_NO] = {slug(t): _names(data, t) for t in scheme}
    actors = ontology.transitive_subjects(RDFS.subClassOf, MTG.Actor)
    lists[ACTORS] = {
        slug(cls): [*_names(ontology, cls), *_kind_names(data, cls)]
        for cls in actors
        if isinstance(cls, URIRef)
    }
    return {name: by_plain_form(things) for name, things in sorted(lists.items())}


def by_plain_form(things: dict[str, Iterable[str]]) -> Names:
    """Return slugs by the plain form of each name of theirs, the slug itself among them."""
    forms: dict[str, set[str]] = {}
    for thing, names in things.items():
        for name in (thing, *names):
            for form in {plain_form(name), plain_form(_ASIDE.sub("", name))} - {""}:
                forms.setdefault(form, set()).add(thing)
    return {form: tuple(sorted(of_form)) for form, of_form in sorted(forms.items())}


def _names(graph: Graph, thing: URIRef) -> list[str]:
    """Return every name of a thing, in both languages."""
    return [str(o) for p in _NAMES for o in graph.objects(thing, p) if isinstance(o, Literal)]


def _kind_names(data: Graph, cls: URIRef) -> Iterator[str]:
    """Yield the names of the kind of actor whose class this is."""
    for kind in data.subjects(MTG.actorClass, cls):
        if isinstance(kind, URIRef):
            yield from _names(data, kind)
