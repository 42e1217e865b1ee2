#!/usr/bin/env bash
# Many rows through inducing points: accuracy and seconds by phase, growth with rows, and other libraries.
#
#   benchmarks/many-rows.sh DATA [diamonds] [fashion] [growth] [smile] [table]
#
# DATA has diamonds.csv.gz (f0 … f8, target: the price) and fashion-mnist-train-10000.csv.gz and
# fashion-mnist-test-10000.csv.gz (f0 … f783, label); without names all parts are run, on two cores. What has
# finished in $WORK (target/many-rows) is not run again. The tables of all that has finished go to $TABLE
# (benchmarks/many-rows.md). Figures of one table should come from one quiet machine.
#
#   POINTS="100 300 1000"
set -eu

[ $# -ge 1 ] || { echo "usage: benchmarks/many-rows.sh DATA [diamonds] [fashion] [growth] [smile] [table]" >&2; exit 2; }
data=$(cd "$1" && pwd)
shift
home=$(cd "$(dirname "$0")/.." && pwd)
work=${WORK:-$home/target/many-rows}
table=${TABLE:-$home/benchmarks/many-rows.md}
master='local[2]'
points=${POINTS:-100 300 1000}
mkdir -p "$work"

. "$home/benchmarks/functions.sh"

# run NAME KEY=VALUE...: one fit, unless it has finished before.
run() {
  local name=$1
  shift
  ! done_before "$name" || return 0
  say "$name: load $(load)"
  "$home/submit.sh" fit "$@" output.path="$work/$name" output.overwrite=true -- --master "$master" \
    --driver-memory "${MEMORY:-6g}" --driver-java-options "-Xlog:gc:file=$work/$name.gc" \
    >"$work/$name.out" 2>"$work/$name.err" ||
    failed "$name"
}

# with_classes MAIN ARGUMENT...: a class of the benchmarks.
with_classes() {
  local native
  native=$(dirname "$(ls "$home"/target/native/org/bytedeco/openblas/*/libopenblas.so.0)")
  (
    cd "$home"
    LD_LIBRARY_PATH=$native OPENBLAS_NUM_THREADS=1 java @conf/java-17.options "-Xmx${MEMORY:-6g}" ${OPTIONS:-} \
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

# once NAME MAIN ARGUMENT...: what a class prints, to $work/NAME.txt, unless it is there.
once() {
  local name=$1
  shift
  [ ! -f "$work/$name.txt" ] || return 0
  compiled
  with_classes "$@" >"$work/$name.new"
  mv "$work/$name.new" "$work/$name.txt"
}

# The price's logarithm.
diamonds_csv() {
  [ -f "$work/diamonds.csv" ] ||
    gzip -dc "$data/diamonds.csv.gz" |
    awk -F, -v OFS=, 'NR > 1 { $NF = sprintf("%.12g", log($NF)) } 1' >"$work/diamonds.csv"
}

# How so many points are worked with.
engine() {
  case $1 in
    1000) echo contraction.engine=sampled contraction.tolerance=0.1 contraction.max-draws=262144 ;;
    *) echo contraction.engine=exact ;;
  esac
}

diamonds() {
  local u
  diamonds_csv
  for u in $points; do
    # shellcheck disable=SC2046
    run "diamonds-$u" --config "$home/conf/diamonds.conf" data.train="$work/diamonds.csv" data.target=target \
      noise-variance=0.01 inducing-points="$u" 'network.hidden-widths=[4096]' \
      'widths=[512,1024,2048,4096,8192,16384]' contraction.test-rows=1000 $(engine "$u")
  done
  once diamonds-others finitewidth.benchmark.ManyRowsBaselines "$work/diamonds.csv" target "$work/diamonds-100/predictions"
}

# Both files as one table: 10,000 rows to train on and 10,000 to test on.
fashion() {
  local u
  for u in $points; do
    # shellcheck disable=SC2046
    run "fashion-$u" --config "$home/conf/digits-inducing.conf" \
      data.train="$data/fashion-mnist-train-10000.csv.gz" data.test="$data/fashion-mnist-test-10000.csv.gz" \
      inducing-points="$u" 'network.hidden-widths=[4096]' \
      'network.weight-variance=[2.0,0.5]' 'network.bias-variance=0.1' \
      'widths=[512,1024,2048,4096,8192,16384]' contraction.test-rows=1000 $(engine "$u")
  done
  once fashion-others finitewidth.benchmark.ManyRowsBaselines "$data/fashion-mnist-train-10000.csv.gz" label \
    "$data/fashion-mnist-test-10000.csv.gz"
}

growth() {
  local rows
  diamonds_csv
  compiled
  for rows in 10000 100000 1000000 10000000; do
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
  # The pass alone, repeated in one warm application of its own, beside products of matrices on the same cores.
  MEMORY=2g once pass-1 finitewidth.benchmark.PassGrowth 'local[1]' 300 15 \
    "$work/rows-100000" "$work/rows-10000" "$work/rows-100000" "$work/rows-1000000"
  MEMORY=2g once pass-2 finitewidth.benchmark.PassGrowth "$master" 300 15 \
    "$work/rows-100000" "$work/rows-10000" "$work/rows-100000" "$work/rows-1000000"
  once pass-large finitewidth.benchmark.PassGrowth "$master" 300 3 "$work/rows-1000000" "$work/rows-10000000"
}

smile() {
  OPTIONS=-XX:ActiveProcessorCount=1 once smile finitewidth.inducing.SmileComparison "$data/diamonds.csv.gz" 300 2000 5000 3
}

# seconds NAME: of the phases.
seconds() {
  local phase
  for phase in choose evidence pass; do
    printf '%s ' "$(number "$1" "$phase" inducing)"
  done
  number "$1" contraction seconds
  number "$1" predict seconds
  number "$1" total seconds
}

# scores SET MEASURE: a line for each number of points.
scores() {
  local u name measure=$2
  echo
  echo "| u | variational bound | n=∞, all test rows: $measure | nlpd | n=∞, 1000 rows: $measure | nlpd | width by evidence (at most 50 outside) | corrected: $measure | nlpd | outside | choose, s | evidence | pass | training contraction | test rows | job |"
  echo "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
  for u in 100 300 1000; do
    name=$1-$u
    [ -f "$work/$name/summary.json" ] || continue
    echo "$u" "$(number "$name" variational_bound)" "$(number "$name" "$measure" nngp)" "$(number "$name" nlpd nngp)" \
      "$(number "$name" "$measure" nngp_on_corrected_rows)" "$(number "$name" nlpd nngp_on_corrected_rows)" \
      "$(best "$name" "$measure")" $(seconds "$name")
  done | awk '{
    printf "| %d | %.0f | %.4f | %.4f | %.4f | %.4f | %s | %s | %s | %s |", $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
    for (i = 11; i <= NF; i++) printf " %.1f |", $i
    print ""
  }'
}

