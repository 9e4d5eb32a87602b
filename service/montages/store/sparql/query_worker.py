"""One query answered, in a process that can be killed: read, run within the limits, written out.

This runs in the processes that `fork_server` starts: reading the text, refusing it, running it and writing
its answer all count towards the deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from montages.bilingual import message
from montages.errors import MontagesError, QueryFailed, UnknownFunction
from montages.store.graph_tables import engine_quads
from montages.store.sparql.answer_forms import FIRST_ROWS, FORMATS_OF, serialised
from montages.store.sparql.query_errors import Limits, answer_too_long, memory_exceeded
from montages.store.sparql.query_guard import BASE_IRI, Graphs, Plan, query_plan, require_graphs
from montages.store.sparql.query_rewriting import (
    ORDER_FUNCTIONS,
    column_order,
    require_readable,
    rewritten,
    row_limit,
    total_order,
)
from montages.store.sparql.syntax_error import syntax_error

_MERGED_AT_MOST = 2
_SHOWN = 200  # characters of a name that a message repeats
# What the engine says of a function that it does not have.
_NO_FUNCTION = re.compile(r"custom (?:aggregate )?function <(?P<name>[^>]*)> is not supported")


class NoFormat(Exception):
    """None of the formats that the client takes is one of the answer; the text is the form of the query."""


def loaded_store(content: bytes) -> ox.Store:
    """Return a store in memory of the graphs in packed tables, blank nodes under their own labels."""
    store = ox.Store()
    store.bulk_extend(engine_quads(content))
    return store


class Worker:
    """What answers queries within limits, over the graphs that they may name: a subclass says from where."""

    # Whether the data change by themselves.
    _is_changing = False

    def __init__(self, limits: Limits, graphs: tuple[str, ...] = ()) -> None:
        self._limits, self._names = limits, graphs

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Return what is to be known of an answer, and its bytes in one of the formats asked.

        The request has the text of the `query`, `formats`, and perhaps `default` and `named`
        graphs, which go before those of the query. Raises NoFormat and the errors of `query_errors`.
        """
        plan = query_plan(request["query"], self._names)
        default, named = request.get("default"), request.get("named")
        if default is not None or named is not None:
            plan = replace(plan, graphs=(tuple(default or ()), tuple(named or ())))
            require_graphs(plan.graphs, self._names)
        formats = (*FORMATS_OF[plan.form], FIRST_ROWS)
        form = next((f for f in request["formats"] if f in formats), None)
        if form is None:
            raise NoFormat(plan.form)
        try:
            body = self._body(plan, form)
        except MemoryError as error:
            raise memory_exceeded(self._limits) from error
        if len(body) > self._limits.bytes:
            raise answer_too_long(self._limits)
        return {
            "form": plan.form,
            "format": form,
            "changing": plan.changing or self._is_changing,
            "renaming": plan.renaming,
        }, body

    def _body(self, plan: Plan, form: str) -> bytes:
        """Return the answer to a query in a form, over the graphs of its plan where it has some."""
        raise NotImplementedError


class QueryWorker(Worker):
    """Answers from a store, and has the datasets lately made of some of its graphs."""

    def __init__(self, store: ox.Store, limits: Limits, graphs: tuple[str, ...] = ()) -> None:
        super().__init__(limits, graphs)
        self.store, self._own_graphs = store, graphs
        self._merged_stores: dict[Graphs, ox.Store] = {}

    def add_graphs(self, names: Sequence[str]) -> None:
        """Let queries name further graphs; what was made of the former ones is forgotten."""
        self._names = (*self._own_graphs, *names)
        self._merged_stores.clear()

    def _body(self, plan: Plan, form: str) -> bytes:
        store, options = self._dataset(plan.graphs)
        try:
            result = self._result(plan, store, options)
            return serialised(result, form, self._limits.rows, plan)
        except SyntaxError as error:
            require_readable(plan)  # ours has a limit, and other places
            raise syntax_error(plan, str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise _failure(str(error)) from error

    def _result(self, plan: Plan, store: ox.Store, options: dict[str, Any]) -> Any:
        """Return what the engine answers, within the row limit, columns and order as they should be."""
        own = [*row_limit(plan, self._limits.rows + 1), *column_order(plan)]
        for order in (total_order(plan), []):
            text = rewritten(plan.text, [*order, *own])
            functions = ORDER_FUNCTIONS if order else None
            try:
                return store.query(text, base_iri=BASE_IRI, custom_functions=functions, **options)
            except SyntaxError:
                # What the engine does not read may be ours: then it is asked as it was written.
                if not order:
                    raise
        raise AssertionError

    def _dataset(self, asked: Graphs | None) -> tuple[ox.Store, dict[str, Any]]:
        """Return the store to ask and the options to ask it with, for a dataset of some of its graphs."""
        if asked is None:
            return self.store, {}
        graphs, others = ([*map(ox.NamedNode, names)] for names in asked)
        if len(graphs) > 1:
            # The engine gives a triple twice that is in two graphs; in their merge it is there once.
            return self._merged(asked), {"default_graph": ox.DefaultGraph(), "named_graphs": others}
        return self.store, {"default_graph": graphs, "named_graphs": others}

    def _merged(self, asked: Graphs) -> ox.Store:
        if asked not in self._merged_stores:
            default, named = asked
            merged = ox.Store()
            for name in default:
                merged.bulk_extend(
                    ox.Quad(q.subject, q.predicate, q.object) for q in self._quads(name)
                )
            for name in named:
                merged.bulk_extend(self._quads(name))
            while len(self._merged_stores) >= _MERGED_AT_MOST:
                del self._merged_stores[next(iter(self._merged_stores))]
            self._merged_stores[asked] = merged
        return self._merged_stores[asked]

    def _quads(self, name: str) -> Iterable[ox.Quad]:
        return self.store.quads_for_pattern(None, None, None, ox.NamedNode(name))


def _failure(reply: str) -> MontagesError:
    """Return the error of a query that the engine reads and cannot answer."""
    if unknown := _NO_FUNCTION.search(reply):
        name = unknown["name"][:_SHOWN]
        return UnknownFunction(
            message(
                "The function <{name}> does not exist here. The service has those of SPARQL "
                "1.1 and the xsd: casts; work out the rest afterwards.",
                name=name,
            ),
            function=name,
        )
    return QueryFailed(message("The engine could not answer: {reply}", reply=reply))
