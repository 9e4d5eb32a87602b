"""`POST /validate`: all that is wrong with what is sent, where, and what to write instead.

What comes in: a body, a form, a file, or the address of a document. What goes out: a report in one of
eight formats. Read `validate_route` (the operation), `request_body` (what is sent), `validate_body` (a text,
a table, or one description a line); `remote_document` fetches by address, `samples` has an example in each
syntax.
"""
