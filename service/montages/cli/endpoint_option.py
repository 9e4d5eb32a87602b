"""The option that names another SPARQL engine, for the commands that ask it or load it."""

from __future__ import annotations

from montages import settings
from montages.bilingual import message
from montages.cli.bilingual_commands import option

endpoint_option = option(
    "--endpoint",
    metavar="URL",
    default=lambda: settings.get("endpoint"),
    text=message(
        "SPARQL 1.1 engine in place of the embedded one: http://127.0.0.1:8890/sparql. As whom "
        "it is asked: MONTAGES_ENDPOINT_USER, MONTAGES_ENDPOINT_PASSWORD_FILE."
    ),
)
