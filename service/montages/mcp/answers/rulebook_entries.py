"""Set-ups, criteria and requirements as an assistant reads them, in JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from montages.assessment.forms.legend import source_entry
from montages.knowledge.model import Arrangement, Criterion, Passage
from montages.knowledge.rulebook import rulebook
from montages.publish.json_text import dump_bytes
from montages.quality.rules_index import rule, rules_list


def contracts_list(lang: str) -> bytes:
    """Return all that may be chosen: contracts, procedures, channels, activities and vehicles."""
    entries = [_short(a, lang) for a in arrangements().values()]
    return dump_bytes({"contracts": entries})


def arrangements() -> dict[str, Arrangement]:
    """Return the set-ups that may be chosen, by slug."""
    return {name: a for name, a in rulebook().arrangements.items() if not a.abstract}


def _short(arrangement: Arrangement, lang: str) -> dict[str, Any]:
    return {
        "slug": arrangement.slug,
        "kind": arrangement.kind,
        "label": arrangement.label[lang],
        "definition": arrangement.definition[lang],
    }


def contract_entry(name: str, lang: str) -> bytes:
    """Return a set-up with its basis and the requirements in force today."""
    arrangement, today = rulebook().arrangements[name], date.today()
    in_force = [(each, each.on(today)) for each in rules_list(today, name)]
    return dump_bytes(
        {
            **_short(arrangement, lang),
            "id": str(arrangement.iri),
            "basis": [_source(passage, lang) for passage in arrangement.basis],
            "procedures": list(arrangement.buys_by),
            "as_of": today.isoformat(),
            "requirements": [
                {
                    "slug": each.slug,
                    "label": version.label[lang],
                    "strength": version.strength,
                    "criterion": version.own.criterion,
                    "sources": [source.label[lang] for source in version.sources],
                }
                for each, version in in_force
                if version is not None
            ],
        }
    )


def _source(passage: Passage, lang: str) -> dict[str, Any]:
    return {"label": passage.label[lang], **source_entry(passage)}


def criteria_list(lang: str) -> bytes:
    """Return every criterion in short, its theme with it."""
    themes = rulebook().themes
    entries = [
        {
            "slug": criterion.slug,
            "label": criterion.label[lang],
            "question": criterion.question[lang],
            "kind": criterion.nature,
            "theme": themes[criterion.theme].label[lang] if criterion.theme in themes else None,
        }
        for criterion in rulebook().criteria.values()
    ]
    return dump_bytes({"criteria": entries})


def criterion_entry(name: str, lang: str) -> bytes:
    """Return a criterion whole, with its answers and the requirements that read it."""
    criterion = rulebook().criteria[name]
    values = [
        {"slug": v.slug, "label": v.label[lang], "ordinary": v.ordinary} for v in criterion.values
    ]
    return dump_bytes(
        {
            "slug": name,
            "id": str(criterion.iri),
            "label": criterion.label[lang],
            "question": criterion.question[lang],
            "help": criterion.help[lang],
            "kind": criterion.nature,
            "several": criterion.multiple,
            "values": values,
            "unit": criterion.unit[lang] or None,
            "where_to_turn": criterion.where_to_turn[lang] or None,
            "sources": [_source(passage, lang) for passage in criterion.sources],
            "requirements": sorted(_reading(criterion)),
        }
    )


def _reading(criterion: Criterion) -> set[str]:
    """Return the requirements that read a criterion, in any of their versions."""
    return {
        each.slug
        for each in rulebook().requirements
        if any(clause.criterion == criterion.slug for clause in each.clauses())
    }


def requirement_names() -> list[str]:
    """Return the slugs of the requirements."""
    return list(dict.fromkeys(each.slug for each in rulebook().requirements))


def requirement_entry(name: str, lang: str) -> bytes:
    """Return a requirement with its versions, clauses and sources."""
    return dump_bytes(rule(name).to_json(lang, date.today()))
