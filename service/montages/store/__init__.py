"""The published graphs, and the ways to ask them: by question, by SPARQL, by words, by name.

In come the files of the knowledge and the compiled rules, out go graphs, answers, labels and hits. Read
`published_dataset.py` (what is published, graph by graph) and `dataset.py`, `published_graph.py` (the one
graph that questions run on), `questions/` and `sparql/`, then `labels.py` and `search_index.py`;
`nquads.py` and `term_text.py` write the graphs for the engine.
"""
