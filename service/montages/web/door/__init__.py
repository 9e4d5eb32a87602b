"""How requests come in and answers go out: uvicorn reads and writes, and threads only compute.

What comes in: connections. What goes out: whole requests, each to a thread that answers it; refusals of what
is too slow, too large or no request. Read `asgi_door` (a request and its answer), then `http_connection`
(what uvicorn's reader lacks: strict heads), `connection_crowd` (who is waited for, and until when) and
`refusals` (what is said without the application).
"""
