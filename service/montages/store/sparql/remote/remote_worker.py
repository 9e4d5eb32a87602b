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
from montages.store.sparql.answer_forms import FIRST_ROWS, FORMATS_OF, first_rows, serialised
from montages.store.sparql.query_errors import (
    Limits,
    QueryFailed,
    answer_too_long,
    memory_exceeded,
    too_many_rows,
)
from montages.store.sparql.query_guard import Plan, query_plan, require_graphs
from montages.store.sparql.query_rewriting import with_row_limit
from montages.store.sparql.query_worker import NoFormat, QueryScope
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
from montages.store.sparql.syntax_error import syntax_error

_NAMES_GRAPHS = re.compile(r"(?<![\w:.?$@-])GRAPH(?![\w:-])", re.I | re.A)


class RemoteWorker:
    """Another engine, and which of its graphs are asked."""

    def __init__(
        self, engine: RemoteEngine, graphs: EngineGraphs, limits: Limits, scope: QueryScope
    ) -> None:
        self._engine, self._graphs = engine, graphs
        self._limits, self._scope = limits, scope

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Return what `QueryWorker.answer` would of the same request, and raise what it raises.

        The answer changes by itself, as the data of the engine may. Raises also EngineUnreachable.
        """
        plan = query_plan(request["query"], self._scope.graphs, self._scope.allowed)
        default, named = request.get("default"), request.get("named")
        for names in (default, named):
            require_graphs(names or (), self._scope.graphs)
        formats = (*FORMATS_OF[plan.form], FIRST_ROWS)
        form = next((f for f in request["formats"] if f in formats), None)
        if form is None:
            raise NoFormat(plan.form)
        self._check_syntax(plan, request["base"])
        asked = end_marked(plan, self._limits.rows, request["base"])
        graphs = self._dataset(plan, default, named)
        answer = remote_answer(self._engine, asked.text, plan.form, self._limits.seconds, graphs)
        try:
            result, is_full = self._whole(plan, asked, answer)
            if form == FIRST_ROWS:
                body = first_rows(result, self._limits.rows - is_full)
            elif is_full:
                raise too_many_rows(self._limits.rows)
            else:
                body = serialised(result, form, self._limits.rows, plan)
        except MemoryError as error:
            raise memory_exceeded(self._limits) from error
        except (SyntaxError, ValueError, KeyError, TypeError) as error:
            raise QueryFailed(
                message("The answer of the SPARQL engine cannot be read: {error}", error=error),
            ) from error
        if len(body) > self._limits.bytes:
            raise answer_too_long(self._limits)
        return {
            "form": plan.form,
            "format": form,
            "changing": True,
            "renaming": plan.renaming,
        }, body

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
            if not asked.name and with_row_limit(plan, len(rows)) != plan.text:
                # Sorted, with no LIMIT of its own that it meets: as many rows as one may get are not all.
                if len(rows) == answer.most:
                    raise incomplete_answer(f"X-SPARQL-MaxRows: {answer.most}")
                is_full = len(rows) >= self._limits.rows
        text = json.dumps(tree, ensure_ascii=False).encode(errors="surrogatepass")
        return ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON), is_full

    def _check_syntax(self, plan: Plan, base: str) -> None:
        """Raise QuerySyntax for what is no SPARQL: read on nothing, where no service is called either."""
        if self._scope.allowed:
            return
        try:
            ox.Store().query(plan.text, base_iri=base)
        except SyntaxError as error:
            raise syntax_error(plan, str(error)) from error
        except (OSError, RuntimeError, ValueError):
            return  # a function that this engine lacks and the other may have

    def _dataset(
        self, plan: Plan, default: list[str] | None, named: list[str] | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the default and the named graphs to ask."""
        if default is not None or named is not None:
            return self._graphs.default_graphs(default or ()), tuple(named or ())
        if plan.default is not None or plan.named is not None:
            return plan.default or (), plan.named or ()
        names = self._graphs.names() if _NAMES_GRAPHS.search(plan.query.code) else ()
        return self._graphs.default_graphs(), names
