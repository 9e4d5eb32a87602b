"""An assessed project as an OCDS release, planned or signed, and releases as a package (OCDS 1.1).

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
from montages.mirror import link_target
from montages.names import BASE, slug
from montages.publish.json_text import dump_bytes
from montages_reference.ocds_contract import (
    STAGES,
    arrangement,
    awards,
    contracts,
    filled,
    parties,
    period,
    reference,
    standing,
    tender_status,
    translated,
    value,
)
from montages_reference.ocds_project import PlannedPart, PlannedProject, planned_project
from montages_reference.procedure_codes import NATURES, SYSTEMS, code_of

UNREGISTERED = "unregistered-"
VERSION = "1.1"
EXTENSION = f"{BASE}reference/contractual-arrangement/extension.json"
LOTS = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json"
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
    """Return the release of an assessed project: of what is planned, under consultation or signed."""
    planned, premises, lang = planned_project(assessment), assessment.premises, assessment.lang
    name, tags = premises.description.slug, _tags(planned)
    return filled(
        ocid=f"{UNREGISTERED}{name}",
        id=f"{name}-{tags[-1]}-{premises.as_of}-{premises.rulebook_version}",
        date=f"{premises.as_of}T00:00:00Z",
        language=lang,
        tag=tags,
        initiationType="tender",
        parties=parties(planned, lang),
        buyer=planned.buyer and reference(planned.buyer, lang),
        planning=_planning(planned, lang) if tags == ["planning"] else None,
        tender=_tender(planned, lang),
        awards=awards(planned, lang),
        contracts=contracts(planned, lang),
    )


def _tags(planned: PlannedProject) -> list[str]:
    """Return what the release tells of; where no stage is known, that it is a picture of what is."""
    tags = dict.fromkeys(tag for part in planned.parts for tag in STAGES[part.stage].tags)
    return list(tags) or ["compiled"]


def _planning(planned: PlannedProject, lang: str) -> dict[str, Any]:
    """Return why and for how much; the advice is no reason beside a procedure that was chosen."""
    assessment = planned.assessment
    chosen = any(one.kind == "procedure" for one in assessment.coherence.retained)
    return filled(
        **({} if chosen else translated("rationale", assessment.answer.sentence, lang)),
        budget=filled(
            **translated("project", assessment.premises.label, lang), amount=_value(planned)
        ),
    )


def _tender(planned: PlannedProject, lang: str) -> dict[str, Any]:
    premises = planned.assessment.premises
    tender = filled(
        id=f"{premises.description.slug}-tender",
        **translated("title", premises.label, lang),
        value=_value(planned),
    )
    if not planned.several:
        return tender | _lot(planned.parts[0], lang) | _bought(planned.parts[0], lang)
    lots = [
        {"id": part.identifier, **translated("title", part.title, lang)}
        | filled(value=value(part.amount))
        | _lot(part, lang)
        for part in planned.parts
    ]
    return filled(**tender, lots=lots, **_agreed(planned, lang))


def _agreed(planned: PlannedProject, lang: str) -> dict[str, Any]:
    """Return how it is bought, what and where that stands, as far as all parts agree."""
    every = [_bought(part, lang) | filled(status=tender_status(part)) for part in planned.parts]
    first = every[0].items()
    return {key: same for key, same in first if all(one.get(key) == same for one in every)}


def _bought(part: PlannedPart, lang: str) -> dict[str, Any]:
    procedure, nature = part.procedure, part.nature and code_of(part.nature, NATURES)
    method = procedure and code_of(procedure.iri, SYSTEMS["ocds"])
    return filled(
        procurementMethod=slug(method) if method else None,
        **(translated("procurementMethodDetails", procedure.label, lang) if procedure else {}),
        mainProcurementCategory=_CATEGORIES[slug(nature)] if nature else None,
    )


def _lot(part: PlannedPart, lang: str) -> dict[str, Any]:
    """Return what a tender says of its one part, and each lot of its own."""
    return filled(
        **({} if part.concluded else translated("description", standing(part), lang)),
        status=tender_status(part),
        contractPeriod=period(part),
        **arrangement(part, lang),
    )


def _value(planned: PlannedProject) -> dict[str, Any] | None:
    """Return the estimated value of the whole, where all of it is one amount."""
    amounts = {part.amount for part in planned.parts}
    return value(amounts.pop()) if len(amounts) == 1 else None


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
