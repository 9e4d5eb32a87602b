"""The tables of the fast engine for a period of the law: compiled once, cached on disk."""

from __future__ import annotations

from datetime import date
from functools import cache

from montages.engine.fast.rule_tables import RuleTables
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.periods import Rules, rules_at


@cache
def rule_tables(rules: Rules) -> RuleTables:
    """Return the tables of a period; raises as `compile_tables`."""
    first = rules.period.first
    return _tables(first) if rules is rules_at(first) else _compiled(rules)


@disk_cache
def _tables(first: date) -> RuleTables:
    return _compiled(rules_at(first))


def _compiled(rules: Rules) -> RuleTables:
    # Hardly a run compiles them: the compiler, and the reader of axioms, need not be there.
    from montages.engine.fast.table_compiler import compile_tables

    return compile_tables(rules)
