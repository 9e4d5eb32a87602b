"""The verdict diagram as a file that others walk without us (D4), and the cases by which a walker is checked.

In: the diagrams of a period (`knowledge.compiled.verdict_diagram`, `naming_diagram`). Out: JSON. Read
`verdict_file`, then `naming_file`, which tells what is named; `verdict_schema` and `verdict_cases` are of
both. The walkers in Python, JavaScript and R are files of the site, in `web/static/walkers`.
"""
