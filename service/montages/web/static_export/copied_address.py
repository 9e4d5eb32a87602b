"""An address of the service whose answer stands in a static copy, and the file that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

# The language of what is at an address without `lang`, as in the service.
FIRST_LANGUAGE = "fr"


@dataclass(frozen=True)
class CopiedAddress:
    """A path with its extension if it has one, a language, and the number of a page."""

    path: str
    lang: str = FIRST_LANGUAGE
    page: int = 1

    @property
    def url(self) -> str:
        """Return the address as it is asked for."""
        query = {} if self.lang == FIRST_LANGUAGE else {"lang": self.lang}
        if self.page > 1:
            query["page"] = str(self.page)
        return self.path + (f"?{urlencode(query)}" if query else "")

    def file(self, extension: str) -> str:
        """Return the name of its file: the second page of `/terms` in English is `terms.page-2.en.html`."""
        path = self.path.strip("/") or "index"
        stem = path.removesuffix(f".{extension}")
        page = f".page-{self.page}" if self.page > 1 else ""
        language = "" if self.lang == FIRST_LANGUAGE else f".{self.lang}"
        return f"{stem}{page}{language}.{extension}" if extension else stem

    def next_page(self) -> CopiedAddress:
        """Return the address of the page after it."""
        return CopiedAddress(self.path, self.lang, self.page + 1)
