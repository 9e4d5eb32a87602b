"""Projects like this one: the real projects and the cases of the panel that are nearest to it by facts.

In: a description. Out: `SimilarProjects`, the nearest first, each with how near it is, and what was signed or
is expected. Read `project_traits` (what counts), then `similar_projects`.
"""
