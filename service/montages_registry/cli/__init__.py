"""The commands of the registry: what its operator does with it, and who may write in it over HTTP.

Read `registry_command` (the record: made, listed, erased from, copied), then `publisher_command`.
"""
