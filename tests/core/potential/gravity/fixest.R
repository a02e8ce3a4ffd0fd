# Answers of R fixest on the rows of worlds.written():
#
#   python -c "from tests.core.potential.gravity.worlds import written; import csv, sys
#   t = written(); w = csv.writer(sys.stdout); w.writerow(t); w.writerows(zip(*t.values()))" > rows.csv
#   Rscript fixest.R rows.csv > fixest.json
library(fixest)
rows <- read.csv(commandArgs(TRUE)[1])
ways <- list(
  one = "exporter^importer",
  two = "exporter^year + importer^year",
  three = "exporter^year + importer^year + exporter^importer"
)
clusters <- list(
  pair = ~ exporter^importer, exporter = ~ exporter, both = ~ exporter + importer
)
list_of <- function(x) paste0("[", paste(sprintf("%.14g", x), collapse = ", "), "]")
entry <- function(name, x) sprintf('"%s": %s', name, x)
lines <- sapply(names(ways), function(way) {
  found <- fepois(as.formula(paste("trade ~ agreement + tariff |", ways[[way]])), rows,
    fixef.rm = "both", glm.tol = 1e-12, fixef.tol = 1e-11, glm.iter = 200, notes = FALSE)
  errors <- sapply(names(clusters), function(by) {
    full <- se(vcov(found, cluster = clusters[[by]], ssc = ssc(cluster.df = "min")))
    none <- se(vcov(found, cluster = clusters[[by]], ssc = ssc(adj = FALSE, cluster.adj = FALSE)))
    sprintf("%s, %s", entry(paste0(by, " fixest"), list_of(full)),
      entry(paste0(by, " none"), list_of(none)))
  })
  sprintf('  "%s": {%s}', way, paste(c(
    entry("coefficients", list_of(coef(found))),
    entry("observations", nobs(found)),
    entry("deviance", sprintf("%.14g", deviance(found))),
    errors), collapse = ",\n    "))
})
cat("{\n", paste(lines, collapse = ",\n"), "\n}\n", sep = "")
