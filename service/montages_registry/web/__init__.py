"""The registry over HTTP (G1): writing entries, reading them and their versions, lists, a catalogue.

In come descriptions with the tokens of their publishers, and requests for entries; out go versions, documents
and lists. Read `app_registry` (the registry of an application), `write_routes`, then `entry_routes`.
"""
