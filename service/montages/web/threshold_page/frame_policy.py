"""Which sites may show the page of thresholds in a frame of theirs: nobody, unless the setting says who."""

from __future__ import annotations

import re

from montages import settings
from montages.bilingual import message
from montages.errors import UnusableInput
from montages.web.requests.headers import POLICY

NOBODY = "'none'"
_DIRECTIVE = "frame-ancestors"
_SITE = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?")


def frame_ancestors() -> str:
    """Return the sites of the setting; raises UnusableInput where it is none that a browser understands."""
    value = " ".join(settings.get("frame_ancestors").split())
    sites = value.split()
    alone = value in (NOBODY, "*")
    if alone or (sites and all(s == "'self'" or _SITE.fullmatch(s) for s in sites)):
        return value
    raise UnusableInput(
        message(
            "MONTAGES_FRAME_ANCESTORS: “{value}” is no list of sites. Write 'none' (nobody), "
            "'self', * (everybody), or sites separated by spaces, such as "
            "https://www.example.org https://*.example.org, without a path.",
            value=value,
        ),
    )


def frame_policy() -> str:
    """Return the policy of a page that these sites may show."""
    return POLICY.replace(f"{_DIRECTIVE} {NOBODY}", f"{_DIRECTIVE} {frame_ancestors()}")
