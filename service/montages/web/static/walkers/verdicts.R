# Walks the files of a period: verdicts(read_json("verdicts-2026-04-01.json"), list(holder = "commune")), named(…)
library(jsonlite)

# Return the state of each variable of the file, from answers by criterion.
states <- function(file, stated, presumed, out) {
  derived <- list()
  falling <- character()
  for (rule in file$implies) {
    assumed <- is.null(stated[[rule[[1]]]])
    given <- if (assumed) presumed[[rule[[1]]]] else stated[[rule[[1]]]]
    if (rule[[2]] %in% unlist(given)) {
      derived[[rule[[3]]]] <- sort(unique(c(derived[[rule[[3]]]], rule[[4]])))
      if (assumed) falling <- c(falling, rule[[3]])
    }
  }
  vapply(file$variables, function(variable) {
    name <- variable$criterion
    how <- if (name %in% falling) "follows" else "derived"
    how <- if (!is.null(stated[[name]])) "stated" else if (!is.null(presumed[[name]])) "assumed" else how
    given <- unlist(if (how == "stated") stated[[name]] else presumed[[name]])
    chosen <- c(given, derived[[name]])[1]
    if (!is.null(variable$value)) {
      values <- unique(c(given, derived[[name]]))
      apart <- any(setdiff(unlist(file$alone[[name]]), variable$value) %in% values)
      left <- apart || variable$value %in% unlist(out[[name]])
      chosen <- if (variable$value %in% values) "in" else if (left) "out" else ""
      if (is.null(given) && length(values) > 1) how <- if (how == "follows") "assumed" else "fixed"
    }
    # What follows from what is presumed is read otherwise where it has no state of its own.
    ways <- c(how, if (how == "follows") c("assumed", "derived"), "fixed")
    Find(Negate(is.na), match(c(paste(ways, chosen), "unknown"), unlist(variable$states)))
  }, integer(1))
}

# Return the leaf that states lead to from a node; `back`: children tell how many nodes back they are.
walk <- function(file, node, found, back = FALSE) {
  while (node >= 0) {
    child <- file$nodes[[node + 1]][[found[file$nodes[[node + 1]][[1]] + 1] + 1]]
    node <- if (back && child > 0) node - child else child
  }
  -1 - node
}

# Return the place of the verdict on each arrangement in the list of the file, one digit each.
verdicts <- function(file, stated, presumed = list(), out = list()) {
  found <- states(file, stated, presumed, out)
  paste(vapply(file$arrangements, function(each) walk(file, each$verdict, found), 0), collapse = "")
}

# Return the contract that is named, the procedure or channel that awards it, and what forbids it; "" for none.
named <- function(file, stated, presumed = list(), out = list()) {
  found <- states(file, stated, presumed, out)
  leaf <- function(node) walk(file, node, found, TRUE)
  whole <- leaf(file$whole)
  forbidden <- c("", unlist(file$prohibitions))[1 + (if (whole > 0) whole else leaf(file$part))]
  step <- if (whole == 0) Find(function(one) leaf(one[[1]]) > 0, file$steps)
  contract <- if (is.null(step) || is.null(step[[2]])) "" else step[[2]]
  way <- if (contract == "") 0 else leaf(file$awards[[contract]])
  c(contract, c("", unlist(file$ways))[1 + way], forbidden)
}
