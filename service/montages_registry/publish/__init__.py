"""The forms in which entries of the registry are given: rows, places, time maps, graphs (G1).

What comes in: versions of entries, and what is read off each, its summary. What goes out: CSV, JSON, GeoJSON,
link formats and RDF. Read `entry_summary`, then `entry_facets`.
"""
