"""The registry of descriptions: every version of every project that publishers gave, and never a lost one.

In come the bytes of a description, its publisher and the condition under which it is written; out go
versions, as they are now or as they were public at a moment. Read `registry.py` (what one may ask),
`version.py` (its data), `record_schema.py` (the file, which only grows) and `record_file.py` (how writes
become durable). `entry_check.py` judges what the doors are given, before they write: the command line
(`cli/`) and HTTP (`web/`); `publish/` has the forms of entries and their catalogue.
"""

from montages.bilingual import message
from montages.guests import Guest, GuestCommand, ServedFolder

REGISTRY = GuestCommand(
    "registry",
    "montages_registry.cli.registry_command:registry",
    message("The registry of projects: entries kept and verified."),
    after="load",
)
PUBLISHER = GuestCommand(
    "publisher",
    "montages_registry.cli.publisher_command:publisher",
    message("The publishers of the registry and their tokens."),
    after="load",
)
FOLDER = ServedFolder(
    "registry",
    message("Registry to serve, which “montages registry init” made: /projects gives its entries."),
    ("montages serve --registry registre", message("with a registry of projects")),
)
GUEST = Guest(
    commands=(REGISTRY, PUBLISHER),
    folders=(FOLDER,),
    routes="montages_registry.web.registry_part",
    tags={"registry": message("The registry of projects")},
    service_part="montages_registry.web.registry_part:registry_part",
    hold="montages_registry.service_lock:hold_registry",
    errors="montages_registry.registry_errors",
)
