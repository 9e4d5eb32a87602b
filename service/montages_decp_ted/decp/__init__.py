"""Essential data of French public procurement (DECP) as contracts of ours, one at a time.

In: a file of format 2.0.3 or of 2019, in JSON or XML, plain or gzip, however long. Out: `ImportedContract`s,
in the order of the file, each once. Read `decp_files` (the whole way, and each contract once), then
`file_text` (what no reader takes), `contract_trees` (one contract at a time), `field_values` and
`contract_facts` (what one says).
"""
