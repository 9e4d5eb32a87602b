"""The cases of the rulebook: descriptions in YAML with what must come out of each, run through the engine.

In come folders of cases; out goes a report, and with `--accept` the files rewritten. Read `case_files` (what
a case says), `case_differences` (what it expects beside what comes out), `run_cases` (all of them, with
their `coverage`), `cases_text` (the report for the terminal), `accept` (rewriting) and `export_case` (a
project as a new case).

The panel of everyday projects (`knowledge.panel` reads it) is run by `panel_results`, compared in
`panel_differences`, counted in `panel_coverage` and told in `panel_text`.
"""
