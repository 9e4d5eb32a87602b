"""What users send, parsed and judged in processes that are killed at the deadline (V4).

What comes in: some bytes and options of a request. What goes out: its answer. Read `run_apart` (what routes
call), then `description_pool` (the processes, forked from one that holds the application) and
`application_worker` (what one of them does). Without a pool, as in tests, the same is done in the thread.
"""
