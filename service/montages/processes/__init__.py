"""Work done in processes that can be killed: at a deadline, when who asked has left, when memory runs out.

What comes in: a request as data and bytes. What goes out: an answer as data and bytes, or how the process
ended. Read `worker_pool` (who asks), then `fork_loop` (the process that forks those that answer, and their
life), `worker_connection` between them, `turns` (who waits, and for how long) and `system_calls` (what those
that answer may ask of the kernel). It knows nothing of queries or descriptions: `store.sparql` and
`web.description_pool` say what is done.
"""
