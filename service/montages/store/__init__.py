"""The published graphs, and the ways to ask them: by question, by SPARQL, by words, by name.

In come the files of the knowledge and the compiled rules, out go graphs, answers, labels and hits. Read
`published_dataset.py` (what is published, graph by graph) and `dataset.py` (which keeps on disk what is
worked out of it), `published_graph.py` (the one graph that questions run on, kept on disk), `questions/`
and `sparql/`, then `labels.py`, `search_index.py` and `term_tree.py`; `graph_tables.py` has graphs in the
compact form that the disk and the engine take, `disk/` those of others beside ours.
"""
