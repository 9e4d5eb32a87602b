"""Walks the verdicts of a period: verdicts(json.load(open("v.json")), {"revenue": "no"}), a digit each."""


def states(file, stated, presumed, out):
    """Return the state of each variable of the file, from answers by criterion."""
    known = {name: ("fixed", value) for name, value in presumed.items()}
    known |= {name: ("stated", value) for name, value in stated.items()}
    derived, found = {}, []
    for criterion, value, other, follows in file["implies"]:
        given = known.get(criterion, ("", ""))[1]
        if given == value or (isinstance(given, list) and value in given):
            derived.setdefault(other, set()).add(follows)
    for variable in file["variables"]:
        name, value = variable["criterion"], variable.get("value")
        how, given = known.get(name, ("derived", None))
        chosen = given or min(derived.get(name, [""]))
        if value is not None:
            values = set(given or []) | derived.get(name, set())
            alone = any(v in values and value != v for v in file["alone"][name])
            left = alone or value in out.get(name, [])
            chosen = "in" if value in values else "out" if left else ""
            how = how if given or len(values) == 1 else "fixed"
        wanted = [f"{how} {chosen}", f"fixed {chosen}", "unknown"]
        found.append(next(variable["states"].index(s) for s in wanted if s in variable["states"]))
    return found


def walk(file, node, found):
    """Return the leaf that states lead to from a node."""
    while node >= 0:
        variable, *children = file["nodes"][node]
        node = children[found[variable]]
    return -1 - node


def verdicts(file, stated, presumed=(), out=()):
    """Return the place of the verdict on each arrangement in the list of the file, one digit each."""
    found = states(file, stated, dict(presumed), dict(out))
    return "".join(str(walk(file, a["verdict"], found)) for a in file["arrangements"].values())
