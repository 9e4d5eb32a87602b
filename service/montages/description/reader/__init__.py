"""A sentence in everyday words becomes facts with their words, guesses, and words that are not understood.

`read_sentence` is the way in; `Reading` is what comes out. Read `reading.py` first; `numbers.py` cuts a
sentence into words, in which `pattern.py` looks for what is said and `amounts/` for what numbers state. What
the words mean lies in `data/reader/`.
"""

from montages.description.reader.deciding import Unsure
from montages.description.reader.reading import Reading, Scope, read_sentence

__all__ = ["Reading", "Scope", "Unsure", "read_sentence"]
