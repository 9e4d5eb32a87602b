"""The rules as data, in Python without a notebook: `python rules_as_data.py [address of the service]`."""

import csv
import io
import sys
import urllib.request
from collections import Counter

base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
address = f"{base}/queries/hard-gates.csv?lang=en"
with urllib.request.urlopen(address) as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8")))
clauses = Counter(row["source"].rpartition("/")[2] for row in rows)
print(len({row["requirement"] for row in rows}), "hard requirements; most cited clauses:")
for clause, count in clauses.most_common(5):
    print(f"{count:4}  {clause}")
