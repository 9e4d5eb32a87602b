# The rules as data, in R without any package: Rscript rules-as-data.R [address of the service]
arguments <- commandArgs(trailingOnly = TRUE)
base <- if (length(arguments) > 0) arguments[1] else "http://127.0.0.1:8000"
gates <- read.csv(paste0(base, "/queries/hard-gates.csv?lang=en"), encoding = "UTF-8")
cat(length(unique(gates$requirement)), "hard requirements; most cited clauses:\n")
clauses <- sort(table(sub(".*/", "", gates$source)), decreasing = TRUE)
print(head(clauses, 5))
thresholds <- read.csv(paste0(base, "/queries/thresholds-on-a-day.csv?lang=en&day=2026-06-01"))
print(thresholds[order(thresholds$amount), c("name", "amount")], row.names = FALSE)
