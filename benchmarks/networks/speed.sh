#!/bin/sh
# Effective draws per processor second of chains of networks beside NumPyro's NUTS on all weights of
# the same model, on the same rows, one after the other on the same core: one table.
#
#     benchmarks/networks/speed.sh PYTHON CLASSPATH [ROWS [WIDTHS [SECONDS [ITERATIONS]]]]
#
# PYTHON has numpyro (see nuts.py), CLASSPATH the project with its benchmarks (see
# benchmarks/README.md), ROWS training rows (200), WIDTHS a list ("16 64 256"), SECONDS of NUTS for
# each width (600), ITERATIONS of a chain (500). CORE is the processor that both run on (0), and
# JAVA_OPTIONS go to java, such as the place of a native BLAS.
set -eu
python=${1:?"python with numpyro"}
classpath=${2:?"class path"}
rows=${3:-200}
widths=${4:-"16 64 256"}
seconds=${5:-600}
iterations=${6:-500}
core=${CORE:-0}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "$(date -u +%F) $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2), $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg)"
for width in $widths; do
  "$python" "$here/nuts.py" --train "$rows" --widths "$width" --seconds "$seconds" --core "$core" \
    --rows "$work" --out "$work/nuts.csv" 2>>"$work/nuts.log"
  # shellcheck disable=SC2086
  OPENBLAS_NUM_THREADS=1 taskset -c "$core" java --add-modules jdk.incubator.vector \
    -XX:+UseSerialGC ${JAVA_OPTIONS:-} -cp "$classpath" finitewidth.benchmark.ChainsBenchmark \
    "$work" "$rows" "$iterations" "$width" >>"$work/chains.csv" 2>>"$work/chains.log"
done
awk -F, -v rows="$rows" '
  FNR == 1 || $1 == "rows" || $1 == "date" { for (i = 1; i <= NF; i++) at[FILENAME, $i] = i; next }
  function column(name) { return $(at[FILENAME, name]) }
  FILENAME ~ /nuts/ {
    n[column("width")] = column("effective_prediction_collapsed_per_cpu_second")
    m[column("width")] = column("effective_likelihood_collapsed_per_cpu_second")
    next
  }
  { w = column("width"); gsub(/[^0-9.]/, "", w); w += 0; order[++count] = w
    p[w] = column("effective_median_prediction_per_cpu_second")
    l[w] = column("effective_log_likelihood_per_cpu_second"); r[w] = column("rhat") }
  END {
    print "| width | chains: prediction | NUTS | ratio | chains: L | NUTS | ratio | R-hat of L |"
    print "|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= count; i++) {
      w = order[i]
      printf "| %s | %s | %s | %.1f | %s | %s | %.1f | %s |\n", w, p[w], n[w], p[w] / n[w], l[w], m[w], l[w] / m[w], r[w]
    }
    print ""
    print "Effective draws per processor second on one core, " rows " training rows of concrete."
  }' "$work/nuts.csv" "$work/chains.csv"
