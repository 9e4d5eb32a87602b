"""IRIs, the catalogue and the dumps over HTTP: which document answers, in which format, whether it is sent.

What comes in: an address and what the client accepts. What goes out: 303 to a document, the document, or 304.
Read `things` first; `negotiation` chooses the format, `conditional` says whether the client has it already,
and sends it compressed or in part; `catalogue` and `dumps` are what the whole says of itself;
`describe_route` tells what the store says of any IRI, ours or another's.
"""
