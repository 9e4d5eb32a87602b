"""Files and caches: where the knowledge lies on disk, and what is not worked out twice.

In: Turtle and query files. Out: graphs (`library`), queries with their headers (`published_queries`), and
values from the last start (`disk_cache`, under the `fingerprint` of all that decides). Read `library` and
`published_queries`, then `fingerprint`, `disk_cache` and `caching`; `pause_gc` stands by itself.
"""
