"""What each rule of a proof allows: a function from a conclusion and premises to yes or no.

Facts are three texts. The names are those of the OWL 2 RL rules and of the published queries.
"""

from __future__ import annotations

from collections.abc import Callable

from rdflib import RDF

from montages.names import ID, MTG

Fact = tuple[str, ...]
D = str(MTG)
TYPE = str(RDF.type)
SUB = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
SUBPROPERTY = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf"
CHAIN = "http://www.w3.org/2002/07/owl#propertyChainAxiom"


def _arguments(expression: str, kind: str) -> list[str]:
    if not expression.startswith(f"{kind}(<"):
        return []
    return expression[len(kind) + 2 : -2].split(">,<")


def _subclass(fact: Fact, premises: list[Fact]) -> bool:
    x, p, wider = fact
    return p == TYPE and any(
        (x, TYPE, narrower) in premises for narrower, q, c in premises if q == SUB and c == wider
    )


def _from_value(fact: Fact, premises: list[Fact]) -> bool:
    arguments = _arguments(fact[2], "hasValue")
    return fact[1] == TYPE and len(arguments) == 2 and (fact[0], *arguments) in premises


def _to_value(fact: Fact, premises: list[Fact]) -> bool:
    return (fact[0], TYPE, f"hasValue(<{fact[1]}>,<{fact[2]}>)") in premises


def _intersection(fact: Fact, premises: list[Fact]) -> bool:
    members = fact[2][6:-1].split("&") if fact[2].startswith("allOf(") else []
    return (
        fact[1] == TYPE and bool(members) and all((fact[0], TYPE, m) in premises for m in members)
    )


def _some(fact: Fact, premises: list[Fact]) -> bool:
    arguments = _arguments(fact[2], "someValuesFrom")
    return len(arguments) == 2 and any(
        (fact[0], arguments[0], y) == f and (y, TYPE, arguments[1]) in premises
        for f in premises
        for y in (f[2],)
    )


def _subproperty(fact: Fact, premises: list[Fact]) -> bool:
    x, p, y = fact
    return any((x, q, y) in premises for q, r, wide in premises if r == SUBPROPERTY and wide == p)


def _chain(fact: Fact, premises: list[Fact]) -> bool:
    x, p, y = fact
    for s, q, expression in premises:
        if (s, q) == (p, CHAIN):
            reached = {x}
            for step in _arguments(expression, "chain"):
                reached = {o for a, b, o in premises if b == step and a in reached}
            if y in reached:
                return True
    return False


def _conclusion(fact: Fact, premises: list[Fact]) -> bool:
    unit, how, version = fact
    outcome = {"satisfies": "Satisfied", "violates": "Violated", "exemptFrom": "NotApplicable"}
    wanted = outcome.get(how.removeprefix(D))
    return any(
        (cls, f"{D}outcomeOf", version) in premises
        and (cls, f"{D}outcome", f"{D}{wanted}") in premises
        for s, p, cls in premises
        if (s, p) == (unit, TYPE)
    )


def _outcome(fact: Fact, premises: list[Fact]) -> bool:
    unit, _, name = fact[0].partition("/check/")
    version = "https://w3id.org/montages/requirement/" + name

    def is_in(how: str) -> bool:
        return (unit, D + how, version) in premises

    def is_out(how: str) -> bool:
        return (f"not:{unit}", D + how, version) in premises

    table = {
        "Satisfied": is_in("satisfies") and is_out("violates"),
        "NotApplicable": is_in("exemptFrom") and is_out("violates"),
        "Violated": is_in("violates") and is_out("satisfies"),
        "Contradicted": is_in("violates") and is_in("satisfies"),
        "Undetermined": is_out("violates") and is_out("satisfies"),
    }
    return fact[1] == f"{D}outcome" and table.get(fact[2].removeprefix(D), False)


def _obstacle(fact: Fact, premises: list[Fact]) -> bool:
    unit, against, arrangement = fact
    wanted = {"ruledOutFor": "Violated", "contradictedFor": "Contradicted"}.get(
        against.removeprefix(D)
    )
    for s, p, o in premises:
        node, _, name = s.partition("/check/")
        if (node, p, o) == (unit, f"{D}outcome", f"{D}{wanted}"):
            version = "https://w3id.org/montages/requirement/" + name
            hard = (version, f"{D}strength", f"{D}Hard") in premises
            if hard and (arrangement, f"{D}requires", version) in premises:
                return True
    return False


def _status(fact: Fact, premises: list[Fact]) -> bool:
    unit, _, slug = fact[0].partition("/verdict/")
    folders = ("contract", "procedure", "channel", "activity", "vehicle")
    names = [str(ID[f"{folder}/{slug}"]) for folder in folders]
    eligible = f"https://w3id.org/montages/compiled/Eligible-{slug}"

    def against(how: str, sign: str = "") -> bool:
        return any((f"{sign}{unit}", D + how, name) in premises for name in names)

    free = against("ruledOutFor", "not:") and against("contradictedFor", "not:")
    table = {
        "Ineligible": against("ruledOutFor"),
        "Conflict": against("contradictedFor") and against("ruledOutFor", "not:"),
        "Eligible": free and (unit, TYPE, eligible) in premises,
        "UndeterminedStatus": free and (f"not:{unit}", TYPE, eligible) in premises,
    }
    return fact[1] == f"{D}status" and table.get(fact[2].removeprefix(D), False)


RULES: dict[str, Callable[[Fact, list[Fact]], bool]] = {
    "cax-sco": _subclass,
    "cls-hv1": _to_value,
    "cls-hv2": _from_value,
    "cls-int1": _intersection,
    "cls-svf1": _some,
    "prp-spo1": _subproperty,
    "prp-spo2": _chain,
    "derive/10-conclusions": _conclusion,
    "derive/20-outcomes": _outcome,
    "derive/30-obstacles": _obstacle,
    "derive/40-unit-status": _status,
}
