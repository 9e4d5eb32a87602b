"""The words of RDF, RDFS and OWL: those that are honoured, those that say nothing to a reasoner, no other."""

from __future__ import annotations

from montages.errors import UnsupportedAxiom

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD}

TYPE = RDF + "type"
THING = OWL + "Thing"
NOTHING = OWL + "Nothing"


def words(prefix: str, names: str) -> frozenset[str]:
    """Return the IRIs of several words of one vocabulary."""
    return frozenset(PREFIXES[prefix] + name for name in names.split())


ANNOTATIONS = words("rdfs", "label comment seeAlso isDefinedBy") | words(
    "owl",
    "versionInfo versionIRI imports priorVersion backwardCompatibleWith incompatibleWith deprecated "
    "annotatedSource annotatedProperty annotatedTarget",
)
DECLARATIONS = (
    words("rdf", "Property List")
    | words("rdfs", "Class Datatype")
    | words(
        "owl",
        "Class Restriction ObjectProperty DatatypeProperty AnnotationProperty OntologyProperty "
        "NamedIndividual Ontology Axiom Annotation DeprecatedClass DeprecatedProperty Thing",
    )
)
REIFICATION = words("rdf", "Statement subject predicate object value")
CONSTRUCTS = words(
    "owl", "hasValue someValuesFrom allValuesFrom intersectionOf unionOf oneOf complementOf"
)
SYNTAX = (
    CONSTRUCTS | words("rdf", "first rest") | words("owl", "onProperty members distinctMembers")
)
AXIOMS = words("rdfs", "subClassOf subPropertyOf domain range") | words(
    "owl",
    "equivalentClass equivalentProperty inverseOf propertyChainAxiom disjointWith propertyDisjointWith "
    "differentFrom",
)
KINDS = words(
    "owl",
    "SymmetricProperty TransitiveProperty AsymmetricProperty IrreflexiveProperty "
    "AllDisjointClasses AllDisjointProperties AllDifferent Nothing",
)
_USABLE = ANNOTATIONS | SYNTAX | AXIOMS
_DATATYPES = (
    words("rdfs", "Literal Datatype")
    | words("rdf", "PlainLiteral langString XMLLiteral HTML JSON")
    | words("owl", "real rational")
)


def shown(term: str) -> str:
    """Return a term as people write it: `owl:hasKey`, or the whole IRI between angle brackets."""
    for prefix, base in PREFIXES.items():
        if term.startswith(base):
            return f"{prefix}:{term.removeprefix(base)}"
    return f"<{term}>"


def built_in(term: str) -> bool:
    """Tell whether a term is a word of RDF, RDFS or OWL, reification apart: that means nothing to OWL."""
    return term.startswith((RDF, RDFS, OWL)) and term not in REIFICATION


def datatype(term: str) -> bool:
    """Tell whether a term is a built-in datatype, whose values are literals."""
    return term.startswith(XSD) or term in _DATATYPES


def check_axiom(subject: object, predicate: str, obj: str) -> None:
    """Raise Unhonoured where a triple of the axioms uses a word that is not honoured."""
    if predicate == TYPE:
        if built_in(obj) and obj not in DECLARATIONS and obj not in KINDS:
            raise Unhonoured(shown(obj), subject)
    elif built_in(predicate) and predicate not in _USABLE:
        raise Unhonoured(shown(predicate), subject)


def is_fact(subject: str, predicate: str, obj: str) -> bool:
    """Tell whether a triple among facts says something, declarations do not.

    Raises UnsupportedAxiom where it uses a word of OWL that says more than a fact does.
    """
    word = obj if predicate == TYPE else predicate
    if built_in(word) and word not in DECLARATIONS and word not in ANNOTATIONS:
        raise unsupported(f"{shown(word)} among facts", shown(subject))
    return word not in DECLARATIONS


class Unhonoured(Exception):
    """A kind of axiom that cannot be honoured, and the node that shows it."""

    def __init__(self, kind: str, node: object) -> None:
        super().__init__(kind)
        self.kind, self.node = kind, node


def unsupported(kind: str, where: str) -> UnsupportedAxiom:
    """Return the error for a kind of axiom that cannot be honoured, found somewhere."""
    return UnsupportedAxiom(
        f"Axiome non pris en charge : {kind} ({where}). L'écrire autrement, en OWL 2 RL "
        "et sans égalité d'individus, ou calculer avec « --engine reference ».",
        f"Unsupported axiom: {kind} ({where}). Write it another way, in OWL 2 RL and without "
        "equality of individuals, or compute with “--engine reference”.",
        kind=kind,
    )
