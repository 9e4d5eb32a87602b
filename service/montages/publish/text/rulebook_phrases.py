"""The fixed phrases on the rules themselves, by key: their tests and panel, figures, sources and changes."""

from __future__ import annotations

from montages.bilingual import message, plural

RULEBOOK_PHRASES = {
    "invalid": message("description does not conform:"),
    "panel": message("panel"),
    "panel-gates": message("gates seen satisfied and violated"),
    "panel-duties": message("duties seen due and not due"),
    "panel-folds": message("folds seen"),
    "panel-presumptions": message("presumptions seen applied and contradicted"),
    "panel-definitions": message("definitions that decide a case by themselves"),
    "panel-expected": message("contracts and procedures expected twice at least"),
    "descriptions-counted": message(
        "coherent descriptions, all of them counted, over the criteria that verdicts depend on:"
    ),
    "share-of-descriptions": message("A share of descriptions is no share of real projects."),
    "verdicts-move": message(
        "Share of coherent descriptions whose verdict moves, and the shortest one"
    ),
    "same-verdicts": message("No verdict moves."),
    "closes-alone": message("The shortest description that this gate closes by itself"),
    "closes-never-alone": message(
        "This gate closes nothing by itself: another one closes at the same time."
    ),
    "verdicts-on-contracts": message("verdicts on contracts"),
    "nothing-open": message("nothing open"),
    "descriptions-stuck": message("nothing open nor to reopen, and no law that says so"),
    "only-own": message("nothing open but a régie"),
    "only-own-stuck": message("nothing but a régie, nor to reopen, and no law that says so"),
    "figure-contract_types": message("contract types"),
    "figure-requirements": message("requirements"),
    "figure-bare": message("… without source or reading"),
    "figure-bare-rule": message("each has its source, and its reading in French and in English"),
    "figure-sheet_uncited": message("cells of the sheet not cited"),
    "figure-diagram_nodes": message("nodes of the verdict diagram"),
    "figure-blank": message("blank in the sheet"),
    "figure-hard": message("gates"),
    "figure-duties": message("duties"),
    "figure-soft": message("preferences"),
    "figure-criteria": message("criteria"),
    "figure-sources": message("sources"),
    "is-hard": message("required"),
    "is-duty": message("to do"),
    "is-soft": message("suits"),
    "since": message("since"),
    "until": message("until"),
    "in-force": message("in force"),
    "not-in-force-on": message("not in force on"),
    "value-on": message("amounts as of"),
    "history": message("History"),
    "read-officially": message("at the official address"),
    "in-a-copy": message("in a copy"),
    "in-copies": message("in copies"),
    "no-address": message("address not kept"),
    "on-the": message("on "),
    "day-not-noted": message("day of reading not noted"),
    "when": message("only when:"),
    "unless": message("unless:"),
    "change-added": message("added"),
    "change-removed": message("removed"),
    "change-changed": message("changed", context="by an author"),
    "same-rules": message("The rules are the same."),
    "same-statuses": message("Nothing changes for these projects."),
    "before": message("Before"),
    "to-do-from-then": message("To do from then on"),
    "no-longer-to-do": message("No longer to do"),
}
# What is counted, with its number.
RULEBOOK_NOUNS = {
    "case": plural("{n} case passed", "{n} cases passed"),
    "failure": plural("{n} failure", "{n} failures"),
    "error": plural("{n} error", "{n} errors"),
}
