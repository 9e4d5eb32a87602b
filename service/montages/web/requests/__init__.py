"""What happens to every request, whatever its address: how it is read, counted, limited, and headed.

What comes in: a request. What goes out: its parameters, language, syntax and accepted types for the handlers;
headers, figures and refusals (too large, too often) around their answers. Read
`request_parameters`, `body_syntax` and `accept_header` for the first, `request_limits`, `rate_limit`,
`headers`, `metrics` and `request_log` for the second.
"""
