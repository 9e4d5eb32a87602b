"""Write a live assessment as a case: what it says today is what it must say tomorrow (R28)."""

from __future__ import annotations

from typing import Any

import yaml

from montages.assessment.assessment import Assessment
from montages.description.to_keys import to_keys


def export_case(assessment: Assessment) -> str:
    """Return an assessment as a YAML list of one case: every status, and all that is missing."""
    description = to_keys(assessment.graphs["asserted"], assessment.project)
    case: dict[str, Any] = {
        "name": assessment.label.fr,
        "as_of": assessment.as_of.isoformat(),
        "input": {k: v for k, v in description.items() if k not in ("id", "description")},
        "output": {v.arrangement.slug: v.status for v in assessment.verdicts},
        "missing": {
            v.arrangement.slug: [missing.criterion for missing in v.missing]
            for v in assessment.verdicts
            if v.missing
        },
    }
    stated = {key: value for key, value in case.items() if value}
    return yaml.dump(
        [stated], allow_unicode=True, sort_keys=False, default_flow_style=None, width=110
    )
