"""Notices of TED as descriptions: facts as they state them, the rest unknown, a note for what is not taken.

`tests/notices/` has a notice of each form, written for this, and beside it what is expected of it.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from montages.api import load
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.rulebook import rulebook
from montages_decp_ted.field_meanings import noted_values
from montages_decp_ted.imported_contract import NOTE_TEXTS, ImportedContract
from montages_decp_ted.notices.notice_files import read_notice

NOTICES = Path(__file__).parent / "notices"
FORMS = sorted(path.stem for path in NOTICES.glob("*.xml"))
# Real notices, which are no part of the project: looked for beside it, or where this says.
REAL = Path(
    os.environ.get("MONTAGES_TEST_NOTICES", Path(__file__).parents[4] / "shared" / "notices")
)
FIRST_DAY_OF_THE_RULES = "2019-04-01"


def imported(form: str) -> ImportedContract:
    return read_notice((NOTICES / f"{form}.xml").read_bytes())


def expected(form: str) -> Any:
    return yaml.safe_load((NOTICES / f"{form}.yaml").read_text())


def closed(contract: ImportedContract) -> list[str]:
    """Return the contracts retained that come out closed on the day of the notice."""
    description = load().read(contract.keys)
    day = max(_days(contract.keys), default=FIRST_DAY_OF_THE_RULES)
    assessment = load().assess(
        description, as_of=date.fromisoformat(max(day, FIRST_DAY_OF_THE_RULES))
    )
    return [
        kept.contract
        for kept in assessment.coherence.retained
        if kept.kind == "contract" and kept.verdict.value == "closed"
    ]


def _days(keys: dict[str, Any]) -> list[str]:
    places = [keys, *keys.get("perimeters", {}).values()]
    return [place["contract-state-on"] for place in places if "contract-state-on" in place]


@pytest.mark.parametrize("form", FORMS)
def test_a_notice_of_each_form_becomes_the_facts_it_states(form: str) -> None:
    keys = {key: value for key, value in imported(form).keys.items() if key != "unknown"}
    assert keys == expected(form)["keys"]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_taken_as_it_stands_is_noted_where_it_stands(form: str) -> None:
    contract = imported(form)
    assert Counter(note.code for note in contract.notes) == Counter(expected(form)["notes"])
    root = (NOTICES / f"{form}.xml").read_text()
    for note in contract.notes:
        assert note.place.strip("/").split("/")[0] in root
        assert "{" not in note.text.fr + note.text.en


@pytest.mark.parametrize("form", FORMS)
def test_what_a_notice_does_not_tell_is_said_to_be_unknown(form: str) -> None:
    keys = imported(form).keys
    places = [keys, *keys.get("perimeters", {}).values()]
    told = {answer_keys()[key] for place in places for key in place.get("answers", {})}
    assert set(keys["unknown"]) == set(rulebook().criteria) - told


@pytest.mark.slow(seconds=25)
def test_a_description_of_a_notice_is_read_and_its_contract_is_not_closed() -> None:
    assert [form for form in FORMS if closed(imported(form))] == []


def test_every_note_of_the_data_has_its_words() -> None:
    codes = {c for f in ("ted", "eforms", "ted-forms") for c in noted_values(f).values()}
    assert codes
    assert codes <= set(NOTE_TEXTS)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_dir(), reason=f"no real notices in {REAL}")
def test_the_real_notices_are_imported_and_none_of_their_contracts_is_closed() -> None:
    contracts = {path.name: read_notice(path.read_bytes()) for path in sorted(REAL.glob("*.xml"))}
    assert contracts
    assert {
        name: len(c.keys["answers"]) for name, c in contracts.items() if len(c.keys["answers"]) < 2
    } == {}
    assert {name: shut for name, c in contracts.items() if (shut := closed(c))} == {}
