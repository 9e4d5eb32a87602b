"""A store on disk: the published graphs, and files of others beside them, loaded once and served many times.

In come files in any syntax of RDF, out comes a folder that the service opens read-only. Read `rdf_files.py`
(what may be loaded), `store_folder.py` (how the folder is laid out, and what it says of itself),
`bulk_load.py` (how files go in: all of them or none), `name_index.py` (their names, for the search) and
`served_store.py` (how the service reads it).
"""
