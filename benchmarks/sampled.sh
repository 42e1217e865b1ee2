#!/usr/bin/env bash
# Measures the sampled contraction: ./benchmarks/sampled.sh [RESULTS] [SECONDS]
#
# One line of RESULTS (benchmarks/sampled.csv) for each measurement; what stands there already is
# not measured again, so it can be stopped and started. SECONDS (60) is for one measurement; ensembles
# take five times that. Wants a quiet machine: everything runs on one core. Then writes $TABLE
# (benchmarks/sampled.md).
set -eu
cd "$(dirname "$0")/.."
results=${1:-benchmarks/sampled.csv}
seconds=${2:-60}
table=${TABLE:-benchmarks/sampled.md}
mvn -q -B -Pbenchmarks test-compile -Dspotless.check.skip=true
native=$(dirname "$(ls target/native/org/bytedeco/openblas/*/libopenblas.so.0)")
export LD_LIBRARY_PATH=$native OPENBLAS_NUM_THREADS=1
touch "$results"

# measure KEY CLASS ARGUMENT...: the key is how its line begins.
measure() {
  key=$1
  class=$2
  shift 2
  grep -q "^$key," "$results" && return
  echo "$key" >&2
  java --add-modules jdk.incubator.vector -Xmx8g \
    -Ddev.ludovic.netlib.blas.nativeLib=libopenblas.so.0 \
    -Ddev.ludovic.netlib.lapack.nativeLib=libopenblas.so.0 \
    -cp "target/classes:target/test-classes:$(cat target/classpath.txt)" \
    "finitewidth.benchmark.$class" "$@" | tee -a "$results"
}

for p in 500 1000 2000; do
  t=$((p < 1000 ? p : 1000))
  measure "throughput,relu,$p,$t" ThroughputBenchmark relu "$p" "$t" "$seconds"
done
for example in concrete digits; do
  for p in 50 100 200 400; do
    measure "sampled,$example,$p" TimeToErrorBenchmark sampled "$example" "$p" "$seconds"
    measure "exact,$example,$p" TimeToErrorBenchmark exact "$example" "$p" "$seconds"
    measure "ensemble,$example,$p" TimeToErrorBenchmark ensemble "$example" "$p" $((5 * seconds))
  done
  reductions=benchmarks/reductions-$example.txt
  [ -s "$reductions" ] || {
    echo "$reductions" >&2
    java --add-modules jdk.incubator.vector -Xmx4g \
      -Ddev.ludovic.netlib.blas.nativeLib=libopenblas.so.0 \
      -Ddev.ludovic.netlib.lapack.nativeLib=libopenblas.so.0 \
      -cp "target/classes:target/test-classes:$(cat target/classpath.txt)" \
      finitewidth.benchmark.ReductionsBenchmark "$example" 200 128 > "$reductions.part"
    mv "$reductions.part" "$reductions"
  }
done

# rows ENGINE: the lines of one engine.
rows() { grep "^$1," "$results"; }

{
  echo "# The sampled contraction"
  echo
  echo "\`benchmarks/sampled.sh\`, one core, at least $seconds s for each measurement. Machine: $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1);" \
    "$(java -version 2>&1 | sed -n 's/^.*Runtime Environment *//p'). Date: $(date +%Y-%m-%d). Commit: $(git rev-parse --short HEAD). Load: ${LOAD:-$(cut -d' ' -f1 /proc/loadavg)}."
  echo
  echo "## Share of dgemm's speed"
  echo
  echo "Operations of the engine's matrix products alone over its whole time, against a plain dgemm of P × P by P × P; two ReLU layers, 100 features, one output."
  echo
  echo "| P | test rows | dgemm, GFLOP/s | inner layer, GFLOP/s (share) | draws/s | last layer, GFLOP/s (share) | draws/s |"
  echo "|---|---|---|---|---|---|---|"
  rows throughput | awk -F, '{ printf "| %s | %s | %s | %s (%s) | %s | %s (%s) | %s |\n", $3, $4, $5, $6, $10, $7, $8, $11, $9 }'
  echo
  echo "## Time to a relative error of the correction"
  echo
  echo "Seconds until δμ has this error, over its rms over 100 test rows and all outputs; two hidden ReLU layers. The exact engine has no such error. The plain" \
    "alternative is an ensemble of finite networks of the same widths on the same BLAS, the last layer integrated out, weighted by evidence. Errors fall as the" \
    "root of the time, so noise and speed are measured and times follow; *effective* is how many draws had weight in the ensemble. Where it is near one," \
    "the ensemble has not begun to converge and its times are lower bounds only."
  echo
  echo "| data | P | sampled 10 % | 3 % | 1 % | exact | ensemble 10 % | 3 % | effective | ensemble / sampled at 3 % |"
  echo "|---|---|---|---|---|---|---|---|---|---|"
  for example in concrete digits; do
    for p in 50 100 200 400; do
      paste -d, <(rows "sampled,$example,$p") <(rows "exact,$example,$p") <(rows "ensemble,$example,$p") | awk -F, '{
        sub(/effective /, "", $20)
        printf "| %s | %s | %.3g | %.3g | %.3g | %.3g | %.2g | %.2g | %s | %s%.2g |\n",
          $2, $3, $4, $5, $6, $11, $15, $16, $20, $20 < 10 ? "> " : "", $16 / $5
      }'
    done
  done
} >"$table"
