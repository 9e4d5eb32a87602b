"""A project in an address: our keys as parameters of a link, and back, by pure functions.

What comes in: a tree of our keys, or the parameters of a link. What goes out: the other of the two, and what
is wrong with each parameter. Read `project_address` (what a link holds, and its faults), then `write_address`
and `read_address`, and `address_answers` (the same told).
"""
