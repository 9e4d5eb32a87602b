"""R41 to R43, R47 to R49: the order of contracts and the one that is named, told on results made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import Fold
from montages.assessment.qualification import Qualified, qualified
from montages.assessment.ranking import Ranking, Row
from montages.assessment.verdict.unit_verdict import Reopening, Term, UnitVerdict
from montages.knowledge.logic import Answer, Verdict
from sampling import RULES

FITS, ON_TERMS, TO_VERIFY, BY_CHOICE, CLOSED = Verdict


def result(slug: str, verdict: Verdict, folded: bool = False, **best: Any) -> ArrangementVerdict:
    return ArrangementVerdict(
        RULES.book.arrangements[slug],
        UnitVerdict(verdict, **best),
        folded=Fold(()) if folded else None,
    )


def stated(answers: Mapping[str, str]) -> Qualified:
    given = {name: Answer(frozenset({value}), state="explicit") for name, value in answers.items()}
    return qualified(given, RULES)


def always(results: Sequence[ArrangementVerdict], wanted: Sequence[str], **answers: str) -> None:
    """Check an order that does not hang on the one the results come in."""
    for some in permutations(results):
        in_order = Ranking(some, stated(answers)).ranked
        assert [r.arrangement.slug for r in in_order] == list(wanted)


def told(results: Sequence[ArrangementVerdict], **answers: str) -> tuple[Row, ...]:
    given = stated(answers)
    return Ranking(results, given).rows


def named(results: Sequence[ArrangementVerdict], **answers: str) -> str | None:
    (first, *_) = told(results, **answers)
    return first.shown.arrangement.slug if first.named else None


def test_called_then_plain_then_open_then_folded_then_closed_by_choice_then_closed() -> None:
    always(
        [
            result("concession", CLOSED),
            result("mpgp", BY_CHOICE),
            result("marche-travaux", TO_VERIFY),
            result("accord-cadre-bons-de-commande", ON_TERMS),
            result("cooperation", FITS),
            result("adhesion", FITS, folded=True),
        ],
        [
            "accord-cadre-bons-de-commande",
            "marche-travaux",
            "cooperation",
            "adhesion",
            "mpgp",
            "concession",
        ],
        quantities="uncertain-recurrent",
    )


def test_of_what_is_called_the_first_of_the_seven_questions_comes_first() -> None:
    answers = {
        "counterparty": "controlled-entity",
        "exploitation-risk": "real",
        "market-availability": "to-be-developed",
        "remuneration": "price-tied-to-results",
        "execution": "bons-de-commande",
        "main-object": "works",
    }
    slugs = (
        "quasi-regie",
        "concession",
        "partenariat-innovation",
        "mpgp",
        "accord-cadre-bons-de-commande",
        "marche-travaux",
    )
    given = stated(answers)
    results = [result(slug, FITS) for slug in reversed(slugs)]
    assert tuple(r.arrangement.slug for r in Ranking(results, given).ranked) == slugs


def test_the_verdict_does_not_name_a_contract_that_is_called() -> None:
    """R42: however few terms another needs."""
    results = [
        result("accord-cadre-bons-de-commande", TO_VERIFY),
        result("mpgp", FITS),
        result("marche-fournitures", FITS),
    ]
    assert named(results, execution="bons-de-commande") == "accord-cadre-bons-de-commande"


def test_what_nobody_said_is_not_proposed() -> None:
    assert named([result("mpgp", FITS), result("marche-services", BY_CHOICE)]) is None


def test_a_plain_purchase_is_named_where_nothing_is_called() -> None:
    assert named([result("mpgp", FITS), result("marche-simple", TO_VERIFY)]) == "marche-simple"


def test_a_folded_contract_is_named_only_where_no_plain_one_is_open() -> None:
    concession = result("concession", ON_TERMS, folded=True)
    closed, folded = result("marche-simple", CLOSED), result("marche-simple", FITS, folded=True)
    said = {"exploitation-risk": "real"}
    assert named([concession, closed], **said) == "concession"
    assert named([concession, folded], **said) is None
    assert named([concession, closed]) is None


def test_what_is_not_called_falls_by_verdict_then_facts_then_terms_then_simplicity() -> None:
    unusual = (Term("remuneration", ("right-to-exploit",)),)
    usual = (Term("investment-funding", ("public",), ordinary=True),)
    always(
        [
            result("marche-de-partenariat", ON_TERMS, terms=usual),
            result("concession", ON_TERMS, terms=unusual),
            result("mpgp", ON_TERMS, terms=usual),
            result("cooperation", TO_VERIFY, to_verify=unusual),
        ],
        ["mpgp", "marche-de-partenariat", "concession", "cooperation"],
    )


def test_what_is_one_contract_in_law_is_one_row_named_after_the_kind_that_is_told() -> None:
    """R36, R48: another label closes that kind, not the row."""
    results = [
        result("marche-simple", FITS),
        result("marche-travaux", CLOSED),
        result("marche-fournitures", FITS),
        result("accord-cadre", FITS),
    ]
    (simple, _) = told(results, **{"main-object": "supplies"})
    assert simple.contract == "marche-fournitures"
    assert [r.arrangement.slug for r in simple.results] == ["marche-fournitures", "marche-travaux"]
    (simple, _) = told(results)
    assert simple.contract is None


def test_a_row_is_not_folded_for_one_of_its_kinds() -> None:
    """R34b: renting may be hardly sensible where buying is."""
    (row,) = told(
        [result("location-abonnement", FITS, folded=True), result("marche-travaux", ON_TERMS)]
    )
    assert row.shown.arrangement.slug == "marche-travaux"
    assert not row.folded


def closed(slug: str, *changes: tuple[str, str]) -> ArrangementVerdict:
    terms = tuple(Term(criterion, (value,)) for criterion, value in changes)
    return result(slug, BY_CHOICE, reopen=lambda: (Reopening(terms, FITS),))


def test_the_nearest_changes_least_a_figure_before_a_kind_of_thing() -> None:
    """R47."""
    months = RULES.buckets["duration-months"][0].slug
    always(
        [
            closed("mpgp", ("execution", "whole")),
            closed("accord-cadre", ("duration-months", months)),
            closed("cooperation", ("execution", "whole"), ("lots", "separable")),
        ],
        ["accord-cadre", "mpgp", "cooperation"],
    )


def test_one_does_not_turn_the_project_into_the_contract() -> None:
    """R47: what something stated calls, then what is plain, then what the change alone would call."""
    always(
        [
            closed("mpgp", ("execution", "whole")),
            closed("marche-travaux", ("execution", "whole")),
            closed("concession", ("exploitation-risk", "real")),
        ],
        ["mpgp", "marche-travaux", "concession"],
        remuneration="price-tied-to-results",
    )


def test_values_at_odds_call_no_contract() -> None:
    both = Answer(frozenset({"works", "supplies"}), state="explicit")
    assert not qualified({"main-object": both}, RULES).called


def test_what_is_stated_may_keep_a_definition_from_calling() -> None:
    said = {
        "performance-commitments": "yes",
        "duration-months": RULES.buckets["duration-months"][-1].slug,
    }
    assert "mpgp" in stated(said).called
    assert "mpgp" not in stated(said | {"investment-funding": "private"}).called
    assert "mpgp" not in stated(said | {"execution": "whole"}).called
    assert "mpgp" not in stated(said | {"operated-by": "own-staff"}).called
