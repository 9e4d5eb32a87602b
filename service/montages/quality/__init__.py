"""The rulebook looked at as a whole: checked, shown rule by rule, and compared between two days.

In come the rulebook and a day or two; out go reports as data, as JSON and as text for the terminal. Read
`rules_index` (`montages rules show`) and `rules_diff` (what changed between two days), both told in
`rules_text`; `rule_effect` (what a rule decides by itself, and its review); then `checks/` (`montages rules
check`).
"""
