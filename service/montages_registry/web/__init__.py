"""The registry of descriptions over HTTP: writing entries, reading them, their history (G1, RFC 7089).

What comes in: descriptions of publishers, each with its token, and requests for entries as they are or were.
What goes out: versions and their documents, lists with facets, TimeMaps. Read `app_registry` (the registry of
an application), `write_routes` and `entry_gate` (what is judged before anything is written), then
`entry_routes`, `entry_answer`, `entry_documents`, `mementos` and `list_route`.
"""
