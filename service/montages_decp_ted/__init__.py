"""Contracts that others have published, as descriptions of ours: `montages import`.

In: a file in a format of others (essential data of public procurement, notices of TED). Out: one
`ImportedContract` a contract, its keys ready for the parser, and a note for whatever could not be read. What
the file does not tell is said to be unknown. Read `imported_contract` first, then `field_meanings` (what a
word of a format means with us: data, `data/imports/`), then the format.
"""

from montages.bilingual import message
from montages.guests import Guest, GuestCommand

IMPORT = GuestCommand(
    "import",
    "montages_decp_ted.import_command:import_",
    message("Import contracts that others have published, as descriptions."),
    after="batch",
)
GUEST = Guest(commands=(IMPORT,))
