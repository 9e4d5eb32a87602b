"""What a verdict wants reads as a sentence, for each answer that a gate may want and in both languages."""

from __future__ import annotations

import re
from datetime import date

import pytest

from montages import Assessment, load
from montages.assessment.answer.ending import Deciding, Ending, ending_sentence
from montages.assessment.naming import Naming
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import accepted_text, answer_text, facts_text, lower, terms_text
from montages.description.parsing.parse import parse
from montages.knowledge.files import library
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from montages.publish.text import assessment_text, typeset, typography
from montages.publish.text.checklist import duty_groups
from montages.publish.text.reasons import reasons

DAY = date(2026, 11, 25)
RULES = rules_at(DAY)
# Whoever may carry a project is named by the kind of body it is.
NAMED = ("holder", "layer")


def assessed(answers: str, layers: str = "[{layer: objects, mode: own}]") -> Assessment:
    text = f"project: P\nholder: {{type: Commune}}\nlayers: {layers}\nanswers: {{{answers}}}\n"
    (assessment,) = load().assess_all([parse(text, "yaml")], as_of=DAY)
    return assessment


def test_each_answer_a_gate_may_want_has_its_words() -> None:
    read = {clause.criterion for r in rulebook().requirements if r.hard for clause in r.clauses()}
    for name in sorted(read - set(NAMED)):
        criterion = rulebook().criteria[name]
        slugs = {value.slug for value in criterion.values} if criterion.values else {""}
        assert slugs == {slug for slug, _ in criterion.wordings}, name


def test_each_contract_and_procedure_one_proposes_has_its_words() -> None:
    for arrangement in RULES.proposed():
        if arrangement.kind in ("contract", "procedure"):
            assert arrangement.in_sentence.fr, arrangement.slug
            assert arrangement.in_sentence.en, arrangement.slug


def test_terms_are_listed_and_elided_as_french_wants_them() -> None:
    terms = (
        Term("remuneration", ("price-tied-to-results", "price")),
        Term("execution", ("bons-de-commande", "mixed")),
        Term("exploitation-risk", ("none",), ordinary=True),
    )
    assert terms_text(terms, RULES).fr == (
        "de payer selon les résultats ou un simple prix et d'acheter par bons de commande ou en partie "
        "par commandes"
    )
    assert terms_text(terms, RULES).en == (
        "pay by the results or a plain price and buy by purchase orders or partly by orders"
    )


def test_alternatives_that_share_no_word_each_have_what_they_follow() -> None:
    apart = (Term("management-mode", ("own", "subscription")),)
    assert (
        terms_text(apart, RULES).fr
        == "de gérer cette partie en propre ou de prendre cette partie par abonnement"
    )


def test_the_sentence_covers_every_part_of_a_project() -> None:
    example = library.ROOT / "data/examples/deux-perimetres.yaml"
    sentence = load().assess(example, as_of=DAY).answer.sentence.fr
    assert "Secteur nord" in sentence
    assert "Secteur sud" in sentence


def test_numbers_that_follow_each_other_are_one_interval() -> None:
    small = tuple(b.slug for b in RULES.buckets["duration-months"] if b.within("at-most", 96))  # type: ignore[arg-type]
    assert answer_text(Term("duration-months", small), RULES).fr == "conclure pour au plus 96 mois"


def test_facts_are_clauses() -> None:
    facts = (
        Term("competence-held", ("yes", "by-agreement")),
        Term("innovative-solution", ("yes",)),
    )
    assert facts_text(facts, RULES).fr == (
        "que vous avez la compétence ou agissez par convention pour qui l'a et que la solution est innovante"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (20000, "sans publicité ni mise en concurrence (sous 60 000 € HT)."),
        (53999, "sans publicité ni mise en concurrence (sous 60 000 € HT)."),
        (59550, "(sous 60 000 € HT, à 450 € HT du seuil : une option de plus change tout)."),
        (80000, "(à partir de 60 000 € HT et sous 216 000 € HT)."),
        (900000, "par appel d'offres ouvert (à partir de 216 000 € HT)."),
    ],
)
def test_the_sentence_says_which_procedure_suffices_by_the_thresholds_of_the_day(
    value: int, words: str
) -> None:
    answers = f"competence-held: yes, main-object: supplies, network-activity: none, estimated-value: {value}"
    sentence = assessed(answers).answer.sentence.fr.replace("\u202f", " ")
    assert sentence.startswith("Vous pouvez passer un")
    assert words in sentence


def test_a_procedure_that_is_open_by_an_exception_says_which() -> None:
    answers = (
        "competence-held: yes, public-service-object: yes, exploitation-risk: real, "
        "remuneration: right-to-exploit, network-activity: water-energy-transport, "
        "water-use: drinking-water, operated-by: contractor, estimated-value: 40000000"
    )
    sentence = assessed(answers, "[{layer: objects, mode: delegated}]").answer.sentence.fr
    assert "par la procédure de concession simplifiée (quel que soit le montant, car " in sentence


def test_a_procedure_not_settled_yet_says_what_would_settle_it() -> None:
    sentence = assessed("competence-held: yes, main-object: supplies, estimated-value: 300000")
    assert "une fois vérifié que l'achat sert votre réseau" in sentence.answer.sentence.fr


