"""The two papers that one leaves with: three sentences for the mayor, and the scoping note.

In: an assessment, the address of its project, a language. Out: what a paper says, as data (`mayor_page`,
`scoping_note`), and that as a page fit to print and a PDF of it (`handout_page`) or a document for a word
processor (`word_document`). Read `handout`, which joins them.
"""
