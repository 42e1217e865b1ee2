#!/usr/bin/env bash
# How whole jobs scale: with rows, with cores, with executors, in memory.
#
#   benchmarks/scaling.sh [growth] [cores] [executors] [overhead] [heap] [table]
#
# Without arguments all of it. Each job runs through submit.sh and leaves its results under
# $WORK (target/scaling); a job that has finished there is not run again, so an interrupted run goes
# on where it stopped. The table of all finished jobs is written to $TABLE (benchmarks/scaling.md).
# Figures of one table should come from one quiet machine; rm -r target/scaling to begin afresh.
#
#   ROWS=300             training rows of the runs on one and two cores
#   EXECUTOR_ROWS=400    and on one and two executors
#   ACTIVATION=relu      of all of them
#   HEAP_ACTIVATION=relu of the run for memory: 5e10 moments
#   HEAP_OUTPUTS=10      the digits as classes, or 1: the digit as a number
set -eu

home=$(cd "$(dirname "$0")/.." && pwd)
work=${WORK:-$home/target/scaling}
table=${TABLE:-$home/benchmarks/scaling.md}
rows=${ROWS:-300}
executor_rows=${EXECUTOR_ROWS:-400}
activation=${ACTIVATION:-relu}
heap_activation=${HEAP_ACTIVATION:-relu}
heap_outputs=${HEAP_OUTPUTS:-10}
mkdir -p "$work"

. "$home/benchmarks/functions.sh"

# run NAME KEY=VALUE... -- OPTION...: one fit, unless it has finished before.
run() {
  local name=$1
  shift
  ! done_before "$name" || return 0
  say "$name: load $(load)"
  "$home/submit.sh" fit "$@" >"$work/$name.out" 2>"$work/$name.err" ||
    failed "$name"
}

# concrete NAME TRAINING_ROWS SPARK_OPTION...: two hidden layers, one output, 200 test rows.
concrete() {
  local name=$1 training=$2
  shift 2
  run "$name" --config "$home/conf/concrete.conf" data.train="$home/examples/concrete.csv" \
    data.train-rows="$training" data.test-rows=200 network.activation="$activation" output.format=csv \
    output.path="$work/$name" -- "$@"
}

on_executors() {
  (
    SPARK_HOME=$(spark_home)
    export SPARK_HOME SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
    "$@"
  )
}

# contracted NAME: seconds in the contraction of training and test rows.
contracted() { number "$1" seconds contraction; }

# peak LOG...: most megabytes before and after a collection, of the heaps of these logs.
peak() {
  cat "$@" 2>/dev/null | sed -n 's/.* \([0-9]*\)M->\([0-9]*\)M(\([0-9]*\)M).*/\1 \2/p' |
    awk '{ if ($1 > b) b = $1; if ($2 > a) a = $2 } END { if (NR) printf "%d | %d", b, a; else printf "? | ?" }'
}

growth() {
  local p
  for p in 100 200 400; do
    concrete "growth-$p" "$p" --master 'local[2]'
  done
}

cores() {
  concrete "cores-1" "$rows" --master 'local[1]'
  concrete "cores-2" "$rows" --master 'local[2]'
}

executors() {
  on_executors concrete "executors-1" "$executor_rows" --master 'local-cluster[1,1,2048]' --conf spark.executor.memory=2g
  on_executors concrete "executors-2" "$executor_rows" --master 'local-cluster[2,1,2048]' --conf spark.executor.memory=2g
}

