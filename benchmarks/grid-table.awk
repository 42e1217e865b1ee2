# Median and 90 % of errors in mean, variance and evidence by n/(Pm) and q/(Pm), for each method, from grid/results.csv:
#   awk -f benchmarks/grid-table.awk benchmarks/grid/results.csv
BEGIN { FS = "," }
NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
{
  targets = $at["rows"] * $at["outputs"]
  n = $at["width"] / targets
  q = $at["data_fit"] / targets
  wide = n <= 0.5 ? "1 to 1/2" : n <= 1 ? "2 1/2 to 1" : n <= 2 ? "3 1 to 2" : "4 above 2"
  far = q < 0.45 ? "1 below 0.45" : q < 1.6 ? "2 0.45 to 1.6" : q < 5 ? "3 1.6 to 5" : "4 above 5"
  method = $at["method"]
  add(far "|" wide "|" method)
  add("5 all|5 all|" method)
}
function add(key) {
  count[key]++
  mean[key, count[key]] = $at["mean_error"]
  variance[key, count[key]] = $at["variance_error"]
  error = $at["evidence_error"]
  evidence[key, count[key]] = error < 0 ? -error : error
}
# Value number ceil(share · count) of the sorted ones.
function quantile(values, key, share,    i, j, x, sorted, number) {
  for (i = 1; i <= count[key]; i++) {
    x = values[key, i] + 0
    for (j = i - 1; j >= 1 && sorted[j] > x; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = x
  }
  number = share * count[key]
  number = number == int(number) ? number : int(number) + 1
  return sorted[number < 1 ? 1 : number]
}
function cell(values, key) {
  return sprintf("%.3g, %.3g", quantile(values, key, 0.5), quantile(values, key, 0.9))
}
END {
  print "| q/(Pm) | n/(Pm) | method | problems | mean | variance | evidence |"
  print "|---|---|---|---|---|---|---|"
  for (key in count) {
    split(key, part, "|")
    printf "| %s | %s | %s | %d | %s | %s | %s |\n", substr(part[1], 3), substr(part[2], 3), part[3],
      count[key], cell(mean, key), cell(variance, key), cell(evidence, key) | ("sort -t'|' -k2,2 -k3,3 -k4,4")
  }
}
