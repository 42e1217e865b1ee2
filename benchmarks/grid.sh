#!/usr/bin/env bash
# All methods beside the exact posterior of finite networks: ./benchmarks/grid.sh DATA [SECONDS] [PATTERN] [METHOD...]
#
# DATA has energy/data.txt and power-plant/data.txt, numbers by spaces, the target last; the other sets are in examples/.
# A line of benchmarks/grid/results.csv for each problem and method, and one of benchmarks/grid/truth.csv with what chains
# found. What stands there already is not computed again, so it can be stopped and started, and a method that is added
# later needs no chains. Problems come in a seeded order that takes sets, numbers of rows and kinds of prior in turn, so that
# any first part of them is a stratified sample of the grid. PATTERN takes those in whose key
# (set,seed,rows,outputs,activation,layers,prior,width) it is found. One core, niced.
set -eu
[ $# -ge 1 ] || { echo "usage: benchmarks/grid.sh DATA [SECONDS] [PATTERN] [METHOD...]" >&2; exit 2; }
data=$(cd "$1" && pwd)
seconds=${2:-3600}
pattern=${3:-.}
shift; [ $# -eq 0 ] || shift; [ $# -eq 0 ] || shift
cd "$(dirname "$0")/.."
mvn -q -B -Pbenchmarks test-compile -Dspotless.check.skip=true
native=$(dirname "$(ls target/native/org/bytedeco/openblas/*/libopenblas.so.0)")
export LD_LIBRARY_PATH=$native OPENBLAS_NUM_THREADS=1
nice -n 10 java --add-modules jdk.incubator.vector -XX:+UseSerialGC -Xmx2g \
  -Ddev.ludovic.netlib.blas.nativeLib=libopenblas.so.0 \
  -Ddev.ludovic.netlib.lapack.nativeLib=libopenblas.so.0 \
  -cp "target/classes:target/test-classes:$(cat target/classpath.txt)" \
  finitewidth.benchmark.GridBenchmark "$data" benchmarks/grid/results.csv benchmarks/grid/truth.csv \
  "$seconds" "$pattern" "$@"
awk -f benchmarks/grid-table.awk benchmarks/grid/results.csv
