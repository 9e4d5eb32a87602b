"""What one contract of DECP tells, in our keys; all that it does not tell is said to be unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import plain_form
from montages.names import slugify
from montages_decp_ted.decp.contract_changes import change_words, changes
from montages_decp_ted.decp.contract_trees import ContractTree
from montages_decp_ted.decp.field_values import (
    FORMAT,
    FieldValues,
    departement,
    nested_items,
    number_in,
)
from montages_decp_ted.field_meanings import Meaning, import_fields, named_holder, siren_in
from montages_decp_ted.imported_contract import ImportedContract, unknown_criteria
from montages_decp_ted.theme_filter import Choice

_BUYER = {False: "acheteur", True: "autoriteConcedante"}
_AMOUNT = {False: "montant", True: "valeurGlobale"}
_SIGNED = {False: "dateNotification", True: "dateSignature"}
_HOLDERS = {False: "titulaires", True: "concessionnaires"}
_OBJECT = {False: "objet", True: "objet of a concession"}
_FRAMEWORK = "accord-cadre"
_LONGEST_NAME, _LONGEST_RUN = 250, 8
_CONSIDERATIONS = ("considerationsSociales", "considerationsEnvironnementales")
_TARIFFS, _TARIFF = "tarifs", "tarif"
_MONTHS_A_YEAR = 12


def is_concession(contract: ContractTree) -> bool:
    """Tell whether a contract is a concession: by its list, its kind, or the authority that lets it."""
    kind = plain_form(str(contract.tree.get("_type", "")))
    return (
        contract.list_name == "contrat-concession"
        or "concession" in kind.split()
        or "autoriteConcedante" in contract.tree
    )


def buyer_number(tree: Mapping[str, Any], concession: bool) -> str:
    """Return the number of who let a contract, as it is written; empty where there is none."""
    buyer = tree.get(_BUYER[concession]) or tree.get(_BUYER[not concession])
    if isinstance(buyer, Mapping):
        buyer = buyer.get("id") or buyer.get("siret")
    return str(buyer) if isinstance(buyer, (str, int)) else ""


def contract_facts(
    fields: FieldValues, concession: bool, cpv: str, choice: Choice, day: date
) -> ImportedContract:
    """Return a contract as a description; `cpv` is its code, `choice` what it is about.

    `day` is that of the import: a contract whose term has passed by then is not said to run still.
    """
    identifier = fields.text("id")
    number = buyer_number(fields.tree, concession)
    siren = siren_in(number)
    keys: dict[str, Any] = {
        "project": _name(fields.text("objet"), identifier),
        "id": slugify(f"decp {siren or number} {identifier or fields.place}")[:200],
    }
    if holder := _holder(fields, siren, number, concession):
        keys["holder"] = holder
    for theme in choice.themes:
        value = {"layer": theme.value} if theme.key == "layers" else theme.value
        keys.setdefault(theme.key, []).append(value)
    answers = keys["answers"] = _numbers(fields, concession)
    for meaning in _agreeing(_meanings(fields, concession, cpv)):
        meaning.state(keys)
    _state_signature(keys, fields.day(_SIGNED[concession]), day)
    since = changes(fields, concession)
    for change in since:
        fields.note("modified-since", "modifications", change_words(change, answers))
    keys["description"] = _description(fields, concession, cpv, choice)
    keys["unknown"] = unknown_criteria(keys)
    return ImportedContract(identifier, keys, tuple(fields.notes))


def _name(object_words: str, identifier: str) -> str:
    name = object_words or f"Contrat {identifier}".strip()
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rstrip()}…"


def _holder(
    fields: FieldValues, siren: str | None, number: str, concession: bool
) -> dict[str, Any]:
    """Return who buys: its kind where its name tells it, else just somebody who acts; nothing of nobody."""
    place = _BUYER[concession] if fields.tree.get(_BUYER[concession]) else _BUYER[not concession]
    buyer = fields.tree.get(place)
    name = fields.text_of(buyer.get("nom"), f"{place}/nom") if isinstance(buyer, Mapping) else ""
    holder: dict[str, Any] = {"type": "Actor"} if number or name else {}
    if siren is not None:
        holder["siren"] = siren
    elif number:
        fields.note("no-siren", place, number)
    if name:
        holder["name"] = name[:_LONGEST_NAME]
        for meaning in named_holder(name[:_LONGEST_NAME], FORMAT):
            holder["type"] = meaning.value
            fields.note("kind-in-name", f"{place}/nom", name)
    return holder


def _numbers(fields: FieldValues, concession: bool) -> dict[str, Any]:
    amount, months = fields.amount(_AMOUNT[concession]), fields.months("dureeMois")
    numbers = {"estimated-value": amount, "duration-months": months}
    return {key: number for key, number in numbers.items() if number is not None}


def _meanings(fields: FieldValues, concession: bool, cpv: str) -> list[Meaning]:
    """Return all that the words of a contract say; of contracts, a narrower one than those before it."""
    meanings = fields.meanings_of("nature")
    for more in (
        _of_object(fields.text("objet"), concession),
        fields.meanings_of("techniques"),
        _of_execution(fields, meanings),
        fields.meanings_of("procedure"),
        fields.meanings_of("marcheInnovant"),
    ):
        meanings += more
    meanings += _of_tariffs(fields) if concession else _of_purchase(fields, cpv, meanings)
    # The first contract, or what comes after and is a kind of it, and so on.
    contract: str | None = None
    for named in (meaning.value for meaning in meanings if meaning.key == "retained"):
        if contract is None or contract in _above(named):
            contract = named
    return [
        meaning for meaning in meanings if meaning.key != "retained" or meaning.value == contract
    ]


def _of_purchase(fields: FieldValues, cpv: str, meanings: Iterable[Meaning]) -> list[Meaning]:
    """Return what the general terms say is bought; where they say nothing, what the code of CPV does."""
    of_terms = fields.meanings_of("ccag")
    of_code = import_fields(FORMAT)["codeCPV"].get(cpv[:2], ())
    if of_terms and of_code and {*of_terms} != {*of_code}:
        fields.note("terms-against-code", "ccag", f"{fields.text('ccag')} · CPV {cpv}")
    # They tell a contract only where the nature says that it is one of the kind.
    is_told = any(meaning.key == "retained" for meaning in meanings)
    return [meaning for meaning in of_terms or of_code if meaning.is_answer or is_told]


def _of_tariffs(fields: FieldValues) -> list[Meaning]:
    """Return what it says that users are charged, where the figures of a year name an amount that is."""
    charged = any(
        (number_in(str(amount)) or 0) > 0
        for amount in _tariffs(fields.tree.get("donneesExecution"))
    )
    meanings = import_fields(FORMAT)[_TARIFFS].values() if charged else ()
    return [meaning for row in meanings for meaning in row]


def _tariffs(figures: Any) -> Iterator[Any]:
    """Return what stands under the name of a tariff, however deep the format puts it."""
    if isinstance(figures, list):
        for part in figures:
            yield from _tariffs(part)
    elif isinstance(figures, Mapping):
        for key, part in figures.items():
            if key != _TARIFF or isinstance(part, (list, Mapping)):
                yield from _tariffs(part)
            else:
                yield part


def _of_object(object_words: str, concession: bool) -> list[Meaning]:
    """Return what runs of words of the object say, the longest of those that overlap."""
    values = import_fields(FORMAT)[_OBJECT[concession]]
    words = plain_form(object_words).split()
    meanings: list[Meaning] = []
    at = 0
    while at < len(words):
        for end in range(min(at + _LONGEST_RUN, len(words)), at, -1):
            meaning = values.get(" ".join(words[at:end]))
            if meaning:
                meanings += meaning
                at = end
                break
        else:
            at += 1
    return meanings


def _of_execution(fields: FieldValues, nature: Iterable[Meaning]) -> list[Meaning]:
    meanings = fields.meanings_of("modalitesExecution")
    framework = any(
        meaning.value == _FRAMEWORK
        for meaning in [*nature, *FieldValues(fields.tree, fields.place).meanings_of("techniques")]
    )
    if framework:
        forms = import_fields(FORMAT)["modalitesExecution of a framework agreement"]
        of_framework = [
            m
            for word in fields.words("modalitesExecution")
            for m in forms.get(plain_form(word), ())
        ]
        # By orders and by further contracts at once: the framework agreement, in neither form.
        meanings += of_framework if len(of_framework) == 1 else []
    return meanings


def _above(contract: str) -> set[str]:
    """Return the contracts of which one is a kind, however far."""
    arrangements, above = rulebook().arrangements, set[str]()
    todo = list(arrangements[contract].parents)
    while todo:
        broader = todo.pop()
        if broader not in above:
            above.add(broader)
            todo += arrangements[broader].parents
    return above


def _agreeing(meanings: Iterable[Meaning]) -> list[Meaning]:
    """Return what is said, but for answers that contradict each other: those stay unknown."""
    meanings = list(meanings)
    values: dict[str, set[str]] = {}
    for meaning in meanings:
        if meaning.is_answer:
            values.setdefault(meaning.key, set()).add(meaning.value)
    return [m for m in meanings if not m.is_answer or len(values[m.key]) == 1]


def _state_signature(keys: dict[str, Any], signed: date | None, day: date) -> None:
    if signed is None:
        return
    keys["signed-on"] = signed.isoformat()
    months = keys["answers"].get("duration-months")
    elapsed = (day.year - signed.year) * _MONTHS_A_YEAR + day.month - signed.month
    if "retained" in keys and months is not None and 0 <= elapsed < months:
        keys["contract-state"] = "signed"


def _description(fields: FieldValues, concession: bool, cpv: str, choice: Choice) -> str:
    """Return in words what the contract tells that no question of ours takes up."""
    place = departement(fields)
    holders = len(nested_items(fields, _HOLDERS[concession]))
    considerations = [word for name in _CONSIDERATIONS for word in fields.words(name)]
    parts = {
        "Choisi par": ", ".join(choice.told_by),
        "CPV": cpv,
        "Département d'exécution": place,
        "Titulaires": str(holders) if holders else "",
        "Offres reçues": fields.text("offresRecues"),
        "Considérations": ", ".join(considerations),
    }
    sentences = " ".join(f"{name} : {value}." for name, value in parts.items() if value)
    return f"Repris des données essentielles de la commande publique. {sentences}".strip()
