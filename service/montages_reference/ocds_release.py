"""An assessed project as an OCDS planning release, and releases as a package (OCDS 1.1).

No prefix is registered for Montages with the Open Contracting Partnership: identifiers of contracting
processes begin with a placeholder that says so, and a publisher who has a prefix writes its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from montages.assessment.assessment import Assessment
from montages.assessment.json_pieces import compact
from montages.bilingual import message
from montages.knowledge.law import Passage
from montages.mirror import link_target
from montages.names import BASE, slug
from montages.publish.json_text import dump_bytes
from montages_reference.ocds_project import PlannedPart, PlannedProject, planned_project
from montages_reference.procedure_codes import NATURES, SYSTEMS, code_of

UNREGISTERED = "unregistered-"
VERSION = "1.1"
EXTENSION = f"{BASE}reference/contractual-arrangement/extension.json"
LOTS = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json"
SCHEME = "MONTAGES"
# OCDS calls goods what the European table of contract natures calls supplies.
_CATEGORIES = {"works": "works", "supplies": "goods", "services": "services"}
_PUBLISHER = message("Montages")


def package(assessments: Sequence[Assessment]) -> bytes:
    """Return a release package of some assessed projects, in the language of each."""
    releases = [release(assessment) for assessment in assessments]
    return dump_bytes({**_head(releases), "releases": releases})


def release_line(assessment: Assessment) -> bytes:
    """Return the release of an assessed project, on a line."""
    return compact(release(assessment)) + b"\n"


def package_file(lines: Path, out: Path, lang: str) -> None:
    """Write the release package of releases that stand in a file, one a line."""
    with lines.open("rb") as read:
        head = compact(_head(json.loads(line) for line in read))
    with lines.open("rb") as read, out.open("wb") as package:
        package.write(head.removesuffix(b"}") + b',"releases":[\n')
        for number, line in enumerate(read):
            package.write(b",\n"[: 2 * (number > 0)] + line.rstrip(b"\n"))
        package.write(b"\n]}\n")


def release(assessment: Assessment) -> dict[str, Any]:
    """Return the planning release of an assessed project."""
    planned, premises, lang = planned_project(assessment), assessment.premises, assessment.lang
    name = premises.description.slug
    buyer = _filled(id=str(planned.buyer), name=planned.buyer_name[lang]) if planned.buyer else {}
    return _filled(
        ocid=f"{UNREGISTERED}{name}",
        id=f"{name}-planning-{premises.as_of}-{premises.rulebook_version}",
        date=f"{premises.as_of}T00:00:00Z",
        language=lang,
        tag=["planning"],
        initiationType="tender",
        parties=[{**buyer, "roles": ["buyer"]}] if buyer else [],
        buyer=buyer,
        planning=_filled(
            rationale=assessment.answer.sentence[lang],
            budget=_filled(project=premises.label[lang], amount=_value(planned)),
        ),
        tender=_tender(planned, lang),
    )


def _tender(planned: PlannedProject, lang: str) -> dict[str, Any]:
    premises = planned.assessment.premises
    tender = {
        "id": f"{premises.description.slug}-tender",
        "title": premises.label[lang],
        "status": "planning",
        "value": _value(planned),
    }
    if planned.several:
        lots = [
            _filled(
                id=part.identifier,
                title=part.title[lang],
                status="planning",
                **_arrangement(part, lang),
            )
            for part in planned.parts
        ]
        return _filled(**tender, lots=lots, **_agreed(planned, lang))
    return _filled(**tender, **_agreed(planned, lang), **_arrangement(planned.parts[0], lang))


def _agreed(planned: PlannedProject, lang: str) -> dict[str, Any]:
    """Return how it is bought and what, where all parts agree."""
    parts = [_bought(part, lang) for part in planned.parts]
    return {
        key: value for key, value in parts[0].items() if all(one[key] == value for one in parts)
    }


def _bought(part: PlannedPart, lang: str) -> dict[str, Any]:
    procedure, nature = part.procedure, part.nature and code_of(part.nature, NATURES)
    method = procedure and code_of(procedure.iri, SYSTEMS["ocds"])
    return {
        "procurementMethod": slug(method) if method else None,
        "procurementMethodDetails": procedure.label[lang] if procedure else None,
        "mainProcurementCategory": _CATEGORIES[slug(nature)] if nature else None,
    }


def _arrangement(part: PlannedPart, lang: str) -> dict[str, Any]:
    """Return the field of our extension, none where no contract is planned."""
    contract = part.contract
    if contract is None:
        return {}
    return {
        "contractualArrangement": _filled(
            scheme=SCHEME,
            id=contract.slug,
            description=contract.label[lang],
            uri=str(contract.iri),
            status=part.status,
            verdict=part.verdict,
            legalBasis=[_classified(passage, lang) for passage in contract.basis],
        )
    }


def _classified(passage: Passage, lang: str) -> dict[str, Any]:
    return _filled(
        scheme=SCHEME,
        id=passage.slug,
        description=passage.label[lang],
        uri=passage.url or str(passage.iri),
    )


def _value(planned: PlannedProject) -> dict[str, Any] | None:
    """Return the estimated value of the whole, where all of it is one amount."""
    amounts = {part.amount for part in planned.parts}
    (amount,) = amounts if len(amounts) == 1 else (None,)
    return None if amount is None else {"amount": _number(amount), "currency": "EUR"}


def _number(amount: Any) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


def _head(releases: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return what a package says of itself: named by the releases in it, dated by the latest."""
    name, dates, lots = sha256(), [""], False
    for one in releases:
        name.update(one["id"].encode())
        dates.append(one["date"])
        lots |= "lots" in one["tender"]
    return {
        "uri": f"{BASE}reference/contractual-arrangement#package-{name.hexdigest()[:12]}",
        "version": VERSION,
        "extensions": [link_target(EXTENSION), *([LOTS] if lots else [])],
        "publishedDate": max(dates),
        "publisher": {"name": _PUBLISHER.en, "uri": link_target(BASE)},
    }


def _filled(**values: Any) -> dict[str, Any]:
    """Return the values that there are."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
