#!/usr/bin/env bash
# Exact posteriors with hyperparameters given, fitted or sampled: ./benchmarks/networks/hyperparameters.sh DATA [RESULTS] [SPLITS]
#
# DATA as for benchmarks/uci.sh. A line for each set, split, width (0 is infinite) and way:
# test RMSE and mean log predictive density in training deviations, noise, R-hat of the log likelihood and the
# largest of predictions, effective draws of the log likelihood, iterations, log evidence and its error, CPU seconds.
# One thread. Lines that RESULTS has are not computed again.
set -eu
[ $# -ge 1 ] || { echo "usage: benchmarks/networks/hyperparameters.sh DATA [RESULTS] [SPLITS]" >&2; exit 2; }
data=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
results=${2:-hyperparameters.csv}
splits=${3:-2}
mvn -q -B -Pbenchmarks test-compile -Dspotless.check.skip=true
native=$(dirname "$(ls target/native/org/bytedeco/openblas/*/libopenblas.so.0)")
export LD_LIBRARY_PATH=$native OPENBLAS_NUM_THREADS=1
touch "$results"

# Eight chains of at most 400 iterations, 500 steps of annealing at most.
one() {
  ! grep -q "^$1,$2,$3,$4," "$results" || return 0
  java --add-modules jdk.incubator.vector -Xmx1g -XX:+UseSerialGC \
    -Ddev.ludovic.netlib.blas.nativeLib=libopenblas.so.0 \
    -Ddev.ludovic.netlib.lapack.nativeLib=libopenblas.so.0 \
    -cp "target/classes:target/test-classes:$(cat target/classpath.txt)" \
    finitewidth.benchmark.HyperparametersBenchmark "$data/$1" "$2" "$3" "$4" 8 400 500 \
    2>>"$results.log" >>"$results"
}

for ((split = 0; split < splits; split++)); do
  for set in energy concrete; do
    for way in fixed evidence; do one "$set" "$split" 0 "$way"; done
    for width in 16 64; do
      for way in fixed evidence sampled sampled-scales; do one "$set" "$split" "$width" "$way"; done
    done
  done
done
