"""What a paper is made from: an assessment, the project as a link holds it, the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from montages.assessment.assessment import Assessment
from montages.description.address.address_answers import SummaryLine, answer_summary
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_query
from montages.description.parsing.key_values import listing

# Where the tool is, under the address of a service.
_TOOL = "/projet"
_COMMUNE = "Commune"


@dataclass(frozen=True, eq=False)
class HandoutSource:
    """A project assessed, and its address; `site` is that of the service that reopens it, empty for none."""

    assessment: Assessment
    address: ProjectAddress
    lang: str
    site: str = ""

    @cached_property
    def answers(self) -> list[SummaryLine]:
        """Return what the project says, a line an answer."""
        return answer_summary(self.address)

    @cached_property
    def link(self) -> str:
        """Return the address that reopens the project, empty where no service is named."""
        return f"{self.site.rstrip('/')}{_TOOL}?{address_query(self.address)}" if self.site else ""

    @property
    def has_a_mayor(self) -> bool:
        """Tell whether a mayor decides: whoever carries the project is a commune, or nobody has said."""
        holder = self.address.tree.get("holder")
        types = listing(holder.get("type") if isinstance(holder, dict) else holder)
        return not types or types == [_COMMUNE]
