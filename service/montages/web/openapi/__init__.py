"""The description of the service as OpenAPI, made from the operations that modules declare.

In: the declared operations. Out: `/openapi.json`, and `/api` to be read. Read `openapi_route`, then
`openapi`, `api_page` and `request_snippets`.
"""
