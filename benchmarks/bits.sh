#!/usr/bin/env bash
# The same bits on every processor: ./benchmarks/bits.sh [OPENBLAS_CORETYPE ...]
#
# Runs the tests of the tag "bits" with each kernel of OpenBLAS that this processor has (or with
# those named), and with the BLAS of pure Java; with vectors of AVX-512 and AVX2 and with scalar
# code. Adds a row for each to $TABLE (benchmarks/bits.md). Takes a few minutes for each.
set -eu
cd "$(dirname "$0")/.."
table=${TABLE:-benchmarks/bits.md}
mvn -q -B test-compile dependency:build-classpath -Dspotless.check.skip=true \
  -Dmdep.includeScope=test -Dmdep.outputFile=target/test-classpath.txt
native=$(cd "$(dirname "$(ls target/native/org/bytedeco/openblas/*/libopenblas.so.0)")" && pwd)
flags=" $(sed -n 's/^flags[^:]*: *//p' /proc/cpuinfo | head -n 1) "
model=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
where="$model, $(date +%Y-%m-%d), $(git rev-parse --short HEAD)"

# has FLAG...: whether the processor has all of these.
has() { for flag in "$@"; do case $flags in *" $flag "*) ;; *) return 1 ;; esac; done; }

# try CORE CODE JAVA_OPTION...: one row.
try() {
  core=$1
  code=$2
  shift 2
  options=(--add-modules=jdk.incubator.vector)
  [ "$code" != scalar ] || options=()
  libraries=()
  if [ "$core" != "pure Java" ]; then
    for part in blas lapack; do libraries+=("-Ddev.ludovic.netlib.$part.nativeLib=libopenblas.so.0"); done
    export LD_LIBRARY_PATH=$native OPENBLAS_CORETYPE=$core
  else
    for part in blas lapack; do libraries+=("-Ddev.ludovic.netlib.$part.nativeLib=none"); done
    unset LD_LIBRARY_PATH OPENBLAS_CORETYPE
  fi
  output=$(OPENBLAS_NUM_THREADS=1 OPENBLAS_VERBOSE=2 SPARK_LOCAL_IP=127.0.0.1 java \
    $(grep -v add-modules conf/java-17.options) "${options[@]}" "$@" "${libraries[@]}" -Xmx2g \
    -cp "target/test-classes:target/classes:$(cat target/test-classpath.txt)" \
    finitewidth.bits.BitsTests target/test-classes 2>&1) || true
  used=$(sed -n 's/^Core: //p' <<<"$output" | head -n 1)
  found=$(sed -n 's/^bits: \(.*\); vectors .*/\1/p' <<<"$output")
  grep '^failed: ' <<<"$output" >&2 || true
  row="| $core | ${used:--} | $code | ${found:-ended early} | $where |"
  echo "$row" >&2
  # Rows of other processors stay.
  grep -v "^| $core | ${used:--} | $code | .* | $model, " "$table" >"$table.part" || true
  echo "$row" >>"$table.part"
  mv "$table.part" "$table"
}

if [ ! -s "$table" ]; then
  cat >"$table" <<'HEAD'
# The same bits on every processor

`benchmarks/bits.sh` runs the tests of the tag `bits` (random problems, subsets, orders, blocks and
partitions; one thread against Spark; resumed against uninterrupted) with every kernel of OpenBLAS
that the processor has, and with the BLAS of pure Java. *Used* is what OpenBLAS says it runs.

| OPENBLAS_CORETYPE | used | code | tests | machine, date, commit |
|---|---|---|---|---|
HEAD
fi

cores=()
has avx2 fma && cores+=(Haswell Zen)
has avx512f avx512bw avx512vl && cores+=(SkylakeX)
has avx512_bf16 && cores+=(SapphireRapids)
cores+=("pure Java")
[ $# = 0 ] || cores=("$@")
for core in "${cores[@]}"; do
  if has avx512vl; then
    try "$core" "AVX-512"
    try "$core" "AVX2" -XX:UseAVX=2
  else
    try "$core" "AVX2"
  fi
  try "$core" scalar
done
