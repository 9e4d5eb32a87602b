"""The whole service as files that a web server gives by itself, with the rules of negotiation for nginx.

What comes in: the application, as it answers requests. What goes out: a folder. Read `addresses` (all of
them, each with its file, and what needs the service), `nginx_site` (the rules), then `export_service`.
"""
