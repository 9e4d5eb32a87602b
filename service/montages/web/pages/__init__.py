"""The pages: server-rendered HTML, in French and English, that works without script.

What comes in: the request, and what the application holds. What goes out: HTML (and the same lists as CSV and
JSON). Read `page_context` (what every page shares), `graph_node` and `page_filters` (what templates read and
call), then `page_routes` (forms and files), `things/thing` (the page of anything that has an IRI, chosen by
its class), `lists/listings` and `lists/list_items`, with `list_forms` (the same list by pages, as CSV, JSON).
"""
