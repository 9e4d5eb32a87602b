"""Any IRI that the store speaks of, ours or another's: a page and a document, made when asked for.

In comes an IRI as a parameter, out goes what the store says of it. Read `describe_route.py`;
`store/resource_description.py` asks, `web/pages/things/resource_page.py` shows.
"""
