"""The tools, as data: what each is called, when to call it, what it takes. `tool_calls` has them by name."""
