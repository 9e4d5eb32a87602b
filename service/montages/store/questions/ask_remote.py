"""A published question put to another engine, from this process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from montages import settings
from montages.knowledge.compiled.owl_compiler import module
from montages.knowledge.periods import rules_at
from montages.store.published_graph import published_graph
from montages.store.questions.ask import find, labels_of, on_day
from montages.store.questions.query_parameters import bind, query_text
from montages.store.questions.query_result import Result
from montages.store.sparql.query_guard import query_plan
from montages.store.sparql.remote.engine_graphs import UNDATED
from montages.store.sparql.remote.remote_engine import RemoteEngine
from montages.store.sparql.remote.remote_query import remote_answer
from montages.store.sparql.remote.remote_results import results_tree


def run_remote(
    engine: RemoteEngine, name: str, parameters: Mapping[str, str], as_of: date | None = None
) -> Result:
    """Return what an engine answers to a question under the law of a day, today by default.

    Raises what `ask.run` raises, EngineUnreachable, and QueryFailed.
    """
    query, day = find(name), as_of or date.today()
    graph = published_graph(day)
    text = query_text(query, bind(query, on_day(query, parameters, as_of), graph))
    plan = query_plan(text, ())
    graphs = (UNDATED, str(module(rules_at(day))), *engine.graphs)
    seconds = float(settings.get("query_seconds"))
    answer = remote_answer(engine, text, plan.form, seconds, (graphs, ()))
    result = Result.read(json.dumps(results_tree(plan, answer.body)).encode())
    return Result(result.columns, result.rows, labels_of(graph, result.rows))
