#!/usr/bin/env bash
# Many rows through inducing points: accuracy and seconds by phase, growth with rows, and other libraries.
#
#   benchmarks/many-rows.sh DATA [diamonds] [fashion] [growth] [smile] [table]
#
# DATA has diamonds.csv.gz (f0 … f8, target: the price) and fashion-mnist-train-10000.csv.gz and
# fashion-mnist-test-10000.csv.gz (f0 … f783, label); without names all parts are run, on two cores. What has
# finished in $WORK (target/many-rows) is not run again. The tables of all that has finished go to $TABLE
# (benchmarks/many-rows.md). Figures of one table should come from one quiet machine.
set -eu

[ $# -ge 1 ] || { echo "usage: benchmarks/many-rows.sh DATA [diamonds] [fashion] [growth] [smile] [table]" >&2; exit 2; }
data=$(cd "$1" && pwd)
shift
home=$(cd "$(dirname "$0")/.." && pwd)
work=${WORK:-$home/target/many-rows}
table=${TABLE:-$home/benchmarks/many-rows.md}
master='local[2]'
mkdir -p "$work"

say() { printf 'many-rows: %s\n' "$*" >&2; }

# run NAME KEY=VALUE...: one fit, unless it has finished before.
run() {
  local name=$1
  shift
  if [ -f "$work/$name/summary.json" ]; then
    say "$name: done before"
    return
  fi
  say "$name: load $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown)"
  "$home/submit.sh" fit "$@" output.path="$work/$name" output.overwrite=true -- --master "$master" \
    --driver-memory "${MEMORY:-6g}" --driver-java-options "-Xlog:gc:file=$work/$name.gc" \
    >"$work/$name.out" 2>"$work/$name.err" ||
    { tail -n 5 "$work/$name.err" >&2; say "$name failed, see $work/$name.err"; return 1; }
}

# with_classes MAIN ARGUMENT...: a class of the benchmarks.
with_classes() {
  local native
  native=$(dirname "$(ls "$home"/target/native/org/bytedeco/openblas/*/libopenblas.so.0)")
  (
    cd "$home"
    LD_LIBRARY_PATH=$native OPENBLAS_NUM_THREADS=1 java @conf/java-17.options -Xmx6g ${OPTIONS:-} \
      -Dlog4j2.configurationFile=conf/log4j2.properties \
      -Ddev.ludovic.netlib.blas.nativeLib=libopenblas.so.0 -Ddev.ludovic.netlib.lapack.nativeLib=libopenblas.so.0 \
      -cp "target/test-classes:target/classes:$(cat "$work/classpath.txt")" "$@"
  )
}

compiled() {
  [ ! -f "$work/classpath.txt" ] || return 0
  (cd "$home" && mvn -q -B -Pbenchmarks -DskipTests test-compile &&
    mvn -q -B -Pbenchmarks dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$work/classpath.txt.new")
  mv "$work/classpath.txt.new" "$work/classpath.txt"
}

# number NAME KEY [SECTION]: of a job's summary.
number() {
  awk -v key="\"$2\"" -v section="\"${3:-}\"" '
    section != "\"\"" && index($0, section " : {") { inside = 1 }
    (section == "\"\"" || inside) && index($0, key " :") {
      sub(/.*: */, ""); sub(/,.*/, ""); print; exit
    }' "$work/$1/summary.json"
}

# The price's logarithm.
diamonds_csv() {
  [ -f "$work/diamonds.csv" ] ||
    gzip -dc "$data/diamonds.csv.gz" |
    awk -F, -v OFS=, 'NR > 1 { $NF = sprintf("%.12g", log($NF)) } 1' >"$work/diamonds.csv"
}

# Engine and draws for so many points.
engine() {
  case $1 in
    1000) echo contraction.engine=sampled contraction.tolerance=0.1 contraction.max-draws=2097152 ;;
    *) echo contraction.engine=exact ;;
  esac
}

diamonds() {
  local u
  diamonds_csv
  for u in 100 300 1000; do
    # shellcheck disable=SC2046
    run "diamonds-$u" --config "$home/conf/diamonds.conf" data.train="$work/diamonds.csv" data.target=target \
      hyperparameters=evidence inducing-points="$u" 'network.hidden-widths=[256,256]' \
      'widths=[128,256,512,1024,2048,4096]' contraction.test-rows=1000 $(engine "$u")
  done
  compiled
  [ -f "$work/diamonds-others.txt" ] ||
    with_classes finitewidth.benchmark.ManyRowsBaselines "$work/diamonds.csv" target \
      "$work/diamonds-300/predictions" >"$work/diamonds-others.new"
  [ -f "$work/diamonds-others.txt" ] || mv "$work/diamonds-others.new" "$work/diamonds-others.txt"
}

# Both files as one table: 10,000 rows to train on and 10,000 to test on.
fashion() {
  local u
  for u in 100 300 1000; do
    # shellcheck disable=SC2046
    run "fashion-$u" --config "$home/conf/digits-inducing.conf" \
      data.train="$data/fashion-mnist-train-10000.csv.gz" data.test="$data/fashion-mnist-test-10000.csv.gz" \
      hyperparameters=evidence inducing-points="$u" 'network.hidden-widths=[1024,1024]' \
      'network.weight-variance=2.0' 'network.bias-variance=0.1' \
      'widths=[512,1024,2048,4096]' contraction.test-rows=1000 $(engine "$u")
  done
  compiled
  [ -f "$work/fashion-others.txt" ] ||
    with_classes finitewidth.benchmark.ManyRowsBaselines "$data/fashion-mnist-train-10000.csv.gz" label \
      "$data/fashion-mnist-test-10000.csv.gz" >"$work/fashion-others.new"
  [ -f "$work/fashion-others.txt" ] || mv "$work/fashion-others.new" "$work/fashion-others.txt"
}

growth() {
  local rows
  diamonds_csv
  compiled
  for rows in 10000 100000 1000000; do
    if [ ! -d "$work/rows-$rows" ]; then
      say "making $rows rows"
      rm -rf "$work/rows-$rows.new"
      with_classes -Dspark.master="$master" finitewidth.benchmark.GrowthRows "$work/diamonds.csv" "$rows" 7 \
        "$work/rows-$rows.new"
      for part in "$work/rows-$rows.new"/part-*; do mv "$part" "$part.csv"; done
      mv "$work/rows-$rows.new" "$work/rows-$rows"
    fi
    MEMORY=2g run "growth-$rows" --config "$home/conf/diamonds.conf" data.train="$work/rows-$rows/*.csv" \
      data.target=target inducing-points=300 widths=[] contraction.test-rows=10 data.test-fraction=0.01
  done
}

smile() {
  compiled
  [ -f "$work/smile.txt" ] ||
    OPTIONS=-XX:ActiveProcessorCount=1 with_classes finitewidth.inducing.SmileComparison "$data/diamonds.csv.gz" \
      300 2000 5000 3 >"$work/smile.new"
  [ -f "$work/smile.txt" ] || mv "$work/smile.new" "$work/smile.txt"
}
