#!/usr/bin/env bash
# Holds the correction against the exact posterior on 20 rows of concrete: one hidden layer, relu,
# erf and tanh.
#
#   benchmarks/validate.sh
#
# Runs validate through submit.sh. Results stay under $WORK (target/validate); what has finished
# there is not run again. The tables go to $TABLE (benchmarks/validate.md).
#
#   DRAWS=100000      of each width
#   WIDTHS=[32,64,128,256,512]
#   ACTIVATIONS="relu erf tanh"
#   MASTER=local[2]
set -eu

home=$(cd "$(dirname "$0")/.." && pwd)
work=${WORK:-$home/target/validate}
table=${TABLE:-$home/benchmarks/validate.md}
draws=${DRAWS:-100000}
widths=${WIDTHS:-[32,64,128,256,512]}
activations=${ACTIVATIONS:-relu erf tanh}
master=${MASTER:-local[2]}
mkdir -p "$work"

. "$home/benchmarks/functions.sh"

for activation in $activations; do
  [ ! -f "$work/$activation/summary.json" ] || continue
  say "$activation: load $(load)"
  TIMEFORMAT='%U %S'
  { time "$home/submit.sh" validate --config "$home/conf/concrete-validate.conf" \
    data.train="$home/examples/concrete.csv" network.activation="$activation" \
    validate.draws="$draws" "validate.widths=$widths" output.path="$work/$activation" -- --master "$master" \
    >"$work/$activation.out" 2>"$work/$activation.err"; } 2>"$work/$activation.cpu" ||
    { tail -n 5 "$work/$activation.err" >&2; say "$activation failed"; exit 1; }
done

# distances ACTIVATION: the lines of a job as rows of a table.
distances() {
  sed -n 's/^width //p' "$work/$1.out" | awk -v OFS=' | ' '{
    width = $1
    sub(/^[0-9]+ +/, "")
    n = split($0, part, /  +/)
    for (i = 1; i < n; i++) { sub(/^(mean|variance|log evidence|effective draws) /, "", part[i]) }
    for (i = 1; i <= 3; i++) { sub(/ \(NNGP /, " | ", part[i]); sub(/\)$/, "", part[i]) }
    sub(/ of .*/, "", part[4])
    print "| " width, part[1], part[2], part[3], part[4], part[5] " |"
  }'
}

{
  printf '# The correction beside the exact posterior\n\n'
  printf '`benchmarks/validate.sh`. Machine: %s cores, %s; %s. Date: %s. Commit: %s. Master: %s. Load: %s. %s networks of each width.\n\n' "$(nproc --all)" \
    "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1)" \
    "$(java -version 2>&1 | sed -n 2p)" "$(date +%F)" "$(git -C "$home" rev-parse --short HEAD)" "$master" "${LOAD:-$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)}" "$draws"
  printf 'concrete, 20 training and 20 test rows, one hidden layer (`conf/concrete-validate.conf`). Distances from the exact posterior, root mean square over\n'
  printf 'test rows: of means in posterior deviations of the NNGP, of variances in units of its variance, of log evidence in nats. “<”: at two standard errors.\n'
  for activation in $activations; do
    printf '\n## %s\n\n' "$activation"
    printf '| n | mean: corrected | NNGP | variance: corrected | NNGP | log evidence: corrected | NNGP | effective draws | |\n|---|---|---|---|---|---|---|---|---|\n'
    distances "$activation"
    printf '\n%s.\n\nVerdict: %s. Processor time: %s s.\n' "$(sed -n 's/^slope */Slopes: /p' "$work/$activation.out" | sed 's/  */ /g')" \
      "$(sed -n 's/^verdict: //p' "$work/$activation.out")" "$(awk '{ printf "%.0f", $1 + $2 }' "$work/$activation.cpu")"
  done
} >"$table"
say "$table is written"