# best NAME MEASURE: width of the highest corrected log evidence with few predictions outside, and its scores.
best() {
  awk -v measure="\"$2\"" '
    index($0, "\"widths\" : [") { inside = 1 }
    !inside { next }
    { line = $0; sub(/.*: */, "", line); sub(/,.*/, "", line) }
    index($0, "\"width\" :") { width = line }
    index($0, measure " :") { score = line }
    index($0, "\"nlpd\" :") { nlpd = line }
    index($0, "\"log_evidence\" :") { evidence = line }
    index($0, "\"outside_expansion\" :") { outside = line }
    index($0, "}") {
      if (width != "" && outside + 0 <= 50 && (chosen == "" || evidence + 0 > most + 0)) {
        chosen = width; most = evidence; result = sprintf("%d %.4f %.4f %d", width, score, nlpd, outside)
      }
      width = ""
    }
    index($0, "]") && inside { print (chosen == "" ? "none - - -" : result); exit }' "$work/$1/summary.json"
}

others() {
  [ -f "$work/$1-others.txt" ] || return 0
  echo
  echo "| | $2 | nlpd | fit, s |"
  echo "|---|---|---|---|"
  cat "$work/$1-others.txt"
}

write_table() {
  local rows
  {
    echo "# Many rows"
    echo
    echo "\`benchmarks/many-rows.sh DATA\`. $(machine)"
    echo
    echo "## diamonds: log price"
    scores diamonds rmse
    others diamonds RMSE
    echo
    echo "## Fashion-MNIST, ten classes"
    scores fashion accuracy
    others fashion accuracy
    echo
    echo "## Growth with rows: u = 300"
    echo
    echo "| training rows | read, s | gather blocks | choose | pass | rows/s | GFLOP/s in 2u² a row | job, s |"
    echo "|---|---|---|---|---|---|---|---|"
    : >"$work/growth.txt"
    for rows in 10000 100000 1000000 10000000; do
      [ -f "$work/growth-$rows/summary.json" ] || continue
      echo "$(number "growth-$rows" rows inducing) $(number "growth-$rows" read inducing)" \
        "$(number "growth-$rows" preprocess inducing) $(number "growth-$rows" choose inducing)" \
        "$(number "growth-$rows" pass inducing) $(number "growth-$rows" total seconds)" | tee -a "$work/growth.txt" |
        awk '{ printf "| %d | %.1f | %.1f | %.1f | %.2f | %.0f | %.1f | %.1f |\n", $1, $2, $3, $4, $5, $1 / $5, $1 * 2 * 300 * 300 / $5 * 1e-9, $6 }'
    done
    awk '{ x = log($1); y = log($5); n++; sx += x; sy += y; sxx += x * x; sxy += x * y }
      END { if (n > 1) printf "\nFitted exponent of the pass: %.2f.\n", (n * sxy - sx * sy) / (n * sxx - sx * sx) }' "$work/growth.txt"
    for rows in pass-1 pass-2 pass-large; do
      [ -f "$work/$rows.txt" ] || continue
      echo
      echo "| $rows | rows | points | first pass, s | pass | GFLOP/s in 2u² a row | of a product | its time over the product's |"
      echo "|---|---|---|---|---|---|---|---|"
      cat "$work/$rows.txt"
    done
    if [ -f "$work/smile.txt" ]; then
      echo
      echo "## Beside Smile, one core"
      echo
      cat "$work/smile.txt"
    fi
  } >"$table.new"
  mv "$table.new" "$table"
  cat "$table"
}

[ $# -gt 0 ] || set -- diamonds fashion growth smile
for part in "$@"; do
  case $part in
    diamonds | fashion | growth | smile) "$part" ;;
    table) ;;
    *) say "no part $part: diamonds, fashion, growth, smile, table"; exit 2 ;;
  esac
done
write_table
