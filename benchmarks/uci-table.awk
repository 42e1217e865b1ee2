# The table of benchmarks/uci.md from the lines of uci.csv: means ± standard errors over splits.
BEGIN { FS = ","; order = 0 }
NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
{
  set = $at["set"]
  if (!(set in n)) { names[++order] = set; least[set] = $at["width"]; most[set] = $at["width"] }
  n[set]++
  add(set, "a", $at["nngp_rmse"]); add(set, "b", $at["rmse"]); add(set, "c", $at["rmse"] - $at["nngp_rmse"])
  add(set, "d", $at["nngp_ll"]); add(set, "e", $at["ll"]); add(set, "f", $at["ll"] - $at["nngp_ll"])
  add(set, "g", $at["outside"]); add(set, "h", $at["standard_error"])
  finite[set] += $at["reason"] == "EXPANSION" || $at["reason"] == "NARROWEST"
  if ($at["width"] < least[set]) least[set] = $at["width"]
  if ($at["width"] > most[set]) most[set] = $at["width"]
  rows[set] = $at["rows"]
}
function add(set, what, value) { sum[set, what] += value; square[set, what] += value * value }
function mean(set, what) { return sum[set, what] / n[set] }
function error(set, what,   v) {
  if (n[set] < 2) return 0
  v = (square[set, what] - n[set] * mean(set, what) ^ 2) / (n[set] - 1)
  return sqrt((v > 0 ? v : 0) / n[set])
}
function shown(set, what, format) { return sprintf(format " ± %.3f", mean(set, what), error(set, what)) }
END {
  print "| set (rows), splits | RMSE: NNGP | corrected | difference | LL: NNGP | corrected | difference | widths, finite | outside | error |"
  print "|---|---|---|---|---|---|---|---|---|---|"
  for (k = 1; k <= order; k++) {
    s = names[k]
    printf "| %s (%d), %d | %s | %s | %s | %s | %s | %s | %d to %d, %d of %d | %.1f %% | %.2f |\n", s, rows[s], n[s],
      shown(s, "a", "%.3f"), shown(s, "b", "%.3f"), shown(s, "c", "%+.3f"),
      shown(s, "d", "%.3f"), shown(s, "e", "%.3f"), shown(s, "f", "%+.3f"),
      least[s], most[s], finite[s], n[s], 100 * mean(s, "g"), mean(s, "h")
  }
}
