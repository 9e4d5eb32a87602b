"""The pages that list things, each also as data: lists, the sheet's table, namespaces, the search.

What comes in: a page context. What goes out: HTML, or rows for CSV and JSON. Read `listing_routes` (the
addresses) and `listings` first, then `list_items`; the management matrix is in `things/layer`.
"""
