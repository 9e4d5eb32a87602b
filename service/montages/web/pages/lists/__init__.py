"""The pages that list things, each also as data: lists, the two matrices, search, answers to questions.

What comes in: a page context. What goes out: HTML, or rows for CSV and JSON (`table_page`). Read `listings`
first, then `sheet_table` and `layer_matrix`.
"""
