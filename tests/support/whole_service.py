"""The service with all that guests add to it, as far as they are here."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

HAS_REGISTRY = find_spec("montages_registry") is not None


def whole_configuration(folder: Path) -> dict[str, Any]:
    """Return the configuration of a service with a registry of the real projects, made in a folder."""
    if not HAS_REGISTRY:
        return {}
    from registry_service import real_projects

    return {"REGISTRY": real_projects(folder / "registry").database.folder}
