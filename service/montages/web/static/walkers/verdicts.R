# Walks the verdicts of a period: verdicts(read_json("verdicts-2026-04-01.json"), list(holder = "commune"))
library(jsonlite)

# Return the state of each variable of the file, from answers by criterion.
states <- function(file, stated, presumed, out) {
  derived <- list()
  for (rule in file$implies) {
    given <- c(stated[[rule[[1]]]], if (is.null(stated[[rule[[1]]]])) presumed[[rule[[1]]]])
    if (rule[[2]] %in% given) derived[[rule[[3]]]] <- sort(unique(c(derived[[rule[[3]]]], rule[[4]])))
  }
  vapply(file$variables, function(variable) {
    name <- variable$criterion
    how <- if (!is.null(stated[[name]])) "stated" else if (!is.null(presumed[[name]])) "fixed" else "derived"
    given <- unlist(if (how == "stated") stated[[name]] else presumed[[name]])
    chosen <- c(given, derived[[name]])[1]
    if (!is.null(variable$value)) {
      values <- unique(c(given, derived[[name]]))
      apart <- any(setdiff(unlist(file$alone[[name]]), variable$value) %in% values)
      left <- apart || variable$value %in% unlist(out[[name]])
      chosen <- if (variable$value %in% values) "in" else if (left) "out" else ""
      if (is.null(given) && length(values) > 1) how <- "fixed"
    }
    wanted <- c(paste(how, chosen), paste("fixed", chosen), "unknown")
    Find(Negate(is.na), match(wanted, unlist(variable$states)))
  }, integer(1))
}

# Return the leaf that states lead to from a node.
walk <- function(file, node, found) {
  while (node >= 0) node <- file$nodes[[node + 1]][[found[file$nodes[[node + 1]][[1]] + 1] + 1]]
  -1 - node
}

# Return the place of the verdict on each arrangement in the list of the file, one digit each.
verdicts <- function(file, stated, presumed = list(), out = list()) {
  found <- states(file, stated, presumed, out)
  paste(vapply(file$arrangements, function(each) walk(file, each$verdict, found), 0), collapse = "")
}
