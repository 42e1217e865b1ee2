#!/usr/bin/env bash
# How fast predict scores rows: many at order 0, some corrected, with 100 training rows, two hidden
# layers, on two cores.
#
#   benchmarks/predict.sh
#
# Fits once, makes rows near those of concrete, and scores them through submit.sh. Results stay under
# $WORK (target/predict); what has finished there is not run again. The table goes to $TABLE
# (benchmarks/predict.md). rm -r target/predict to begin afresh.
#
#   MANY=1000000      rows at order 0
#   SOME=10000        corrected rows
#   ACTIVATION=relu
#   MASTER=local[2]
set -eu

home=$(cd "$(dirname "$0")/.." && pwd)
work=${WORK:-$home/target/predict}
table=${TABLE:-$home/benchmarks/predict.md}
many=${MANY:-1000000}
some=${SOME:-10000}
activation=${ACTIVATION:-relu}
master=${MASTER:-local[2]}
mkdir -p "$work"

. "$home/benchmarks/functions.sh"

# run NAME VERB ARGUMENT...: one job, unless it has finished before.
run() {
  local name=$1
  shift
  [ ! -f "$work/$name/summary.json" ] || return 0
  say "$name: load $(load)"
  local TIMEFORMAT='%U %S'
  { time "$home/submit.sh" "$@" output.path="$work/$name" -- --master "$master" \
    >"$work/$name.out" 2>"$work/$name.err"; } 2>"$work/$name.cpu" ||
    failed "$name"
}

# rows COUNT: rows of concrete over and over, each feature a little off, without targets.
rows() {
  [ -f "$work/rows-$1.csv" ] ||
    awk -F, -v OFS=, -v count="$1" '
      NR == 1 { NF--; print; next }
      { NF--; line[n++] = $0 }
      END {
        srand(1)
        for (i = 0; i < count; i++) {
          columns = split(line[i % n], x, ",")
          out = ""
          for (j = 1; j <= columns; j++) out = out (j > 1 ? "," : "") sprintf("%.4f", x[j] * (1 + 0.02 * (rand() - 0.5)))
          print out
        }
      }' "$home/examples/concrete.csv" >"$work/rows-$1.csv"
}

# line NAME TITLE: of the table.
line() {
  printf '| %s | %s | %.1f | %.1f | %.1f | %.1f | %.0f | %.0f |\n' "$2" "$(number "$1" predictions)" "$(number "$1" load)" \
    "$(number "$1" read)" "$(number "$1" predict)" "$(number "$1" total)" "$(awk '{ print $1 + $2 }' "$work/$1.cpu")" \
    "$(number "$1" rows_per_second)"
}

run fit fit --config "$home/conf/concrete.conf" data.train="$home/examples/concrete.csv" data.train-rows=100 \
  data.test-rows=2 "network.activation=$activation"
rows "$many"
rows "$some"
run order-0 predict --config "$home/conf/predict-diabetes.conf" model.path="$work/fit/model" predict.columns=none \
  data.test="$work/rows-$many.csv" predict.order=0
run corrected predict --config "$home/conf/predict-diabetes.conf" model.path="$work/fit/model" predict.columns=none \
  data.test="$work/rows-$some.csv" predict.order=1

{
  printf '# Rows scored by predict\n\n'
  printf '`benchmarks/predict.sh`. Machine: %s cores, %s; %s. Date: %s. Commit: %s. Master: %s.\n\n' "$(nproc)" \
    "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1)" \
    "$(java -version 2>&1 | sed -n 2p)" "$(date +%F)" "$(git -C "$home" rev-parse --short HEAD)" "$master"
  printf 'concrete, %s, two hidden layers, 100 training rows, fitted exactly; csv in, parquet out. Seconds: loading the model, reading and\n' "$activation"
  printf 'checking all rows, scoring and writing them, the whole job from its start, and its processor time.\n\n'
  printf '| | rows | load | read | score | job | processor | rows/s scored |\n|---|---|---|---|---|---|---|---|\n'
  line order-0 'order 0'
  line corrected 'corrected'
} >"$table"
say "$table is written"
