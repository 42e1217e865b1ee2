#!/usr/bin/env bash
# Measures the sampled contraction: ./benchmarks/sampled.sh [RESULTS] [SECONDS]
#
# One line of RESULTS (benchmarks/sampled.csv) for each measurement; what stands there already is
# not measured again, so it can be stopped and started. SECONDS (60) is for one measurement; ensembles
# take five times that. Wants a quiet machine: everything runs on one core.
set -eu
cd "$(dirname "$0")/.."
results=${1:-benchmarks/sampled.csv}
seconds=${2:-60}
mvn -q -B test-compile -Dspotless.check.skip=true
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
  table=benchmarks/reductions-$example.txt
  [ -s "$table" ] || {
    echo "$table" >&2
    java --add-modules jdk.incubator.vector -Xmx4g \
      -Ddev.ludovic.netlib.blas.nativeLib=libopenblas.so.0 \
      -Ddev.ludovic.netlib.lapack.nativeLib=libopenblas.so.0 \
      -cp "target/classes:target/test-classes:$(cat target/classpath.txt)" \
      finitewidth.benchmark.ReductionsBenchmark "$example" 200 128 > "$table.part"
    mv "$table.part" "$table"
  }
done
