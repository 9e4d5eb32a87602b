"""The panel of everyday projects, run through the engine and compared with what each case expects.

`knowledge.panel` reads the cases; `panel_results` runs them and tells it in the terminal (`montages rules
report`), `panel_differences` compares, `panel_coverage` counts what they cover.
"""
