"""What is wrong or odd in the rulebook: each check gives remarks, an error, a warning or a note each.

In comes the rulebook, on a day or in each of its periods; out goes a report. Read `check_rules` (all checks)
and `rules_report` (the report and its remarks), then the checks: `well_formedness`,
`reachability`, which tries answers out, and `counted_descriptions`, which counts all descriptions on the
verdict diagram by `counted_verdicts`. `own_data` checks all that ships against the shapes of the house;
`rules_report` writes both for the terminal.
"""
