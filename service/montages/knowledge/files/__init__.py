"""Files and caches: where the knowledge lies on disk, and what is not worked out twice.

In: Turtle, YAML and query files. Out: graphs (`library`), queries with their headers (`published_queries`),
and values from the last start (`disk_cache`, under the fingerprint of all that decides). Read them in this
order; `caching`, in memory alone, stands by itself.
"""
