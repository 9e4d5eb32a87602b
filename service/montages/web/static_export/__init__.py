"""The whole service as files that a web server gives by itself, with the rules of negotiation for nginx.

What comes in: the application, as it answers requests. What goes out: a folder. Read `copied_address` (an
address and its file), `copied_addresses` (all of them), `live_addresses` (what needs the service),
`nginx_site` (the rules), then `write_copy`.
"""
