"""Where the documents of a thing are, and the Link header that says so (L2)."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from montages.mirror import link_target
from montages.names import BASE
from montages.publish.linked_data.alternates import DEFAULT
from montages.publish.linked_data.formats import ALL, DATA, Format
from montages.store.licence import LICENCE

_SAFE = "/:@!$&'()*+,;=~-._"


def address(base: str, path: str, form: Format) -> str:
    """Return where the document of a thing is, in a format."""
    return f"{base}/{quote(path, safe=_SAFE)}.{form.extension}"


@lru_cache(maxsize=4096)
def document_links(
    path: str,
    base: str,
    form: Format,
    types: tuple[str, ...] = (),
    profile: str = DEFAULT,
) -> str:
    """Return the Link header of a document: its thing, its other formats, its profile, its licence."""
    canonical = link_target(BASE + quote(path, safe=_SAFE))
    links = [f'<{canonical}>; rel="canonical"', f'<{profile}>; rel="profile"']
    links += [
        f'<{address(base, path, f)}>; rel="alternate"; type="{f.media_type}"; profile="{DEFAULT}"'
        for f in ALL
        if f is not form
    ]
    links.append(
        f'<{address(base, path, DATA[0])}>; rel="describedby"; type="{DATA[0].media_type}"'
    )
    links += [f'<{link_target(kind)}>; rel="type"' for kind in types]
    links.append(f'<{LICENCE}>; rel="license"')
    return ", ".join(links)
