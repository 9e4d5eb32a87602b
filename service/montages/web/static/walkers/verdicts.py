"""Walks the files of a period: verdicts(json.load(open("v.json")), {"revenue": "no"}), named(…) likewise."""

# What follows from what is presumed is read so where it has no state of its own.
INSTEAD = {"follows": ("assumed", "derived")}


def states(file, stated, presumed, out):
    """Return the state of each variable of the file, from answers by criterion."""
    known = {name: ("assumed", value) for name, value in presumed.items()}
    known |= {name: ("stated", value) for name, value in stated.items()}
    derived, falling, found = {}, set(), []
    for criterion, value, other, follows in file["implies"]:
        how, given = known.get(criterion, ("", ""))
        if given == value or (isinstance(given, list) and value in given):
            derived.setdefault(other, set()).add(follows)
            falling |= {other} if how == "assumed" else set()
    for variable in file["variables"]:
        name, value = variable["criterion"], variable.get("value")
        how, given = known.get(name, ("follows" if name in falling else "derived", None))
        chosen = given or min(derived.get(name, [""]))
        if value is not None:
            values = set(given or []) | derived.get(name, set())
            alone = any(v in values and value != v for v in file["alone"][name])
            left = alone or value in out.get(name, [])
            chosen = "in" if value in values else "out" if left else ""
            if not given and len(values) > 1:
                how = "assumed" if how == "follows" else "fixed"
        wanted = [f"{one} {chosen}" for one in (how, *INSTEAD.get(how, ()), "fixed")]
        kept = [s for s in (*wanted, "unknown") if s in variable["states"]]
        found.append(variable["states"].index(kept[0]))
    return found


def walk(file, node, found, back=False):
    """Return the leaf that states lead to from a node; `back`: children tell how many nodes back they are."""
    while node >= 0:
        variable, *children = file["nodes"][node]
        child = children[found[variable]]
        node = node - child if back and child > 0 else child
    return -1 - node


def verdicts(file, stated, presumed=(), out=()):
    """Return the place of the verdict on each arrangement in the list of the file, one digit each."""
    found = states(file, stated, dict(presumed), dict(out))
    return "".join(str(walk(file, a["verdict"], found)) for a in file["arrangements"].values())


def named(file, stated, presumed=(), out=()):
    """Return the contract that is named, the procedure or channel that awards it, and what forbids it."""
    found = states(file, stated, dict(presumed), dict(out))
    whole, part = (walk(file, file[name], found, back=True) for name in ("whole", "part"))
    forbidden = [None, *file["prohibitions"]][whole or part]
    contracts = (slug for node, slug in file["steps"] if walk(file, node, found, back=True))
    contract = None if whole else next(contracts, None)
    way = walk(file, file["awards"][contract], found, back=True) if contract else 0
    return contract, [None, *file["ways"]][way], forbidden
