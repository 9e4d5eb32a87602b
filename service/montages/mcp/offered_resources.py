"""What an assistant may read without a tool: resources, and templates of addresses with a name in them."""

from __future__ import annotations

from dataclasses import dataclass

from montages.bilingual import Text

SCHEME = "montages://"
JSON, YAML, PLAIN = "application/json", "application/yaml", "text/plain"


@dataclass(frozen=True)
class OfferedResource:
    """A resource, or a kind of them that has a name in its address: what it holds, in which form."""

    kind: str
    title: Text
    text: Text
    media: str = JSON
    is_named: bool = False

    @property
    def address(self) -> str:
        """Return its address, or the template of its addresses; `lang` may be left out."""
        name = "/{name}" if self.is_named else ""
        return f"{SCHEME}{self.kind}{name}"

    @property
    def template(self) -> str:
        """Return the template of its addresses, in a language or without one."""
        return f"{self.address}{{?lang}}"


OFFERED = (
    OfferedResource(
        "contracts",
        Text("Les montages", "The set-ups"),
        Text(
            "Contrats, procédures, achats à plusieurs et sociétés : nom court, libellé, définition.",
            "Contracts, procedures, channels and vehicles: short name, label, definition.",
        ),
    ),
    OfferedResource(
        "criteria",
        Text("Les critères", "The criteria"),
        Text(
            "Chaque question que l'on peut poser d'un projet, avec son thème ; fait ou choix.",
            "Each question that may be put of a project, with its theme; fact or choice.",
        ),
    ),
    OfferedResource(
        "sheet",
        Text("L'inventaire de la fiche", "The inventory of the sheet"),
        Text(
            "Chaque élément de la fiche InfraNum 2024, redit avec nos mots, et ce dont il parle.",
            "Each element of the InfraNum 2024 sheet, in our own words, and what it is about.",
        ),
    ),
    OfferedResource(
        "template",
        Text("Le modèle à remplir", "The template to fill in"),
        Text(
            "Une description en YAML avec toutes les questions et leurs réponses possibles.",
            "A description in YAML with every question and its possible answers.",
        ),
        YAML,
    ),
    OfferedResource(
        "examples",
        Text("Les exemples", "The examples"),
        Text(
            "Le nom des projets réels et des exemples fournis : montages://example/dijon.",
            "The names of the real projects and examples that ship: montages://example/dijon.",
        ),
    ),
    OfferedResource(
        "queries",
        Text("Les questions publiées", "The published questions"),
        Text(
            "Le nom et le titre de chacune, pour l'outil named_query.",
            "The name and title of each, for the tool named_query.",
        ),
    ),
    OfferedResource(
        "terms",
        Text("Les termes", "The terms"),
        Text(
            "Les préfixes, classes et propriétés que lit une requête SPARQL.",
            "The prefixes, classes and properties that a SPARQL query reads.",
        ),
    ),
    OfferedResource(
        "contract",
        Text("Un montage", "A set-up"),
        Text(
            "Définition, base légale et exigences en vigueur d'un contrat ou d'une procédure.",
            "Definition, legal basis and requirements in force of a contract or a procedure.",
        ),
        is_named=True,
    ),
    OfferedResource(
        "criterion",
        Text("Un critère", "A criterion"),
        Text(
            "Question, réponses, aide, sources d'un critère, et les exigences qui le lisent.",
            "Question, answers, help, sources of a criterion, and the requirements that read it.",
        ),
        is_named=True,
    ),
    OfferedResource(
        "requirement",
        Text("Une exigence", "A requirement"),
        Text(
            "Ce qu'elle demande, ses clauses et leurs adresses, ses versions dans le temps.",
            "What it asks, its clauses and their addresses, its versions over time.",
        ),
        is_named=True,
    ),
    OfferedResource(
        "example",
        Text("Un exemple de description", "An example of a description"),
        Text(
            "Un projet réel (Turtle) ou un exemple (YAML), à donner tel quel à un outil.",
            "A real project (Turtle) or an example (YAML), to give to a tool as it is.",
        ),
        PLAIN,
        is_named=True,
    ),
)
