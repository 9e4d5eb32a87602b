"""R20, R34b, R36, R4c: the order of set-ups, told on results made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

from rdflib import URIRef

from montages.assessment.arrangement_result import ArrangementResult, Fold
from montages.assessment.ranking import ranked
from montages.assessment.rows import rows
from montages.assessment.verdict.unit_verdict import Term, UnitVerdict
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge.logic import Answer, Verdict
from montages.names import PROJECT
from sampling import RULES

FITS, ON_TERMS, TO_VERIFY, BY_CHOICE, CLOSED = Verdict
NOTHING_SAID = Text("", "")
ALONE = {"counterparty": Answer(frozenset({"none"}), state="explicit")}


def result(
    slug: str,
    verdict: Verdict,
    soft: tuple[float, float] = (0.5, 0.5),
    folded: bool = False,
    covers: Sequence[str] | None = None,
    **best: Any,
) -> ArrangementResult:
    return ArrangementResult(
        RULES.arrangements[slug],
        "undetermined",
        UnitVerdict(verdict, **best),
        soft,
        folded=Fold(()) if folded else None,
        covers=covers and tuple(covers),
    )


def units(*names: str, answers: dict[str, Answer] | None = None) -> list[Unit]:
    said = answers or {}
    return [Unit(URIRef(f"{PROJECT}p#{n}"), n, NOTHING_SAID, None, None, None, said) for n in names]


def order(results: Sequence[ArrangementResult], of: Sequence[Unit] = ()) -> list[str]:
    return [r.arrangement.slug for r in ranked(results, of or units("project"), RULES)]


def always(results: Sequence[ArrangementResult], wanted: Sequence[str], **of: Any) -> None:
    """Check an order that does not hang on the one the results come in."""
    for some in permutations(results):
        assert order(some, **of) == list(wanted)


def test_open_then_folded_then_closed_by_choice_then_closed() -> None:
    always(
        [
            result("concession", CLOSED),
            result("mpgp", BY_CHOICE),
            result("marche-simple", TO_VERIFY),
            result("accord-cadre", ON_TERMS),
            result("adhesion", FITS, folded=True),
        ],
        ["accord-cadre", "marche-simple", "adhesion", "mpgp", "concession"],
    )


def test_an_unknown_preference_is_not_rewarded() -> None:
    """By the least and the most that preferences can reach, together."""
    known, unknown, worse = (0.5, 0.75), (0.0, 1.0), (0.0, 0.5)
    always(
        [
            result("mpgp", FITS, worse),
            result("concession", FITS, unknown),
            result("marche-de-partenariat", FITS, known),
        ],
        ["marche-de-partenariat", "concession", "mpgp"],
    )


def test_of_equals_the_one_with_fewest_unusual_terms_then_the_simplest() -> None:
    unusual = (Term("remuneration", ("right-to-exploit",)),)
    usual = (Term("investment-funding", ("public",), ordinary=True),)
    always(
        [
            result("marche-simple", ON_TERMS, terms=unusual),
            result("concession", ON_TERMS, terms=usual),
            result("mpgp", ON_TERMS, terms=usual),
        ],
        ["mpgp", "concession", "marche-simple"],
    )


def test_what_asks_nothing_unusual_stands_above_what_suits_better_on_unusual_terms() -> None:
    unusual = (Term("execution", ("bons-de-commande",)),)
    usual = (Term("investment-funding", ("public",), ordinary=True),)
    always(
        [
            result("accord-cadre", ON_TERMS, (0.5, 1.0), terms=unusual),
            result("marche-simple", ON_TERMS, (0.25, 1.0), terms=usual),
        ],
        ["marche-simple", "accord-cadre"],
    )


def test_of_closed_ones_the_one_that_fewest_gates_close() -> None:
    always(
        [
            result("concession", CLOSED, (1.0, 1.0), closed_by=("a", "b")),
            result("mpgp", CLOSED, closed_by=("a",)),
            result("marche-de-partenariat", CLOSED, closed_by=("a", "b", "c")),
        ],
        ["mpgp", "concession", "marche-de-partenariat"],
    )


def test_ties_fall_in_the_order_of_the_rulebook() -> None:
    same = [result(slug, FITS) for slug in ("quasi-regie", "cooperation")]
    assert order(same) == ["quasi-regie", "cooperation"]


def test_what_covers_the_whole_stands_above_what_covers_a_part() -> None:
    """R4c: at one verdict, whatever the preferences."""
    of = units("north", "south")
    always(
        [
            result("mpgp", FITS, (1.0, 1.0), covers=["north"]),
            result("concession", FITS, (0.0, 0.0), covers=["north", "south"]),
        ],
        ["concession", "mpgp"],
        of=of,
    )


def test_the_best_of_rows_that_are_all_folded_is_not() -> None:
    folded = [result(slug, ON_TERMS, folded=True) for slug in ("concession", "dsp", "mpgp")]
    ordered = ranked([*folded, result("marche-simple", BY_CHOICE)], units("project"), RULES)
    assert {r.arrangement.slug: r.folded is not None for r in ordered} == {
        "mpgp": False,
        "concession": True,
        "dsp": True,
        "marche-simple": False,
    }


def test_a_regie_stands_below_every_open_purchase_unless_one_contracts_with_nobody() -> None:
    """R36: it is a way of running, not a purchase."""
    results = [
        result("regie", FITS, (1.0, 1.0)),
        result("marche-simple", TO_VERIFY),
        result("concession", BY_CHOICE),
    ]
    always(results, ["marche-simple", "regie", "concession"])
    always(results, ["regie", "marche-simple", "concession"], of=units("project", answers=ALONE))


def test_a_regie_is_not_first_where_every_purchase_is_hardly_sensible() -> None:
    results = [result("regie", FITS), result("concession", ON_TERMS, folded=True)]
    always(results, ["concession", "regie"])
    (first, *_) = ranked(results, units("project"), RULES)
    assert first.folded is None


def test_a_regie_that_alone_is_open_stands_first() -> None:
    always([result("regie", FITS), result("mpgp", CLOSED)], ["regie", "mpgp"])


def test_what_is_one_contract_in_law_is_one_row_named_by_its_best() -> None:
    """R36: another label closes that kind, not the row."""
    results = ranked(
        [
            result("marche-travaux", CLOSED),
            result("marche-fournitures", FITS),
            result("accord-cadre", FITS),
        ],
        units("project"),
        RULES,
    )
    simple = next(row for row in rows(results, RULES) if row.slug == "marche-simple")
    assert simple.proposed.arrangement.slug == "marche-fournitures"
    assert [r.arrangement.slug for r in simple.results] == ["marche-fournitures", "marche-travaux"]


def test_a_row_is_not_folded_for_one_of_its_kinds() -> None:
    """R34b: renting may be hardly sensible where buying is."""
    results = ranked(
        [result("location-abonnement", FITS, folded=True), result("marche-travaux", ON_TERMS)],
        units("project"),
        RULES,
    )
    (row,) = rows(results, RULES)
    assert row.best.arrangement.slug == "marche-travaux"
