"""The numbers of a sentence. In: a text; out: what it states of money, time and sizes, each with its sum.

Begin with `read_amounts.py`, which says in what order a sentence is read.
"""

from montages.description.reader.amounts.amount_types import AmountReading, sum_text
from montages.description.reader.amounts.read_amounts import read_amounts

__all__ = ["AmountReading", "read_amounts", "sum_text"]
