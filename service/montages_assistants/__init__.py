"""The door of assistants: the Model Context Protocol, over standard input and output.

What comes in: calls of tools, addresses of resources, names of prompts. What goes out: what other doors give,
made short (`answers/assistant_form`), in the language asked for, or what is wrong and what to do. Read
`assistant_server` (what is offered, and what `montages mcp` runs), `operation_tools` (the tools, of the
table of operations) and `tool_calls`, `resources`, `answers/` (what is answered about descriptions and
resources, in processes that are killed at the deadline: `answer_server`, `answer_pool`) and `query_calls`
(what is asked of the graph, in the processes that the service has for it: `graph_queries`).
"""

from montages.bilingual import message
from montages.guests import Guest, GuestCommand

MCP = GuestCommand(
    "mcp",
    "montages_assistants.mcp_command:mcp",
    message("Give an assistant the tools of Montages (MCP)."),
    after="serve",
)
GUEST = Guest(commands=(MCP,))
