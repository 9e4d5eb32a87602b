"""What others link to, in their vocabularies: sets written from the graph, each in the forms that they read.

In: the knowledge and a language. Out: files, each at one stable address below `/reference`, in the catalogue
and on the terminal. Read `reference_set` (what a set is), then the module that writes the one you want.
"""

from montages.guests import Guest

GUEST = Guest()
