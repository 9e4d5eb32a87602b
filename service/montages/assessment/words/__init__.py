"""The sentences of a result: its verdict, what it accepts, an answer that is wanted in words.

Read `sentences`, then `wording`, which puts an answer that is wanted into words.
"""
