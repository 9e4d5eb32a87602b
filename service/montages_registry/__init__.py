"""The registry of descriptions: what publishers give, every version of it, and never a lost one.

In come the bytes of a description and the token of its publisher; what the gate makes of them (`entry_gate`:
quads, and what lists show) is written with them, so that nothing is ever read again. Read `database` (the
tables), `version` (a version and its states), `registry` (what one may ask and write), then `web/`.
"""

from montages.bilingual import message
from montages.guests import Guest, GuestCommand, ServedFolder

REGISTRY = GuestCommand(
    "registry",
    "montages_registry.registry_commands:registry",
    message("The registry of projects: entries kept and verified."),
    after="load",
)
PUBLISHER = GuestCommand(
    "publisher",
    "montages_registry.registry_commands:publisher",
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
    errors="montages_registry.registry_errors",
)
