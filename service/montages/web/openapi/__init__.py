"""The description of the service as OpenAPI, made from the operations that modules declare.

In: the declared operations. Out: `/openapi.json` and its page. Read `openapi_route`, then `openapi`.
"""
