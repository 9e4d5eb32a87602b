"""Notices of public procurement published by TED, as descriptions of ours.

In: the XML of one notice, of either family: the eForms (UBL), or the older forms F02 to F25 (`TED_EXPORT`).
Out: one `ImportedContract`. Read `notice` first (what a notice states, whatever its family), then the reader
of a family (`eforms_notice`, `ted_form`), then `description` (what that says in our keys).
What each code says is data: `data/imports/ted.ttl`.
"""
