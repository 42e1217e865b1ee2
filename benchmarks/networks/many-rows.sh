#!/usr/bin/env bash
# Chains of networks on rows that stay distributed: the cost of a leap by rows, and a job on a million of them.
#
#   benchmarks/networks/many-rows.sh [leaps] [million]
#
# Needs the classes of the profile benchmarks and a built job (mvn -Pbenchmarks -DskipTests package). Rows and results are in
# $WORK (target/networks-many-rows); what is there is not made again. A job that was killed goes on where it was.
set -eu

home=$(cd "$(dirname "$0")/../.." && pwd)
work=${WORK:-$home/target/networks-many-rows}
master=${MASTER:-'local[2]'}
mkdir -p "$work"

. "$home/benchmarks/functions.sh"

# with_classes MAIN ARGUMENT...: a class of the benchmarks.
with_classes() {
  local native
  native=$(dirname "$(ls "$home"/target/native/org/bytedeco/openblas/*/libopenblas.so.0)")
  [ -f "$work/classpath.txt" ] || (cd "$home" &&
    mvn -q -B -Pbenchmarks dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$work/classpath.txt")
  (
    cd "$home"
    LD_LIBRARY_PATH=$native OPENBLAS_NUM_THREADS=1 java @conf/java-17.options -Xmx3g \
      -Dlog4j2.configurationFile=conf/log4j2.properties -Dspark.master="$master" \
      -Ddev.ludovic.netlib.blas.nativeLib=libopenblas.so.0 -Ddev.ludovic.netlib.lapack.nativeLib=libopenblas.so.0 \
      -cp "target/test-classes:target/classes:$(cat "$work/classpath.txt")" "$@"
  )
}

# The first line warms up, and the last says whether it has.
leaps() {
  say "load $(load)"
  with_classes finitewidth.inference.networks.LockstepGrowth "$master" 4 32 relu 9 \
    500000 250000 500000 1000000 250000
}

# rows NAME COUNT SEED: of the teacher.
rows() {
  [ -d "$work/$1.parquet" ] || with_classes finitewidth.benchmark.TeacherRows "$2" 0 "$3" "$work/$1.parquet"
}

million() {
  rows train 1000000 7
  rows test 2000 8
  cat >"$work/teacher.conf" <<CONF
data { train = "$work/train.parquet", test = "$work/test.parquet", target = target }
network { activation = relu, hidden-widths = [32], bias-variance = 0.5, weight-variance = 2.0 }
noise-variance = 0.05
inducing-points = 64
inducing.method = greedy
inducing.sample-rows = 2000
posterior.method = networks
networks { rows = distributed, chains = 4, max-iterations = 50, leaps = 4 }
output { path = "$work/million", overwrite = true }
checkpoint.path = "$work/checkpoints"
CONF
  say "load $(load)"
  "$home/submit.sh" fit --config "$work/teacher.conf" -- --master "$master" --driver-memory 4g
}

[ $# -gt 0 ] || set -- leaps million
for part in "$@"; do
  case $part in
    leaps | million) "$part" ;;
    *) say "no part $part: leaps, million"; exit 2 ;;
  esac
done
