"""A store on disk: the published graphs, and files of others beside them, loaded once and served many times.

In come files of RDF, out comes a folder that the service opens read-only. Read `rdf_files.py` (what may be
loaded), `store_folder.py` (how the folder is laid out, and what it says of itself) and `bulk_load.py` (how
files go in: all of them or none).
"""
