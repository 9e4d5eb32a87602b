"""`/projet`, the officer's tool: a project asked about, one question at a time, and what fits it (R19, R40).

What comes in: the parameters of a link, which hold the project, and those of a form. What goes out: a page
that needs no script. Read `tool_request` (what a request asks), `tool_project` and `tool_page` (what the page
shows, and how it is answered), then the screens and the views; `project_data` is the project for programs.
"""
