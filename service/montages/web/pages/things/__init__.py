"""The page of any thing with an IRI, in two halves: what is the same for all, and what its class adds.

What comes in: an IRI and a page context. What goes out: HTML. Read `thing` first: its table chooses, by the
class of the thing, the template, which reads the thing itself (`pages/graph_node`), and the function that
works out what it cannot read; the other files hold those functions. `render_term` says how any RDF term
reads, `incoming` what leads to the thing; `resource_page` is the page of an IRI of further data.
"""
