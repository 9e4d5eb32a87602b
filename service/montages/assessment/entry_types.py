"""What stands in many entries of the JSON of an assessment: names, and terms of closed lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from montages.json_schema import Rule, Slug
from montages.knowledge.law import DUE_TIMES
from montages.knowledge.logic import ProcedureVerdict, Verdict

VerdictKind = Annotated[
    Verdict,
    "Fits; fits on terms the buyer accepts; to verify, facts being open; closed by stated choices; closed.",
    Rule("verdict_kind"),
]
ProcedureKind = Annotated[
    ProcedureVerdict, "Enough, allowed, to verify, closed.", Rule("procedure_verdict")
]
State = Annotated[
    str,
    "How an answer is known; a criterion without a fact was not asked.",
    Rule("state", enum=["explicit", "explicit-unknown", "derived", "default"]),
]
DueTime = Annotated[
    str, "When a duty is due, in the order of doing.", Rule("due_time", enum=list(DUE_TIMES))
]
Certainty = Annotated[
    str,
    "How far the text was verified; absent when fully.",
    Rule("certainty", enum=["single-source", "unverified", "disputed", "judgement"]),
]
ArrangementKind = Annotated[str, Rule(enum=["contract", "procedure", "channel", "vehicle"])]
Name = Annotated[
    str,
    "A slug, with the capitals of the sheet.",
    Rule("name", pattern="^[A-Za-z0-9][A-Za-z0-9-]*$"),
]
SourceNames = Annotated[list[Name], "Under `sources`; the first says it."]
Disputed = Annotated[Sequence[Slug], "Facts that stated answers both accept and refuse."]
InForce = Annotated[bool, "Whether it exists at the day of the law."]
UnitIds = list[str]
Months = Annotated[list[Annotated[float, Rule(exclusiveMinimum=0)]], Rule(minItems=2, maxItems=2)]
