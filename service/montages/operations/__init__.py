"""What one can ask of Montages, declared once for every door: the command line, HTTP, assistants.

What comes in: an entry for each thing that two doors or more offer, with its words, its parameters and the
names of what answers. What goes out: what each door makes its command, its route or its tool of; nothing that
answers is loaded before it is called. Read `operation` (what an entry is), `parameter` (what it takes), then
an entry of `advice`; `table` has them all.
"""