# 1000 training rows, of ten classes (all twelve quantities) or of one number (three).
heap() {
  local logs=$work/heap-logs
  mkdir -p "$logs"
  [ -f "$work/heap/summary.json" ] || rm -f "$logs"/*
  local what=(--config "$home/conf/digits.conf")
  [ "$heap_outputs" != 1 ] ||
    what=(--config "$home/conf/concrete.conf" data.target=label preprocess.features=unit-sphere)
  on_executors run heap "${what[@]}" data.train="$home/examples/digits.csv" output.overwrite=true \
    data.train-rows=1000 data.test-rows=50 network.activation="$heap_activation" \
    network.hidden-widths=[512] network.weight-variance=[2.0,0.5] output.path="$work/heap" -- \
    --master 'local-cluster[2,1,4096]' --driver-memory 4g --conf spark.executor.memory=4g \
    --driver-java-options "-Xlog:gc:file=$logs/driver.log" \
    --conf "spark.executor.extraJavaOptions=-Xlog:gc:file=$logs/executor-%p.log"
}

# About four seconds of work for each of two cores.
overhead() {
  mkdir -p "$work/events"
  [ -f "$work/overhead/summary.json" ] || rm -f "$work"/events/*
  concrete overhead 90 --master 'local[2]' --conf spark.eventLog.enabled=true \
    --conf spark.eventLog.rolling.enabled=false --conf spark.eventLog.compress=false \
    --conf "spark.eventLog.dir=file://$work/events"
}

# value KEY: the number that follows this key in each line of JSON, or 0.
value() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p;t;s/.*/0/p"; }

# tasks LOG...: of the two stages of the contraction: tasks, seconds in them, seconds in their code, and
# seconds of two cores.
tasks() {
  local stages line stage
  grep '"Event":"SparkListenerStageCompleted"' "$1" | grep 'at PartitionJob' | while read -r line; do
    stage=$(printf '%s' "$line" | value 'Stage ID')
    printf '%s %s %s\n' "$stage" "$(printf '%s' "$line" | value 'Submission Time')" \
      "$(printf '%s' "$line" | value 'Completion Time')"
  done >"$work/stages"
  while read -r stage from to; do
    grep '"Event":"SparkListenerTaskEnd"' "$1" | grep "\"Stage ID\":$stage," >"$work/tasks"
    paste -d' ' <(value 'Launch Time' <"$work/tasks") <(value 'Finish Time' <"$work/tasks") \
      <(value 'Executor Run Time' <"$work/tasks") |
      awk -v wall=$((to - from)) -v stage="$stage" '
        { n++; in_tasks += $2 - $1; in_code += $3 }
        END { printf "%d %d %.2f %.2f %.2f\n", stage, n, in_tasks / 1000, in_code / 1000, 2 * wall / 1000 }'
  done <"$work/stages"
}

write_table() {
  local p name
  {
    echo "# Scaling of whole jobs"
    echo
    echo "\`benchmarks/scaling.sh\`. $(machine)"
    echo
    echo "Contraction seconds are those of training and test rows; job seconds are from the start of the session to the last file."
    echo "concrete, $activation, two hidden layers, 200 test rows, one output, all quantities."
    if [ -f "$work/growth-100/summary.json" ]; then
      echo
      echo "## Growth with training rows, local[2]"
      echo
      echo "| P | moments | contraction, s | job, s | million moments/s/core |"
      echo "|---|---|---|---|---|"
      : >"$work/growth.txt"
      for p in 100 200 400; do
        name=growth-$p
        [ -f "$work/$name/summary.json" ] || continue
        echo "$p $(number $name moments contraction) $(contracted $name) $(number $name total seconds) $(number $name moments_per_second_per_core contraction)" |
          tee -a "$work/growth.txt" |
          awk '{ printf "| %d | %.0f | %.1f | %.1f | %.2f |\n", $1, $2, $3, $4, $5 * 1e-6 }'
      done
      awk '
        function fit(column,   i, sx, sy, sxx, sxy) {
          for (i = 1; i <= NR; i++) {
            sx += x[i]; sy += y[column, i]; sxx += x[i] * x[i]; sxy += x[i] * y[column, i]
          }
          return (NR * sxy - sx * sy) / (NR * sxx - sx * sx)
        }
        { x[NR] = log($1); y[2, NR] = log($2); y[3, NR] = log($3) }
        END {
          if (NR > 1)
            printf "\nFitted exponent of P: %.2f for the seconds of the contraction, %.2f for the number of moments.\n", fit(3), fit(2)
        }' "$work/growth.txt"
    fi
    pair cores "One core and two, P = $rows" 'local[1]' 'local[2]'
    pair executors "One executor and two, JVMs of one core each, P = $executor_rows" 'local-cluster[1,1]' 'local-cluster[2,1]'
    if [ -f "$work/overhead/summary.json" ]; then
      echo
      echo "## Tasks, P = 90, local[2]: four seconds of work for each core"
      echo
      echo "The contraction's stages: training rows, test rows, both. Overhead is what tasks take beyond their code: the" \
        "scheduler's messages, fetching and deserialising code. Idle is the rest of the two cores: start and end of a stage."
      echo
      echo "| tasks | core seconds | in tasks | in their code | overhead | idle |"
      echo "|---|---|---|---|---|---|"
      tasks "$work"/events/* | awk '{
        n += $2; cores += $5; busy += $3; code += $4
        line($2, $5, $3, $4)
      }
      function line(n, cores, busy, code) {
        printf "| %d | %.2f | %.2f | %.2f | %.1f %% | %.1f %% |\n", n, cores, busy, code, 100 * (busy - code) / busy, 100 * (cores - busy) / cores
      }
      END { line(n, cores, busy, code) }'
    fi
    if [ -f "$work/heap/summary.json" ]; then
      echo
      echo "## Memory: P = 1000, 50 test rows, one hidden layer ($heap_activation), outputs: $heap_outputs"
      echo
      echo "Driver and two executors of one core, each with a heap of at most 4096 MB." \
        "Contraction: $(contracted heap | awk '{ printf "%.0f", $1 }') s."
      echo
      echo "| JVM | heap in use at most, MB | after a collection at most, MB |"
      echo "|---|---|---|"
      echo "| driver | $(peak "$work"/heap-logs/driver.log) |"
      for name in "$work"/heap-logs/executor-*.log; do
        [ ! -f "$name" ] || echo "| executor | $(peak "$name") |"
      done
    fi
  } >"$table.new"
  mv "$table.new" "$table"
  cat "$table"
}

# pair NAME TITLE ONE TWO: a job on one and on two, side by side.
pair() {
  [ -f "$work/$1-1/summary.json" ] && [ -f "$work/$1-2/summary.json" ] || return 0
  echo
  echo "## $2"
  echo
  echo "| | contraction, s | job, s |"
  echo "|---|---|---|"
  printf '%s %s %s %s\n' "$(contracted "$1-1")" "$(number "$1-1" total seconds)" \
    "$(contracted "$1-2")" "$(number "$1-2" total seconds)" |
    awk -v one="$3" -v two="$4" '{
      printf "| %s | %.1f | %.1f |\n| %s | %.1f | %.1f |\n| faster by | %.2f | %.2f |\n", one, $1, $2, two, $3, $4, $1 / $3, $2 / $4
    }'
  if diff -q <(predictions "$1-1") <(predictions "$1-2") >/dev/null; then
    echo
    echo "The predictions of both are the same bytes."
  else
    echo
    echo "THE PREDICTIONS OF BOTH DIFFER."
  fi
}

predictions() { cat "$work/$1"/predictions/part-*; }

[ $# -gt 0 ] || set -- growth cores executors overhead heap
for part in "$@"; do
  case $part in
    growth | cores | executors | overhead | heap) "$part" ;;
    table) ;;
    *) say "no part $part: growth, cores, executors, overhead, heap, table"; exit 2 ;;
  esac
done
write_table
