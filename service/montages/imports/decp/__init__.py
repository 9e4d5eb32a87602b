"""Essential data of French public procurement (DECP) as contracts of ours, one at a time.

In: a file of format 2.0.3 or of 2019, in JSON or XML, plain or gzip, however long. Out: `ImportedContract`s,
in the order of the file, each once. Read `decp_file` (the whole way), then `utf8_text` and `json_repair`
(what no reader takes), `contract_trees` and `xml_contracts` (one contract at a time), `contract_facts` (what
one says) and `contract_shelf` (each once).
"""
