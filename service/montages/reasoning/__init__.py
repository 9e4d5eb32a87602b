"""OWL 2 RL reasoning, compiled once and evaluated in plain Python.

How it works, in four steps.

1. *Reading* (`axiom_reader`, `class_expressions`, `owl_terms`). The axioms are read from RDF into tuples of
   names, each with one construct at most (`normal_form`). An anonymous class is named after its structure,
   so that the numbering depends on what the axioms say and not on the names a parser gives to blank nodes.
   Each expression is read for the side of a subclass axiom it stands on: on the left it says who is in the
   class, on the right what its members have. Whatever is not honoured, or stands on a side where OWL 2 RL
   does not allow it, stops the compile by name.
2. *Compiling* (`axiom_compiler`). The axioms that lead to nothing of interest can first be left out
   (`normal_form`). Each class is one bit of an integer. With each class goes the mask of itself and all its
   superclasses, so that giving a node a class gives it all of them by one `|`. With each property goes one
   record: the masks its edges give to their ends (domain, range, the values that make a class), the edges
   they imply (super-properties, inverses), the edges they combine with. A chain is cut into compositions of
   two; a symmetric property is its own inverse, a transitive one chains with itself.
3. *Evaluating* (`closure`, from `expand` on). Facts go in, triples of three IRIs. Two queues take turns
   until both are empty: edges to follow, and bits that nodes are to get. Following a new edge adds what its
   record says to the queues. Giving a node its new bits completes intersections (`mask & need == need`; each
   waits for its rarest member, so that few are tried), and the new bits that have consequences (a value, a
   neighbour's class) add those to the queues. Nothing is ever done twice: an edge or a bit that is already
   there is passed over.
4. *Answering* (`closure`, its class). What comes out is read node by node, as masks and edges, or as
   triples.

The static facts that come with the axioms are closed once, at the compile; a run looks them up and copies
only the nodes it has more to say about. Statements that make two names denote one thing (owl:sameAs and what
leads to it) are not honoured; nor are those that only forbid (disjointness, complements): derivation
rests on none of them.
"""

from montages.reasoning.axiom_compiler import compile_axioms
from montages.reasoning.axiom_reader import read_axioms
from montages.reasoning.closure import Closure, CompiledAxioms, infer

__all__ = ["Closure", "CompiledAxioms", "compile_axioms", "infer", "read_axioms"]