def test_what_the_amount_counts_is_said_with_the_procedure() -> None:
    answers = "competence-held: yes, main-object: supplies, estimated-value: 20000"
    text = typeset.plain(assessment_text.assessment_text(assessed(answers)), 400)
    assert "tous vos besoins de même nature" in text
    assert "R2121-1" in text
    assert "R2122-8, al. 2" in text


def test_nothing_open_says_whom_to_turn_to() -> None:
    answers = "competence-held: no, body-offers-it: no"
    sentence = assessed(answers).answer.sentence
    assert sentence.fr.startswith("Non : vous n'avez pas la compétence")
    assert "celui qui détient la compétence" in sentence.fr


def test_what_is_closed_alike_is_told_once() -> None:
    answers = "competence-held: transferred, body-offers-it: yes-member"
    text = typeset.plain(assessment_text.assessment_text(assessed(answers)), 120)
    assert text.count("Compétence détenue : transférée") == 1


def test_a_plain_contract_need_not_tell_its_object() -> None:
    """A wrong label closes nothing: works, supplies or services, it is one contract in law (R36)."""
    assessment = assessed("competence-held: yes, lots: separable")
    assert assessment.answer.first is not None
    assert assessment.answer.first.slug == "marche-simple"
    assert assessment.answer.first.shown.to_verify == ()
    assert assessment.answer.first.contract is None
    assert "passer un marché public" in assessment.answer.sentence.fr


def test_a_way_of_running_names_what_it_buys_by_and_is_not_first() -> None:
    assessment = assessed("competence-held: yes, main-object: supplies")
    assert assessment.answer.first is not None
    assert assessment.answer.first.slug != "regie"
    text = typeset.plain(assessment_text.assessment_text(assessment), 400)
    assert "une façon de faire fonctionner ; pour ses achats :" in text


def test_duties_stand_under_the_moment_they_are_due_at() -> None:
    answers = "competence-held: yes, execution: bons-de-commande, lots: separable"
    groups = duty_groups(assessed(answers).conclusions.verdict("accord-cadre").duties, "en")
    titles = [group.title for group in groups if not group.quiet]
    assert titles == ["before the launch", "in the consultation"]
    assert [duty.text for duty in groups[1].duties][:2] == [
        "Divide the contract into lots.",
        "State a maximum for each lot, in the notice; once it is reached, order no more.",
    ]


def test_the_summary_of_each_arrangement_tells_its_verdict_and_what_it_rests_on() -> None:
    assessment = assessed("competence-held: yes, exploitation-risk: none, estimated-value: 20000")
    summaries = {v.arrangement.slug: v.summary for v in assessment.conclusions.verdicts}
    assert ": fits on terms — provided you " in summaries["marche-services"].en or (
        ": to verify — that " in summaries["marche-services"].en
    )
    assert (
        "écarté par vos réponses — « Risque porté par l'entreprise si les usagers ne viennent pas »"
        in summaries["concession"].fr
    )
    assert summaries["marche-de-partenariat"].fr.split(" — ")[0].endswith("impossible")


def test_an_ordinary_purchase_is_not_told_the_threshold_of_an_innovative_one() -> None:
    answers = (
        "competence-held: yes, main-object: supplies, network-activity: none, "
        "estimated-value: 150000, execution: whole"
    )
    words = assessed(answers).answer.sentence.fr.replace("\u202f", " ")
    assert "60 000" in words
    assert "100 000" not in words


@pytest.mark.parametrize(
    ("name", "inside"),
    [("DSP", "DSP"), ("IoT network", "IoT network"), ("Réseau IoT", "réseau IoT"), ("Régie", "régie"),
     ("L'Établissement", "l'Établissement"), ("À part", "à part"), ("", "")],
)  # fmt: skip
def test_a_name_inside_a_sentence_keeps_the_capitals_of_a_word_written_with_some(
    name: str, inside: str
) -> None:
    assert lower(name) == inside


def test_answers_one_of_which_will_do_read_as_one_phrase() -> None:
    clauses = {r.slug: clause for r in rulebook().requirements if r.hard for clause in r.clauses()}
    told = {accepted_text(clause, RULES).fr for clause in clauses.values()}
    assert "En une fois ou en partie par commandes ou par tranches" in told
    assert not [text for text in told if re.search(r" ou [A-ZÉ][a-zé]", text)]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_not_in_force_says_when_it_is(lang: str) -> None:
    early = load().assess({"project": "P"}, as_of=date(2015, 6, 1), lang=lang)
    row = early.rows[0].shown
    first = typography.day(row.arrangement.span.first, lang)
    assert first in row.summary[lang]
    (told, *_) = reasons(early.conclusions, row, lang)
    assert first in told.text
    assert row.arrangement.label[lang].lower() not in told.text.lower()


@pytest.mark.parametrize(("asked", "counted"), [(5, 0), (6, 0), (7, 2)])
def test_of_many_open_questions_five_are_named_and_the_others_counted(
    asked: int, counted: int
) -> None:
    criteria = list(rulebook().criteria.values())[:asked]
    questions = [Deciding(criterion, Naming(None), ()) for criterion in criteria]
    text = ending_sentence(Ending.FEW_FACTS, questions, named=True).fr
    named = [lower(criterion.label.fr) in text for criterion in criteria]
    assert named == [True] * (asked - counted) + [False] * counted
    assert (f"{counted} autres" in text) == bool(counted)
