"""A tool as an assistant sees it, apart from what answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from montages.bilingual import Text
from montages.mcp.tool_input import ToolInput


@dataclass(frozen=True)
class AssistantTool:
    """What a tool is called, when to call it, and what it takes."""

    name: str
    title: Text
    text: Text
    inputs: tuple[ToolInput, ...]

    def schema(self, lang: str) -> dict[str, Any]:
        """Return the JSON schema of the arguments of a call."""
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {each.name: each.schema(lang) for each in self.inputs},
            "additionalProperties": False,
        }
        required = [each.name for each in self.inputs if each.required]
        return schema | ({"required": required} if required else {})
