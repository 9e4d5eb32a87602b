"""What follows from facts by axioms, in plain Python; knows nothing of contracts.

In: the axioms of a graph, and facts, triples of three IRIs. Out: the facts with all that follows (`Closure`).
`axioms` reads the few kinds of axiom that the ontology and the compiled rules are written in, and refuses
any other by its name: nothing is silently left out. What these kinds cannot say is for the reference engine,
whose reasoner is owlrl. Read `axioms`, then `closure`.
"""

from montages.reasoning.axioms import Axioms, read_axioms
from montages.reasoning.closure import Closure, Implications

__all__ = ["Axioms", "Closure", "Implications", "read_axioms"]
