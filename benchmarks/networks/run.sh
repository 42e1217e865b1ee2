# Sourced by scripts beside it, from the root: compiles, and then runs finitewidth.benchmark.NetworksBenchmark.
#
# fits DATA RESULTS reads one fit a line: set split rows way widths [chains iterations annealing], as the class has it.
# What RESULTS has is left out; each fit is appended as soon as it is there. One thread.
mvn -q -B -Pbenchmarks test-compile -Dspotless.check.skip=true
native=$(dirname "$(ls target/native/org/bytedeco/openblas/*/libopenblas.so.0)")
export LD_LIBRARY_PATH=$native OPENBLAS_NUM_THREADS=1

benchmark() {
  java --add-modules jdk.incubator.vector "-Xmx${HEAP:-2g}" -XX:+UseSerialGC \
    "-Dbenchmark.commit=$(git rev-parse --short HEAD)" \
    -Ddev.ludovic.netlib.blas.nativeLib=libopenblas.so.0 \
    -Ddev.ludovic.netlib.lapack.nativeLib=libopenblas.so.0 \
    -cp "target/classes:target/test-classes:$(cat target/classpath.txt)" "finitewidth.benchmark.$1" "${@:2}"
}
fits() { benchmark NetworksBenchmark "$1" "$2" 2>>"$2.log"; }
