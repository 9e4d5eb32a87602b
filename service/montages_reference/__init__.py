"""What others link to, in their vocabularies: sets written from the graph, each in the forms that they read.

In: the knowledge and a language. Out: files, each at one stable address below `/reference`, in the catalogue
and on the terminal. Read `reference_set` (what a set is), `reference_sets` (which there are), then the module
that writes the one you want.
"""

from montages.bilingual import message
from montages.guests import Guest, GuestCommand

REFERENCE = GuestCommand(
    "reference",
    "montages_reference.reference_command:reference",
    message("Write a reference set: thresholds, procedures… in the forms that others read."),
    after="dump",
)
GUEST = Guest(
    commands=(REFERENCE,),
    routes="montages_reference.reference_routes",
    datasets="montages_reference.reference_sets:datasets",
    tags={"reference": message("Reference sets")},
)
