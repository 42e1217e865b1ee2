#!/usr/bin/env bash
# Estimated heaps beside measured ones: for jobs of several sizes, what --dry-run says, what is live on the heap at
# most (after a collection, of a job with room), and whether the job ends well in a heap as large as the estimate
# and in one of two thirds of it, below which jobs are refused.
#
#   benchmarks/sizing.sh [NAME...]     all of the list below, or some
#
# Results are in $WORK (target/sizing), the table in $TABLE (benchmarks/sizing.md). Time does not matter here, so the
# machine need not be quiet. The activation is linear, whose moments are the cheapest and whose memory is that of any other.
set -eu

home=$(cd "$(dirname "$0")/.." && pwd)
work=${WORK:-$home/target/sizing}
table=${TABLE:-$home/benchmarks/sizing.md}
cores=${CORES:-2}
mkdir -p "$work"
. "$home/benchmarks/functions.sh"

# job ENGINE ROWS LAYERS OUTPUTS: what it is, as overrides of conf/digits.conf, or of conf/concrete.conf for one output.
# Engines are exact, sampled, and the exact one with quantiles or with hidden kernels.
job() {
  local engine=$1 rows=$2 layers=$3 outputs=$4
  local widths variances
  widths=$(printf '512,%.0s' $(seq "$layers"))
  variances=$(printf '1.0,%.0s' $(seq "$layers"))
  case $engine in
    quantiles) printf '%s\n' 'predict.quantiles=[0.05,0.5,0.95]' ;;
    hidden) printf '%s\n' output.hidden-kernels=true ;;
  esac
  [ "$engine" = sampled ] || engine=exact
  printf '%s\n' data.train="$home/examples/digits.csv" data.test-fraction=0.1 data.train-rows="$rows" data.test-rows=30 \
    network.activation=linear "network.hidden-widths=[${widths%,}]" "network.weight-variance=[${variances}0.5]" \
    contraction.engine="$engine" output.overwrite=true
  [ "$engine" = exact ] || printf '%s\n' contraction.max-draws=40000 contraction.tolerance=0.5
  [ "$outputs" = 10 ] || printf '%s\n' data.target=label preprocess.features=unit-sphere
}

# run NAME HEAP JVM_OPTION ARGUMENT...: a fit with that heap, whatever the estimate.
run() {
  local name=$1 heap=$2 options=$3 config=digits
  shift 3
  case $name in *-1) config=concrete ;; esac
  FINITE_WIDTH_ARCHIVE=no "$home/submit.sh" fit --config "$home/conf/$config.conf" "$@" output.path="$work/$name.out" -- \
    --master "local[$cores]" --driver-memory "${heap}m" --driver-java-options "$options" \
    --conf spark.finitewidth.memoryCheck=warn
}

live() {
  sed -n 's/.* [0-9]*M->\([0-9]*\)M([0-9]*M).*/\1/p' "$1" | sort -n | tail -n 1
}

# ends NAME HEAP ARGUMENT...: so many megabytes, and whether a job ends well in these; "-" where Spark would not start.
ends() {
  local name=$1 heap=$2
  shift 2
  if [ "$heap" -lt 460 ]; then
    echo "$heap: -"
  elif run "$name" "$heap" -Xshare:auto "$@" >/dev/null 2>"$work/$name.$heap.err"; then
    echo "$heap: yes"
  else
    echo "$heap: no"
  fi
}

measure() {
  local name=$1 engine=$2 rows=$3 layers=$4 outputs=$5
  local what=() line estimate
  ! [ -f "$work/$name.done" ] || { say "$name: done before"; return 0; }
  while IFS= read -r line; do what+=("$line"); done < <(job "$engine" "$rows" "$layers" "$outputs")
  say "$name"
  run "$name" 8000 -Xshare:auto "${what[@]}" --dry-run >"$work/$name.estimate" 2>"$work/$name.err"
  estimate=$(sed -n 's/.*heap \([0-9.]* [MG]B\) of.*/\1/p' "$work/$name.estimate" |
    awk '{ printf "%.0f", $2 == "GB" ? 1024 * $1 : $1 }')
  run "$name" 4000 "-Xlog:gc:file=$work/$name.gc" "${what[@]}" >/dev/null 2>"$work/$name.err"
  # Collectors keep some megabytes to themselves.
  printf '%s | %s | %s | %s\n' "$estimate" "$(live "$work/$name.gc")" \
    "$(ends "$name" $((estimate + 16)) "${what[@]}")" "$(ends "$name" $((estimate * 2 / 3)) "${what[@]}")" >"$work/$name.part"
  mv "$work/$name.part" "$work/$name.done"
}

# NAME: engine, training rows, hidden layers, outputs.
list() {
  printf '%s\n' \
    'exact-300-1 exact 300 2 1' 'exact-300-10 exact 300 2 10' 'exact-600-10 exact 600 1 10' \
    'quantiles-300-10 quantiles 300 2 10' 'hidden-500-1 hidden 500 2 1' \
    'sampled-300-10 sampled 300 2 10' 'sampled-1000-1 sampled 1000 2 1' 'sampled-1000-10 sampled 1000 3 10'
}

[ $# -gt 0 ] || set -- $(list | cut -d' ' -f1)
for name in "$@"; do
  measure $(list | grep "^$name ")
done
{
  echo "# Estimated and measured heaps"
  echo
  echo "\`benchmarks/sizing.sh\`: one JVM with $cores cores that does everything (local[$cores]), digits, linear, 30 test rows. $(machine)"
  echo
  echo "| engine | P | layers | outputs | estimated, MB | live at most in 4000 MB, MB | ends well in the estimate, MB | in two thirds of it |"
  echo "|---|---|---|---|---|---|---|---|"
  list | while read -r name engine rows layers outputs; do
    [ ! -f "$work/$name.done" ] || echo "| $engine | $rows | $layers | $outputs | $(cat "$work/$name.done") |"
  done
} >"$table.new"
mv "$table.new" "$table"
cat "$table"
