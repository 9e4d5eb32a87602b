"""One query answered by another engine, in a process that can be killed: read, sent, written out.

The guard, the row limit, the forms of answers and what is said of them are those of the embedded engine,
whose parser also reads the query first: its mistakes are told with their places whatever engine there is.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pyoxigraph as ox

from montages.bilingual import message
from montages.errors import QueryFailed
from montages.store.sparql.answer_forms import FIRST_ROWS, serialised
from montages.store.sparql.query_errors import Limits, too_many_rows
from montages.store.sparql.query_guard import Plan
from montages.store.sparql.query_rewriting import require_readable, row_limit
from montages.store.sparql.query_worker import Worker
from montages.store.sparql.remote.engine_graphs import EngineGraphs
from montages.store.sparql.remote.remote_engine import RemoteEngine
from montages.store.sparql.remote.remote_query import (
    EndMarked,
    RemoteAnswer,
    end_marked,
    incomplete_answer,
    remote_answer,
    taken_end,
)
from montages.store.sparql.remote.remote_results import remote_triples, results_tree

_NAMES_GRAPHS = re.compile(r"(?<![\w:.?$@-])GRAPH(?![\w:-])", re.I | re.A)


class RemoteWorker(Worker):
    """Another engine, and which of its graphs are asked."""

    _is_changing = True

    def __init__(
        self,
        engine: RemoteEngine,
        graphs: EngineGraphs,
        limits: Limits,
        names: tuple[str, ...] = (),
    ) -> None:
        super().__init__(limits, names)
        self._engine, self._graphs = engine, graphs

    def _body(self, plan: Plan, form: str) -> bytes:
        """Return what `QueryWorker` would; raises also EngineUnreachable."""
        require_readable(plan)
        rows = self._limits.rows
        asked = end_marked(plan, rows)
        if plan.graphs is not None:
            graphs = self._graphs.default_graphs(plan.graphs[0]), plan.graphs[1]
        else:
            names = self._graphs.names() if _NAMES_GRAPHS.search(plan.query.code) else ()
            graphs = self._graphs.default_graphs(), names
        answer = remote_answer(self._engine, asked.text, plan.form, self._limits.seconds, graphs)
        try:
            result, is_full = self._whole(plan, asked, answer)
            if is_full and form != FIRST_ROWS:
                raise too_many_rows(rows)
            return serialised(result, form, rows - is_full, plan)
        except (SyntaxError, ValueError, KeyError, TypeError) as error:
            raise QueryFailed(
                message("The answer of the SPARQL engine cannot be read: {error}", error=error)
            ) from error

    def _whole(self, plan: Plan, asked: EndMarked, answer: RemoteAnswer) -> tuple[Any, bool]:
        """Return an answer as the embedded engine gives it, and whether it may have more rows.

        Raises QueryTruncated for a part of one.
        """
        if plan.form in ("CONSTRUCT", "DESCRIBE"):
            return list(remote_triples(answer.body)), False
        is_full = False
        tree = results_tree(plan, answer.body)
        if plan.form == "SELECT":
            rows = tree["results"]["bindings"]
            if asked.name and not taken_end(tree, asked.name):
                raise incomplete_answer(f"{len(rows)} rows, no end")
            if not asked.name and row_limit(plan, len(rows)):
                # Sorted, with no LIMIT of its own that it meets: as many rows as one may get are not all.
                if len(rows) == answer.most:
                    raise incomplete_answer(f"X-SPARQL-MaxRows: {answer.most}")
                is_full = len(rows) >= self._limits.rows
        text = json.dumps(tree, ensure_ascii=False).encode(errors="surrogatepass")
        return ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON), is_full
