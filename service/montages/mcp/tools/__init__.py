"""The tools, as data: what each is called, when to call it, what it takes and answers (`tool_table`)."""
