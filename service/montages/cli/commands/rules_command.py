"""`montages rules`: check the rulebook, show a rule, see what changed between two dates."""

from __future__ import annotations

from datetime import date

import click

from montages.api import load
from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualGroup, argument, lang_option, option, session
from montages.cli.main import SUMMARIES
from montages.cli.options import DayType, as_of_option, format_option
from montages.cli.output import show, write
from montages.knowledge.periods import rules_at
from montages.publish.json_text import dump
from montages.quality.checks.check_rules import check_rules
from montages.quality.checks.counted_descriptions import closed_by
from montages.quality.checks.own_data import own_data_findings
from montages.quality.checks.rules_report import rules_check
from montages.quality.rules_diff import rules_diff
from montages.quality.rules_index import rule
from montages.quality.rules_text import rule_in_full, rules_difference
from montages.rulebook_tests.panel_results import panel_report, panel_text


@click.group(
    "rules",
    cls=BilingualGroup,
    text=SUMMARIES["rules"],
    examples=[
        ("montages rules show mpgp-realisation", message("one rule, and its history")),
        ("montages rules diff 2025-01-01 2026-06-01", message("what changed")),
    ],
)
@lang_option
def rules() -> None:
    """Group the commands about rules."""


@rules.command(
    "check",
    text=message(
        "Check the knowledge base: dead rules, contracts out of reach, missing sources.\n\nExit "
        "code 1 if an error is found."
    ),
)
@option(
    "--quick",
    is_flag=True,
    text=message("Check the period of the day alone, without the cases of the panel."),
)
@as_of_option
@lang_option
def check(quick: bool, as_of: date | None) -> int:
    """Check the rulebook and our own data."""
    lang = session().lang
    covered = None if quick else panel_report(load()).coverage
    if covered is None:
        checked = check_rules(as_of, one_period=True)
    else:
        seldom = [
            s for s, seen in covered.seen["gates"].items() if not seen & {"satisfied", "violated"}
        ]
        idle = [slug for slug, seen in covered.seen["definitions"].items() if not seen]
        checked = check_rules(as_of, seldom, idle)
    own = own_data_findings()
    show(rules_check(checked, own, lang))
    return int(not checked.passed or any(f.severity == "violation" for f in own))


@rules.command(
    "report",
    text=message(
        "Run the panel of everyday projects, and tell what its cases cover.\n\nExit code 1 if a case "
        "fails."
    ),
)
@lang_option
def report() -> int:
    """Run the panel and tell how its cases come out."""
    outcome = panel_report(load())
    show(panel_text(outcome, session().lang))
    return int(not outcome.passed)


@rules.command(
    "show", text=message("Show a rule, with the amounts of the day asked, then its history.")
)
@argument("slug", message("SLUG"))
@as_of_option
@format_option("text", "json")
@lang_option
def show_rule(slug: str, as_of: date | None, form: str) -> None:
    """Show one rule, its versions, its clauses."""
    lang = session().lang
    requirement, day = rule(slug), as_of or date.today()
    if form == "json":
        gate = requirement.on(day)
        alone = closed_by(gate, rules_at(day)) if gate else None
        write(dump(requirement.to_json(lang, day) | {"closes_alone": alone}))
    else:
        show(rule_in_full(requirement, day, lang))


@rules.command(
    "diff", text=message("Tell what changed between two dates, in the rules and in their verdicts.")
)
@argument("first", message("DATE1"), type=DayType())
@argument("second", message("DATE2"), type=DayType())
@format_option("text", "json")
@lang_option
def diff(first: date, second: date, form: str) -> None:
    """Compare the rules of two days."""
    lang = session().lang
    changes = rules_diff(first, second)
    if form == "json":
        write(dump(changes.to_json(lang)))
    else:
        show(rules_difference(changes, lang))
