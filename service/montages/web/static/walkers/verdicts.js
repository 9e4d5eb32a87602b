/* Walks the files of a period: Montages.verdicts(file, {holder: "commune"}), Montages.named(…) likewise. */
"use strict";
(function (exported) {
  /* What follows from what is presumed is read so where it has no state of its own. */
  const instead = { follows: ["assumed", "derived"] };
  /* Return the state of each variable of the file, from answers by criterion. */
  function states(file, stated, presumed, out) {
    const known = {}, derived = {}, falling = new Set();
    for (const name in presumed) known[name] = ["assumed", presumed[name]];
    for (const name in stated) known[name] = ["stated", stated[name]];
    for (const [criterion, value, other, follows] of file.implies) {
      const [how, given] = known[criterion] || [];
      if (given === value || (Array.isArray(given) && given.includes(value))) {
        (derived[other] = derived[other] || new Set()).add(follows);
        if (how === "assumed") falling.add(other);
      }
    }
    return file.variables.map(({ criterion, value, states }) => {
      let [how, given] = known[criterion] || [falling.has(criterion) ? "follows" : "derived", null];
      const follow = [...(derived[criterion] || [])].sort();
      let chosen = given || follow[0];
      if (value !== undefined) {
        const values = new Set([...(given || []), ...follow]);
        const apart = file.alone[criterion].some((one) => one !== value && values.has(one));
        const left = apart || ((out || {})[criterion] || []).includes(value);
        chosen = values.has(value) ? "in" : left ? "out" : null;
        if (!given && values.size > 1) how = how === "follows" ? "assumed" : "fixed";
      }
      const wanted = [how, ...(instead[how] || []), "fixed"].map((one) => `${one} ${chosen}`);
      return [...wanted, "unknown"].map((name) => states.indexOf(name)).find((n) => n >= 0);
    });
  }
  /* Return the leaf that states lead to from a node; `back`: children tell how many nodes back they are. */
  function walk(file, node, found, back) {
    while (node >= 0) {
      const child = file.nodes[node][found[file.nodes[node][0]] + 1];
      node = back && child > 0 ? node - child : child;
    }
    return -1 - node;
  }
  /* Return the place of the verdict on each arrangement in the list of the file, one digit each. */
  function verdicts(file, stated, presumed, out) {
    const found = states(file, stated, presumed || {}, out);
    return Object.values(file.arrangements).map((each) => walk(file, each.verdict, found)).join("");
  }
  /* Return the contract that is named, the procedure or channel that awards it, and what forbids it. */
  function named(file, stated, presumed, out) {
    const found = states(file, stated, presumed || {}, out), leaf = (node) => walk(file, node, found, true);
    const whole = leaf(file.whole), forbidden = [null, ...file.prohibitions][whole || leaf(file.part)];
    const [, contract] = (!whole && file.steps.find(([node]) => leaf(node))) || [0, null];
    return [contract, [null, ...file.ways][contract ? leaf(file.awards[contract]) : 0], forbidden];
  }
  exported.Montages = { states, walk, verdicts, named };
})(typeof module === "undefined" ? window : module.exports);
