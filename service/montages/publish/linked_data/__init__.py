"""What is published as linked data: a document a thing, the catalogue, VoID, dumps, the sitemap.

In comes the published dataset, out go graphs and files with their media types. Read `documents.py`
(which IRI has a document, and what it says), `formats.py` and `document_context.py` (how it is written),
`dump_files.py`, `void.py` and `dcat.py` (the whole, described for harvesters), then the rest.
"""
