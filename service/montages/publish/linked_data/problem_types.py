"""The kinds of problem that the service answers with, as linked data: where `type` of a problem leads."""

from __future__ import annotations

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from montages import door_errors, errors
from montages.bilingual import Text
from montages.errors import MontagesError
from montages.guests import guests
from montages.knowledge.graphs import add_text
from montages.names import BASE, MODULE, SELF_DESCRIPTION
from montages.store.licence import LICENCE
from montages.store.sparql import query_errors

PROBLEM = BASE + "problem/"
GRAPH = MODULE["problems"]
HTTP = Namespace(SELF_DESCRIPTION["http"])
_TITLE = Text("Types de problème", "Problem types")
_DEFINITION = Text(
    "Les erreurs que le service peut répondre, chacune avec son code HTTP.",
    "The errors that the service can answer, each with its HTTP status.",
)

# What each means, in French; in English it is what its class says of itself.
IN_FRENCH = {
    "address-refused": "Le service ne va pas chercher de document à cette adresse.",
    "answer-too-long": "La réponse est plus longue que ce qu'un assistant peut recevoir.",
    "broken-call": "L'appel d'un assistant a échoué d'une façon imprévue.",
    "broken-knowledge": "L'ontologie, les contrôles, les données ou les requêtes du service sont en défaut.",
    "busy": "D'autres descriptions passent d'abord, et l'attente est trop longue.",
    "client-left": "Le demandeur est parti avant la réponse : la requête a été arrêtée.",
    "does-not-conform": "La description a des défauts qui bloquent ; « findings » les donne.",
    "engine-fault": "Le moteur s'est arrêté sur la requête ; son processus est remplacé.",
    "european-form": "Le corps est une demande au validateur européen ; « door » dit où l'envoyer.",
    "engine-unreachable": "Le moteur SPARQL qui tient les données ne répond pas : revenez plus tard.",
    "error": "Une erreur que l'on peut causer ou rencontrer : quoi, où, et que faire ensuite.",
    "live-service-needed": "La réponse demande un calcul : une copie faite de fichiers ne l'a pas.",
    "another-version": "Ce n'est plus la version que nomme If-Match : la réponse en a une autre.",
    "no-such-part": "La partie demandée commence après la fin du fichier ; « length » en dit la longueur.",
    "not-acceptable": "Aucune forme existante ne convient à la demande ; « available » les donne.",
    "not-copied": "Une adresse qui devait figurer dans une copie n'a pas répondu.",
    "not-fetched": "Le document n'a pas pu être obtenu à son adresse.",
    "not-installed": "Ce qui est demandé veut une bibliothèque qui n'est pas là ; « install » la nomme.",
    "query-busy": "Trop de requêtes sont en cours : revenez plus tard.",
    "query-failed": "Le moteur n'a pas pu répondre à une requête pourtant bien écrite.",
    "query-interrupted": "Le processus qui répondait a été arrêté du dehors : la requête peut être renvoyée.",
    "query-missing": "La demande ne porte pas une requête, et une seule.",
    "query-refused": "La requête voudrait modifier quelque chose, ou appeler un autre service.",
    "query-syntax": "Le texte n'est pas du SPARQL ; « line » et « column » disent où il cesse de l'être.",
    "query-timeout": "La requête a été arrêtée à son échéance.",
    "query-too-deep": "La requête a plus de parenthèses ou de groupes emboîtés que le moteur n'en suit.",
    "query-too-large": "La requête, ou sa réponse, prend plus de mémoire ou de lignes qu'il n'est permis.",
    "query-too-long": "Le texte de la requête dépasse la longueur permise ; « setting » nomme la limite.",
    "query-truncated": "Le moteur SPARQL n'a donné qu'une partie de la réponse : rien n'en est transmis.",
    "token-required": "Ces chiffres se donnent contre le jeton des réglages.",
    "too-large": "Ce qui est envoyé dépasse une limite des réglages.",
    "too-many-requests": "Le client demande plus souvent que le service ne le permet.",
    "took-too-long": "La demande prend trop de temps : elle a été arrêtée, et le serait encore.",
    "unknown-function": "La requête appelle une fonction que le moteur n'a pas ; « function » la nomme.",
    "unknown-graph": "Le jeu de données demandé nomme un graphe qui n'est pas ici.",
    "unknown-name": "Un contrat, un projet, une requête ou une date inconnue.",
    "unknown-profile": "Le profil demandé par son nom n'existe pas.",
    "unknown-thing": "Aucune chose de la base n'a cette adresse.",
    "unreadable-input": "Ce qui est envoyé manque, est vide, ou n'est pas dans la syntaxe annoncée.",
    "unsupported-axiom": "Un axiome que le raisonneur compilé ne sait pas honorer ; « kind » dit sa sorte.",
    "unsupported-syntax": "Le corps est dans une syntaxe que rien ici ne lit.",
    "worker-lost": "Un processus de calcul s'est arrêté avant d'avoir répondu.",
    "unusable-input": "Ce qui est envoyé est bien écrit, mais ne dit rien que l'on puisse évaluer.",
}


# All that define errors: what else is imported, and when, changes nothing.
_DEFINED_IN = (errors, query_errors, door_errors)


def problem_types() -> dict[str, type[MontagesError]]:
    """Return the errors that can be answered, by slug; the first class of a slug stands for it."""
    types: dict[str, type[MontagesError]] = {}
    for module in (*_DEFINED_IN, *guests().error_modules):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, MontagesError):
                types.setdefault(kind.slug, kind)
    return dict(sorted(types.items()))


def french_meanings() -> dict[str, str]:
    """Return what each kind of problem means, in French, by slug."""
    of_guests = (module.IN_FRENCH for module in guests().error_modules)
    return {slug: text for meanings in (IN_FRENCH, *of_guests) for slug, text in meanings.items()}


def problem_graph() -> Graph:
    """Return the description of every kind of problem."""
    graph = Graph()
    graph.add((GRAPH, RDF.type, OWL.Ontology))
    add_text(graph, GRAPH, DCTERMS.title, _TITLE)
    add_text(graph, GRAPH, RDFS.label, _TITLE)
    add_text(graph, GRAPH, SKOS.definition, _DEFINITION)
    graph.add((GRAPH, DCTERMS.license, URIRef(LICENCE)))
    meanings = french_meanings()
    for slug, kind in problem_types().items():
        iri = URIRef(PROBLEM + slug)
        graph.add((iri, RDF.type, SKOS.Concept))
        graph.add((iri, RDFS.isDefinedBy, GRAPH))
        add_text(graph, iri, RDFS.label, Text(kind.title["fr"], kind.title["en"]))
        definition = " ".join((kind.__doc__ or "").split())
        add_text(graph, iri, SKOS.definition, Text(meanings.get(slug, definition), definition))
        graph.add((iri, SKOS.notation, Literal(slug)))
        graph.add((iri, HTTP.statusCodeNumber, Literal(kind.status, datatype=XSD.integer)))
    return graph
