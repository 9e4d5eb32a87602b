"""The two papers that one leaves with: the page for the elected members, and the scoping note.

In: an assessment, the address of its project, a language. Out: what a paper says, as data (`mayor_page`,
`scoping_note`), and that as a page fit to print and a PDF of it (`handout_page`) or a document for a word
processor (`word_document`). Read `handout` first, which joins them.
"""

from montages.bilingual import message
from montages.guests import Guest, GuestCommand

NOTE = GuestCommand(
    "note",
    "montages_handouts.note_command:note",
    message("Write a scoping note, or one page for the elected members."),
    after="similar",
)
# What each paper is called, and its address in the service.
PAPER_TITLES = {"mayor": message("Page for the elected members"), "note": message("Scoping note")}
PAPER_PATHS = {"mayor": "/projet/maire", "note": "/projet/note"}
GUEST = Guest(
    commands=(NOTE,),
    routes="montages_handouts.handout_routes",
    project_pages={PAPER_PATHS[paper]: title for paper, title in PAPER_TITLES.items()},
    project_files="montages_handouts.handout_routes:written_files",
    handout="montages_handouts.handout:handout_of",
)
