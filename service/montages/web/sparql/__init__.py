"""`/sparql` and the published questions: a query comes in, its answer goes out, within the limits.

Read `endpoint` (the protocol, and who runs a query), `sparql_request` (the query in a request),
`sparql_formats` (the format of its answer), `question_routes` (questions asked by name),
`service_description`.
"""
