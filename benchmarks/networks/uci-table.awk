# The tables of benchmarks/uci.md from ../uci.csv and uci.csv, in this order: NNGP, first order and
# what uci.csv has, method by method on the splits that it has, means ± standard errors over them.
# Chains with other settings are another method. Where a split has several networks that of the highest
# log evidence counts; the last table has them all.
BEGIN { FS = "," }
FNR == 1 { file++; delete at; for (i = 1; i <= NF; i++) at[$i] = i; next }
file == 1 {
  key = $at["set"] SUBSEP $at["split"]
  nngp[key] = $at["nngp_rmse"]; nngpll[key] = $at["nngp_ll"]
  first[key] = $at["rmse"]; firstll[key] = $at["ll"]
  next
}
$at["split"] ~ /pilot/ || $at["widths"] ~ /inf/ { next }
# Of renormalised first order only widths that a job would choose from.
$at["way"] ~ /renormalised/ && $at["trusted"] + 0 == 0 { next }
{
  chains = $at["chains"] != ""
  method = chains ? $at["chains"] " chains, " $at["annealing"] " + " $at["most_iterations"] : $at["way"]
  sub(/^evidence-scales-/, "", method)
  set = $at["set"] SUBSEP method; split_ = $at["split"]; key = set SUBSEP split_
  if (!(set in count)) {
    names[++order] = set; count[set] = 0; rows[set] = $at["training_rows"]
    title[set] = $at["set"]; how[set] = method; moving[set] = chains
  }
  nngp[key] = nngp[$at["set"] SUBSEP split_]; nngpll[key] = nngpll[$at["set"] SUBSEP split_]
  first[key] = first[$at["set"] SUBSEP split_]; firstll[key] = firstll[$at["set"] SUBSEP split_]
  if (!(key in best)) splits[set, ++count[set]] = split_
  w = $at["widths"]
  if (!((set, w) in runs)) candidates[set, ++candidate[set]] = w
  runs[set, w]++
  evidence[key, w] = $at["log_evidence"]; error[key, w] = $at["log_evidence_error"]
  each[key, w, 1] = $at["rmse_in_units"]; each[key, w, 2] = $at["ll_in_units"]; each[key, w, 3] = $at["cpu_seconds"]
  if (!(key in best) || $at["log_evidence"] > best[key]) {
    best[key] = $at["log_evidence"]
    rmse[key] = $at["rmse_in_units"]; ll[key] = $at["ll_in_units"]; widths[key] = $at["widths"]
    failures[key] = $at["failures"]; rhat[key] = $at["rhat"]; largest[key] = $at["largest_rhat"]
    seconds[key] = $at["cpu_seconds"]
  }
}
function gather(set, what, a, b,   k, key, sum, square, value, n, v) {
  n = count[set]
  for (k = 1; k <= n; k++) {
    key = set SUBSEP splits[set, k]
    value = what == 1 ? a[key] : a[key] - b[key]
    sum += value; square += value * value
  }
  sum /= n
  v = n > 1 ? (square - n * sum * sum) / (n - 1) / n : 0
  value = sprintf(what == 1 ? "%.3f" : "%+.3f", sum)
  return n > 1 ? value sprintf(" ± %.3f", sqrt(v > 0 ? v : 0)) : value
}
END {
  print "| set (rows), splits | method | RMSE: NNGP | first order | method | method − NNGP | LL: NNGP | first order | method | method − NNGP |"
  print "|---|---|---|---|---|---|---|---|---|---|"
  for (o = 1; o <= order; o++) {
    s = names[o]
    printf "| %s (%d), %d | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", title[s], rows[s], count[s], how[s],
      gather(s, 1, nngp), gather(s, 1, first), gather(s, 1, rmse), gather(s, 2, rmse, nngp),
      gather(s, 1, nngpll), gather(s, 1, firstll), gather(s, 1, ll), gather(s, 2, ll, nngpll)
  }
  print ""
  print "| set | method | networks | converged | R-hat of L, median | largest of predictions, median | CPU seconds a split |"
  print "|---|---|---|---|---|---|---|"
  for (o = 1; o <= order; o++) {
    s = names[o]; if (!moving[s]) continue
    used = ""; good = 0; total = 0; n = count[s]
    for (k = 1; k <= n; k++) {
      key = s SUBSEP splits[s, k]
      w = widths[key]
      if (!((s, w) in times)) { kinds[s, ++kind[s]] = w }
      times[s, w]++
      good += failures[key] == 0
      total += seconds[key]
      a[k] = rhat[key]; b[k] = largest[key]
    }
    for (k = 1; k <= kind[s]; k++) {
      used = used (k > 1 ? ", " : "") kinds[s, k] (kind[s] > 1 ? " (" times[s, kinds[s, k]] ")" : "")
    }
    printf "| %s | %s | %s | %d of %d | %.2f | %.2f | %.0f |\n", title[s], how[s], used, good, n, median(a, n), median(b, n), total / n
  }
  print ""
  print "| set, splits | neurons | log evidence | its error | chosen | beyond errors | RMSE | LL | CPU seconds a split |"
  print "|---|---|---|---|---|---|---|---|---|"
  for (o = 1; o <= order; o++) {
    s = names[o]
    if (moving[s] && candidate[s] > 1) for (c = 1; c <= candidate[s]; c++) network(s, candidates[s, c])
  }
}
# On the splits of a set. Chosen beyond errors: above the next by more than both errors together.
function network(set, w,   k, n, key, other, c, evidences, errors, chosen, apart, next_, seconds) {
  n = count[set]
  for (k = 1; k <= n; k++) {
    key = set SUBSEP splits[set, k]
    evidences += evidence[key, w] / n; errors += error[key, w] / n; seconds += each[key, w, 3] / n
    if (widths[key] != w) continue
    chosen++
    next_ = 1
    for (c = 1; c <= candidate[set]; c++) {
      other = candidates[set, c]
      if (other != w && evidence[key, w] - evidence[key, other] <= sqrt(error[key, w] ^ 2 + error[key, other] ^ 2)) next_ = 0
    }
    apart += next_
  }
  printf "| %s, %d | %s | %.0f | %.0f | %d | %d | %s | %s | %.0f |\n", title[set], n, w, evidences, errors, chosen, apart,
    spread(set, w, 1), spread(set, w, 2), seconds
}
function spread(set, w, what,   k, n, sum, square, value) {
  n = count[set]
  for (k = 1; k <= n; k++) {
    value = each[set, splits[set, k], w, what]
    sum += value / n; square += value * value
  }
  value = n > 1 ? (square - n * sum * sum) / (n - 1) / n : 0
  return sprintf("%.3f ± %.3f", sum, sqrt(value > 0 ? value : 0))
}
function median(values, n,   i, j, t) {
  for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (values[j] + 0 < values[i] + 0) { t = values[i]; values[i] = values[j]; values[j] = t }
  return (values[int((n + 1) / 2)] + values[int(n / 2) + 1]) / 2
}
