"""The pages that list things, each also as data: lists, the two tables, namespaces, the search.

What comes in: a request. What goes out: HTML, or rows for CSV and JSON. Read `listings` first, then
`list_items`; the two tables are `matrices`.
"""
