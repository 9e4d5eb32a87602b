"""The JSON of an assessment, written once a fact, in two sizes (R40).

In: what is concluded of a project. Out: bytes, the same at every door. Read `full_json`, then `brief_json`.
"""
