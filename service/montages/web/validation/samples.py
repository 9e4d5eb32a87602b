"""A small description in each syntax: the examples of OpenAPI, and what its tests send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.description.parsing.source_text import CSV, PLAIN, XLSX
from montages.web.route import TEXT
from montages.web.validation.request_body import ACCEPTED, LINES

SAMPLE = "project: Exemple\nholder: {type: Metropole}\nlayers: [{layer: objects, mode: own}]\n"
SAMPLE_JSON = {
    "project": "Exemple",
    "holder": {"type": "Metropole"},
    "layers": [{"layer": "objects", "mode": "own"}],
    "answers": {"investment-funding": "public"},
}
SAMPLE_TURTLE = (
    "@prefix mtg: <https://w3id.org/montages/def/> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    '<exemple> a mtg:Project ; rdfs:label "Exemple"@fr ; mtg:holder [ a mtg:Metropole ] .\n'
)
_SUBJECT = "<https://w3id.org/montages/id/project/exemple>"
SAMPLE_N_TRIPLES = (
    f"{_SUBJECT} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/montages/def/Project> .",
    f'{_SUBJECT} <http://www.w3.org/2000/01/rdf-schema#label> "Exemple"@fr .',
)
SAMPLES: dict[str, Any] = {
    "turtle": SAMPLE_TURTLE,
    "nt": "\n".join((*SAMPLE_N_TRIPLES, "")),
    "json": SAMPLE_JSON,
    "json-ld": {
        "@context": "https://w3id.org/montages/context.jsonld",
        "@id": "exemple",
        "@type": "Project",
        "project": "Exemple",
    },
    "yaml": SAMPLE,
    PLAIN: SAMPLE_TURTLE,
    "trig": SAMPLE_TURTLE.replace("<exemple> a", "<exemple> { <exemple> a") + "}\n",
    "nq": "".join(f"{line[:-1]}<https://example.org/graph> .\n" for line in SAMPLE_N_TRIPLES),
    "xml": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:mtg="https://w3id.org/montages/def/" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">'
    '<mtg:Project rdf:about="exemple">'
    '<rdfs:label xml:lang="fr">Exemple</rdfs:label></mtg:Project></rdf:RDF>',
    CSV: "projet;couches\nExemple;objects:own\n",
    XLSX: None,  # bytes, of which no text is an example
    LINES: '{"project":"A"}\n{"id":"b","syntax":"turtle",'
    '"content":"<b> a <https://w3id.org/montages/def/Project> ."}\n',
}


def body_samples(*left_out: str) -> dict[str, tuple[Mapping[str, Any], Any]]:
    """Return the schema and an example of a body for each media type taken, some syntaxes left out."""
    schemas: dict[str, Mapping[str, Any]] = {
        "json": {"$ref": "#/components/schemas/Description"},
        "json-ld": {"type": ["object", "array"]},
        XLSX: {"type": "string", "format": "binary"},
    }
    return {
        media: (schemas.get(syntax, TEXT), SAMPLES[syntax])
        for media, syntax in ACCEPTED.items()
        if syntax not in left_out
    }
