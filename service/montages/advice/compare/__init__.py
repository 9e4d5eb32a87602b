"""Comparison: contracts side by side, criterion by criterion, with what each accepts and why (R24).

In: an assessment. Out: a `Comparison`. Read `comparison` (the data and its JSON), then `contract_columns`.
"""
