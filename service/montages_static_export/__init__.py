"""The whole service as files that a web server gives by itself, with the rules of negotiation for nginx.

What comes in: the application, as it answers requests. What goes out: a folder, by `montages export`. Read
`addresses` first (all of them, each with its file, and what needs the service), then `nginx_site` (the rules)
and `export_service`.
"""

from montages.bilingual import message
from montages.guests import Guest, GuestCommand

EXPORT = GuestCommand(
    "export",
    "montages_static_export.export_command:export",
    message("Write the whole service as files: pages, documents, dumps."),
    after="load",
)
GUEST = Guest(commands=(EXPORT,))
