"""What others link to, in their vocabularies: sets written from the graph, each in the forms that they read.

In: the knowledge and a language. Out: files, each at one stable address below `/reference`, in the catalogue
and on the terminal. Read `reference_set` (what a set is), `reference_sets` (which there are), then the module
that writes the one you want. An assessment has two more forms by it: `ocds_release` and `epo_turtle`.
"""

from montages.bilingual import message
from montages.guests import AssessmentForm, Guest, GuestCommand

REFERENCE = GuestCommand(
    "reference",
    "montages_reference.reference_command:reference",
    message("Thresholds, procedures, changes, in the forms of others."),
    after="dump",
)
OCDS = AssessmentForm(
    "montages_reference.ocds_release:package",
    "application/json",
    "OCDS",
    "https://standard.open-contracting.org/schema/1__1__5/release-package-schema.json",
    ending=".json",
    line="montages_reference.ocds_release:release_line",
    whole="montages_reference.ocds_release:package_file",
    schema={
        "type": "object",
        "required": ["uri", "version", "publisher", "publishedDate", "releases"],
    },
)
EPO = AssessmentForm(
    "montages_reference.epo_turtle:turtle",
    "text/turtle",
    "ePO",
    "http://data.europa.eu/a4g/ontology",
)
GUEST = Guest(
    commands=(REFERENCE,),
    routes="montages_reference.reference_routes",
    datasets="montages_reference.reference_sets:datasets",
    tags={"reference": message("Reference sets")},
    assessment_forms={"ocds": OCDS, "epo": EPO},
)
