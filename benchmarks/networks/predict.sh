#!/usr/bin/env bash
# Rows that chains' saved states predict: a thread's predictor, and whole jobs of the verb predict.
#
#   benchmarks/networks/predict.sh [rate] [jobs]
#
# Needs the classes of the profile benchmarks and a built job (mvn -Pbenchmarks -DskipTests package). What has finished in
# $WORK (target/networks-predict) is not run again. Lines of the tables of predict.md.
#
#   ROWS=1000000   MASTER=local[2]   ACTIVATIONS="relu:1 relu:2 tanh:1 tanh:2 erf:1 gelu:1 silu:1 softplus:1"
set -eu

home=$(cd "$(dirname "$0")/../.." && pwd)
work=${WORK:-$home/target/networks-predict}
rows=${ROWS:-1000000}
master=${MASTER:-'local[2]'}
activations=${ACTIVATIONS:-relu:1 relu:2 tanh:1 tanh:2 erf:1 gelu:1 silu:1 softplus:1}
mkdir -p "$work"

. "$home/benchmarks/functions.sh"

rate() {
  cd "$home"
  # shellcheck source=benchmarks/networks/run.sh
  . benchmarks/networks/run.sh
  local one
  # A virtual machine each, as what one activation has taught the compiler is wrong for the next.
  for one in $activations; do benchmark PredictRate "$one"; done
}

# run NAME VERB ARGUMENT...: one job, unless it has finished before.
run() {
  local name=$1 TIMEFORMAT='%U %S'
  shift
  ! done_before "$name" || return 0
  { time "$home/submit.sh" "$@" output.path="$work/$name" output.overwrite=true -- --master "$master" \
    >"$work/$name.out" 2>"$work/$name.err"; } 2>"$work/$name.cpu" || failed "$name"
}

# Rows of concrete over and over, each feature a little off.
table() {
  [ -f "$work/rows.csv" ] || awk -F, -v OFS=, -v count="$rows" '
    NR == 1 { NF--; print; next }
    { NF--; line[n++] = $0 }
    END {
      srand(1)
      for (i = 0; i < count; i++) {
        columns = split(line[i % n], x, ",")
        out = ""
        for (j = 1; j <= columns; j++)
          out = out (j > 1 ? "," : "") sprintf("%.4f", x[j] * (1 + 0.02 * (rand() - 0.5)))
        print out
      }
    }' "$home/examples/concrete.csv" >"$work/rows.csv"
}

jobs_of() {
  local activation=$1
  run "fit-$activation" fit --config "$home/conf/concrete-networks.conf" data.train="$home/examples/concrete.csv" \
    data.train-rows=200 data.test-rows=10 network.activation="$activation" 'network.hidden-widths=[64]' 'widths=[]' \
    networks.chains=4 networks.states=100 networks.max-iterations=50 networks.evidence=false
  run "predict-$activation" predict --config "$home/conf/predict-diabetes.conf" \
    model.path="$work/fit-$activation/model" data.test="$work/rows.csv" predict.columns=none predict.order=1
  printf '| %s | %s | %.1f | %.1f | %.1f | %.0f | %.0f |\n' "$activation" "$(number "predict-$activation" predictions)" \
    "$(number "predict-$activation" read)" "$(number "predict-$activation" predict)" \
    "$(number "predict-$activation" total)" "$(awk '{ print $1 + $2 }' "$work/predict-$activation.cpu")" \
    "$(number "predict-$activation" rows_per_second)"
}

jobs() {
  table
  jobs_of relu
  jobs_of tanh
}

[ $# -gt 0 ] || set -- rate jobs
for part in "$@"; do
  case $part in
    rate | jobs) "$part" ;;
    *) say "no part $part: rate, jobs"; exit 2 ;;
  esac
done
