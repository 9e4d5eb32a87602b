"""What is asked of the graph: in the service's processes for queries, with their check and their limits.

Read `graph_queries` (what answers, started with the first query), then `published_queries_asked` and
`shown_rows` (what is shown of an answer, and how to go on).
"""
