"""The registry of descriptions: every version of every project that publishers gave, and never a lost one.

In come the bytes of a description, its publisher and the condition under which it is written; out go
versions, as they are now or as they were public at a moment. Read `registry.py` (what one may ask),
`version.py` (its data), `record_schema.py` (the file, which only grows) and `record_file.py` (how writes
become durable). It does not judge a description: the doors do, before they write.
"""
