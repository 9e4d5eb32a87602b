"""The terms of RDF, RDFS and OWL that the reasoner honours, and those that say nothing to a reasoner."""

from __future__ import annotations

from montages.bilingual import message
from montages.errors import UnsupportedAxiom
from montages.names import VOCABULARIES

PREFIXES = {name: VOCABULARIES[name] for name in ("rdf", "rdfs", "owl", "xsd")}
RDF, RDFS, OWL, XSD = PREFIXES.values()

TYPE = RDF + "type"
THING = OWL + "Thing"


def terms(prefix: str, names: str) -> frozenset[str]:
    """Return the IRIs of several terms of one vocabulary."""
    return frozenset(PREFIXES[prefix] + name for name in names.split())


ANNOTATIONS = terms("rdfs", "label comment seeAlso isDefinedBy") | terms(
    "owl",
    "versionInfo versionIRI imports priorVersion backwardCompatibleWith incompatibleWith deprecated "
    "annotatedSource annotatedProperty annotatedTarget",
)
DECLARATIONS = (
    terms("rdf", "Property List")
    | terms("rdfs", "Class Datatype")
    | terms(
        "owl",
        "Class Restriction ObjectProperty DatatypeProperty AnnotationProperty OntologyProperty "
        "NamedIndividual Ontology Axiom Annotation DeprecatedClass DeprecatedProperty Thing",
    )
)
REIFICATION = terms("rdf", "Statement subject predicate object value")
CONSTRUCTS = terms("owl", "hasValue someValuesFrom intersectionOf unionOf oneOf")
SYNTAX = CONSTRUCTS | terms("rdf", "first rest") | terms("owl", "onProperty")
AXIOMS = terms("rdfs", "subClassOf subPropertyOf domain range") | terms(
    "owl", "equivalentClass equivalentProperty inverseOf propertyChainAxiom"
)
KINDS = terms("owl", "SymmetricProperty TransitiveProperty")
_USABLE = ANNOTATIONS | SYNTAX | AXIOMS
_DATATYPES = (
    terms("rdfs", "Literal Datatype")
    | terms("rdf", "PlainLiteral langString XMLLiteral HTML JSON")
    | terms("owl", "real rational")
)


def prefixed(term: str) -> str:
    """Return a term as people write it: `owl:hasKey`, or the whole IRI between angle brackets."""
    for prefix, base in PREFIXES.items():
        if term.startswith(base):
            return f"{prefix}:{term.removeprefix(base)}"
    return f"<{term}>"


def built_in(term: str) -> bool:
    """Tell whether a term is one of RDF, RDFS or OWL, reification apart: that means nothing to OWL."""
    return term.startswith((RDF, RDFS, OWL)) and term not in REIFICATION


def datatype(term: str) -> bool:
    """Tell whether a term is a built-in datatype, whose values are literals."""
    return term.startswith(XSD) or term in _DATATYPES


def check_axiom(subject: object, predicate: str, obj: str) -> None:
    """Raise UnsupportedTerm where a triple of the axioms uses a term that is not honoured."""
    if predicate == TYPE:
        if built_in(obj) and obj not in DECLARATIONS and obj not in KINDS:
            raise UnsupportedTerm(prefixed(obj), subject)
    elif built_in(predicate) and predicate not in _USABLE:
        raise UnsupportedTerm(prefixed(predicate), subject)


def is_fact(subject: str, predicate: str, obj: str) -> bool:
    """Tell whether a triple among facts says something, declarations do not.

    Raises UnsupportedAxiom where it uses a term of OWL that says more than a fact does.
    """
    term = obj if predicate == TYPE else predicate
    if built_in(term) and term not in DECLARATIONS and term not in ANNOTATIONS:
        raise unsupported(f"{prefixed(term)} among facts", prefixed(subject))
    return term not in DECLARATIONS


class UnsupportedTerm(Exception):
    """A kind of axiom that cannot be honoured, and the node that shows it."""

    def __init__(self, kind: str, node: object) -> None:
        super().__init__(kind)
        self.kind, self.node = kind, node


def unsupported(kind: str, where: str) -> UnsupportedAxiom:
    """Return the error for a kind of axiom that cannot be honoured, found somewhere."""
    return UnsupportedAxiom(
        message(
            "Unsupported axiom: {kind} ({where}). Write it another way, in OWL 2 RL and "
            "without equality of individuals, or compute with “--engine reference”.",
            kind=kind,
            where=where,
        ),
        kind=kind,
    )
