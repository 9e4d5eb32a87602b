"""The rulebook looked at as a whole: checked, listed rule by rule, and compared between two days.

In come the rulebook, a day or two, and for `status_diff` some projects; out go reports as data, as JSON and
as text for the terminal. Read `rules_index` and `rules_text` (`montages rules list` and `show`), then
`checks/` (`montages rules check`) and `diffs/` (`montages rules diff`).
"""
