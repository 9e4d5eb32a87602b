"""The cases of the rulebook: descriptions in YAML with what must come out of each, run through the engine.

In come folders of cases; out goes a report, and with `--accept` the files rewritten. Read `case_files` (what
a case says; a project as a new case), `case_differences` (what it expects beside what comes out, and the
rewriting) and `case_results` (all of them, with what they cover).

The panel of everyday projects (`knowledge.panel` reads it) is run by `panel_results`, compared in
`panel_differences` and counted in `panel_coverage`. `reports_text` writes both reports for the terminal.
"""
