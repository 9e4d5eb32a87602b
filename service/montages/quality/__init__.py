"""The rulebook looked at as a whole: checked, listed rule by rule, and compared between two days.

In come the rulebook, a day or two, and for `status_diff` some projects; out go reports as data, as JSON and
as text for the terminal. Read `rules_index` (`montages rules list` and `show`), `rules_diff` (what changed
between two days) and `status_diff` (what that changes for projects), all three told in `rules_text`;
`rule_effect` (what a rule decides by itself), told in `review_text` (`montages rules review`); then `checks/`
(`montages rules check`).
"""
