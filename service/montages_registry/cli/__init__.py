"""The parts of `montages registry` and `montages publisher`: each file has the commands of one kind.

Read `access.py` (which registry is meant, and on whose behalf it is written), then the commands:
`entry_reading.py`, `entry_writing.py`, `record_care.py`.
"""
