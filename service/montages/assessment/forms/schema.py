"""The JSON Schema of an assessment, whole or brief: what its entries are."""

from __future__ import annotations

from montages.assessment.forms.brief_json import BriefEntry
from montages.assessment.forms.full_json import FullEntry, LinkedEntry
from montages.assessment.forms.references import LegendEntry
from montages.json_schema import Schema, json_schema


def assessment_schema() -> Schema:
    """Return the schema of what every door gives for one project, in one of two sizes."""
    return json_schema(
        "assessment",
        FullEntry | LinkedEntry | BriefEntry,
        "An assessment by Montages",
        "What the command line, the Python API and HTTP all give for one project, in one of two sizes; for "
        "several files, an array of these.",
    )


def legend_schema() -> Schema:
    """Return the schema of the legend of all assessments of a period, in a language."""
    return json_schema(
        "legend",
        LegendEntry,
        "The legend of assessments",
        "What the slugs of whole assessments by Montages stand for, where these name its address.",
    )
