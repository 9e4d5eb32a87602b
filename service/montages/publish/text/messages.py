"""The fixed phrases of the terminal and of pages, in French and in English, by key.

A sentence with variables is a pair beside the code that composes it; a text that only a page of the
service has stands in its template, its English in the catalogue of the pages.
"""

from __future__ import annotations

from montages.bilingual import message, plural

# A noun that is counted has two keys: `-one` and `-many`.
PHRASES = {
    "law": message("Law as of"),
    "rules": message("rules"),
    "answers": message("Answers"),
    "presumed": message("Presumed"),
    "presumed-else": message("if that is wrong, say so: your answer prevails"),
    "what-fits": message("What fits"),
    "more": message("All the detail, requirement by requirement: --detail full."),
    "to-fill-in": message("All the questions, to fill in: montages new project.yaml."),
    "in-rows": message("in"),
    "left-open": message("What is still possible"),
    "still-open": message("Possible, depending on your answers"),
    "same": message("this one"),
    "forbidden": message("Forbidden"),
    "to-avoid": message("Not to do"),
    "provisos": message("Holds if"),
    "to-plan": message("To plan for"),
    "to-write": message("To write"),
    "other-way": message("Another way"),
    "decides": message("Decision"),
    "presumed-by-law": message("Presumed by law"),
    "presumed-by-practice": message("Presumed by practice"),
    "presumed-wrong": message("If that is wrong, answer yourself, and the presumption falls:"),
    "provisional": message("provisional"),
    "terms": message("provided you"),
    "on-terms": message("then provided you"),
    "also-mind": message("see also:"),
    "once-verified": message("once it is verified"),
    "for-all": message("To verify in every case"),
    "to-find-out": message("to verify:"),
    "ordinary-terms": message("on ordinary terms"),
    "nothing-else": message("nothing else to verify"),
    "reopens": message("becomes possible again provided you"),
    "buys-by": message("a way of running; for what it buys:"),
    "presumed-against": message("closed by a presumption"),
    "maybe-to-do": message("perhaps"),
    "done": message("done"),
    "calendar": message("Calendar"),
    "duties": message("What will have to be done"),
    "procedure": message("Procedure"),
    "unasked": message("Possible too, depending on your answers"),
    "alert": message("Warning"),
    "retained": message("Retained contract"),
    "signed": message("signed"),
    "retained-on": message("on"),
    "to-answer": message("To answer, to settle it"),
    "useful": message("The most useful answers"),
    "and": message("and"),
    "or": message("or"),
    "instead": message("instead of"),
    "accepted": message("accepted:"),
    "given-value": message("given:"),
    "did-you-mean": message("Did you mean"),
    "number": message("a number"),
    "several": message("several may apply"),
    "no-hard": message("No legal requirement of its own"),
    "all-hard": message("all the legal requirements are met"),
    "around": message("Around the contract"),
    "units": message("By layer and perimeter"),
    "units-alike": message("All units give the same result."),
    "what-if": message("What would change the answer"),
    "would-need": message("unmet condition"),
    "left-to-verify": message("it is left to verify"),
    "gains": message("Brings closer too"),
    "losses": message("Takes further away"),
    "findings": message("What the check says"),
    "hard": message("Legal requirements"),
    "soft": message("Suitability"),
    "attention": message("Points of attention"),
    "contest": message("Contest a result:"),
    "contracts": message("Contracts"),
    "depends": message("depends on:"),
    "after-signature": message("was not in force at signature"),
    "detail": message("The detail"),
    "details": message("The detail, contract by contract"),
    "costs": message("Who pays what"),
    "proof-help": message(
        "Each step concludes something by a rule, in brackets, from the steps below it. "
        "“asserted”: said by the description; “published”: said by the ontology or the rules; "
        "“close/…” and “derive/…”: a published query; the other names are OWL 2 RL rules. The status that is "
        "proved is the reasoner's, which does not yet tell choices, which one may change, from facts."
    ),
    "proof-above": message("shown above"),
    "proof-searched": message("searched without finding anything, for"),
    "proof-verify": message(
        "To have it verified: montages explain FILE --contract SLUG --depth proof --format "
        "json | montages verify-proof FILE -"
    ),
    "conforms": message("conforms"),
    "understood": message("Understood"),
    "shapes-looked": message("shapes had something to check, out of"),
    "sum-open": message("Facts still open, on average a project"),
    "sum-lacking": message("most often missing:"),
    "query-help": message(
        "montages query NAME, with --parameters KEY=VALUE for what follows the title; --format csv, "
        "json or turtle."
    ),
    # On the rules themselves: their check and panel, figures, sources and changes.
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
}
# What is counted, with its number.
NOUNS = {
    "given": plural("{n} given", "{n} given"),
    "derived": plural("{n} derived", "{n} derived"),
    "assumed": plural("{n} assumed", "{n} assumed"),
    "presumed": plural("{n} presumed", "{n} presumed"),
    "warning": plural("{n} warning", "{n} warnings"),
    "info": plural("{n} remark", "{n} remarks"),
    "unknown": plural("{n} declared unknown", "{n} declared unknown"),
    "contract": plural("{n} contract", "{n} contracts"),
    "interface": plural("{n} interface", "{n} interfaces"),
    "question": plural("{n} question", "{n} questions"),
    "alike": plural(
        "{n} criterion does not tell these contracts apart",
        "{n} criteria do not tell these contracts apart",
    ),
    "other": plural("{n} more", "{n} more"),
    "other-way": plural("{n} other way", "{n} other ways"),
    "project": plural("{n} project", "{n} projects"),
    "retained": plural("{n} retained contract", "{n} retained contracts"),
    "around": plural(
        "{n} procedure, channel or vehicle retained",
        "{n} procedures, channels and vehicles retained",
    ),
    "row": plural("{n} row", "{n} rows"),
    "case": plural("{n} case passed", "{n} cases passed"),
    "failure": plural("{n} failure", "{n} failures"),
    "error": plural("{n} error", "{n} errors"),
}


def phrase(key: str, lang: str) -> str:
    """Return a phrase by its key; KeyError for an unknown key."""
    return PHRASES[key][lang]


def plural_of(number: int, noun: str, lang: str) -> str:
    """Return a number and its noun: `1 contrat`, `5 contrats`; zero is singular in French only."""
    return NOUNS[noun].fill(n=number)[lang]


def and_others(number: int, lang: str) -> str:
    """Return how many more there are, after some: `et 3 autres`."""
    return f"{phrase('and', lang)} {plural_of(number, 'other', lang)}"
