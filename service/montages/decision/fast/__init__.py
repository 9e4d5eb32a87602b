"""The fast engine: the reference engine's steps over plain data, proved to give the same answers."""
