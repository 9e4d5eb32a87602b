/* Walks the verdicts of a period: Montages.verdicts(file, {holder: "commune"}), by Node.js or in a page. */
"use strict";
(function (exported) {
  /* Return the state of each variable of the file, from answers by criterion. */
  function states(file, stated, presumed, out) {
    const known = {}, derived = {};
    for (const name in presumed) known[name] = ["fixed", presumed[name]];
    for (const name in stated) known[name] = ["stated", stated[name]];
    for (const [criterion, value, other, follows] of file.implies) {
      const given = (known[criterion] || [])[1];
      if (given === value || (Array.isArray(given) && given.includes(value)))
        (derived[other] = derived[other] || new Set()).add(follows);
    }
    return file.variables.map(({ criterion, value, states }) => {
      let [how, given] = known[criterion] || ["derived", null];
      const follow = [...(derived[criterion] || [])].sort();
      let chosen = given || follow[0];
      if (value !== undefined) {
        const values = new Set([...(given || []), ...follow]);
        const apart = file.alone[criterion].some((one) => one !== value && values.has(one));
        const left = apart || ((out || {})[criterion] || []).includes(value);
        chosen = values.has(value) ? "in" : left ? "out" : null;
        if (!given && values.size > 1) how = "fixed";
      }
      return [`${how} ${chosen}`, `fixed ${chosen}`, "unknown"].map((name) => states.indexOf(name)).find((n) => n >= 0);
    });
  }
  /* Return the leaf that states lead to from a node. */
  function walk(file, node, found) {
    while (node >= 0) node = file.nodes[node][found[file.nodes[node][0]] + 1];
    return -1 - node;
  }
  /* Return the place of the verdict on each arrangement in the list of the file, one digit each. */
  function verdicts(file, stated, presumed, out) {
    const found = states(file, stated, presumed || {}, out);
    return Object.values(file.arrangements).map((each) => walk(file, each.verdict, found)).join("");
  }
  exported.Montages = { states, walk, verdicts };
})(typeof module === "undefined" ? window : module.exports);
