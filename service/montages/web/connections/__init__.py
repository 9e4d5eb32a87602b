"""How requests come in and answers go out, so that no client, however slow, takes a thread.

What comes in: connections. What goes out: whole requests, each to a thread that answers it; refusals of what
is too slow, too large or no request. Read `buffered_worker` (who waits for what), `connection_worker` (how
one waits, and what a thread does), `connection` (a request and its answer), `connection_crowd` (who is waited
for, what is held for all, and each process's share), `request_scan` (where a request ends) and `refusals`
(what is said without the application).
"""
