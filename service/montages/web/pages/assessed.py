"""The assessment of what a form carries, as a page."""

from __future__ import annotations

from markupsafe import Markup

from montages.publish import html
from montages.web.pages import pasted
from montages.web.pages.frame import frame
from montages.web.site import Site


def assessed(site: Site) -> str:
    """Return the page that assesses the description of a form; raises as reading and assessing do."""
    made = frame(site)
    found = site.knowledge.assess(pasted.description(site), lang=made.lang)
    body = Markup(html.body([found], made.lang))  # noqa: S704  # made by a template that escapes
    return made.render("assessed.html", title=found.label[made.lang], body=body)
