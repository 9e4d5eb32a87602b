"""`/sparql` and the published questions: a query comes in, its answer goes out, within the limits.

Read `query_middleware` (queries of programs), `endpoint` (all else at that address), `query_service` (who
runs a query, what is remembered, entity tags), `sparql_request` (the query in a request), `sparql_formats`
(the format of its answer), `question_routes` (questions asked by name), `service_description`.
"""
