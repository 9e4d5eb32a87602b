"""`POST /validate`: all that is wrong with what is sent, where, and what to write instead.

What comes in: a body, a form or a file. What goes out: a report in one of eight formats. Read
`validate_route` (the operation), `request_body` (what is sent), `validate_body` (a text, a table, or one
description a line); `samples` has an example in each syntax.
"""
