"""The parts of `montages registry` and `montages publisher`: each file has the commands of one kind.

Read `registry_folder.py` (which registry is meant) and `publisher_token.py` (on whose behalf), then the
commands: `entry_reading.py`, `entry_writing.py`, `record_care.py`, `record_exports.py`.
"""
