"""What is wrong or odd in the rulebook: each check gives remarks, an error, a warning or a note each.

In comes the rulebook, on a day or in each of its periods; out goes a `RulesReport`. Read `check_rules` (the
report) and `remark`, then the checks: `well_formedness` (with `owl_rl_syntax`), `sheet_coverage`, `unused`,
those that try answers out (`answer_profiles`): `reachability`, and those that count all descriptions on the
verdict diagram: `counted_descriptions`, by `counted_verdicts`. `own_data` checks all that ships against the
shapes of the house; `rules_check_text` writes both for the terminal.
"""
