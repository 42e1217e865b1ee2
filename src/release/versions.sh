#!/usr/bin/env bash
# Tries the job and the estimators on Sparks: src/release/versions.sh [-P PROFILE] [SPARK_HOME ...]
#
# On each it fits, predicts with the saved model, and takes a pipeline through a file; all of it has
# to give the same numbers everywhere. Without a SPARK_HOME it runs on the Spark that Maven brings.
#
#   -P PROFILE  builds the last commit on another Spark, in target/versions/PROFILE: a profile of
#               pom.xml such as spark-4.2, or key=value for -Dkey=value, such as spark.version=4.1.0
#   JAVA_HOME   which Java runs it
#
# `pip install --no-deps --target DIRECTORY pyspark==4.1.1` is a distribution: DIRECTORY/pyspark.
set -euo pipefail
home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
work=$home/target/versions
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
checkout=$home
built=default
mkdir -p "$work"

if [ "${1:-}" = -P ]; then
  built=$2
  shift 2
  checkout=$work/$built
  case $built in *=*) profile=-D$built ;; *) profile=-P$built ;; esac
  rm -rf "$checkout"
  git clone -q "$home" "$checkout"
  (cd "$checkout" && mvn -B -q "$profile" -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true \
    -Derror.prone=-Xlint:none package)
fi
jar=$(find "$checkout/target" -maxdepth 1 -name 'finite-width-*-job.jar' | head -n 1)
[ -n "$jar" ] || { echo "versions.sh: build the job first, mvn package" >&2; exit 1; }

# Starting is most of what these JVMs do.
light=-XX:TieredStopAtLevel=1
quick=(--master 'local[2]' --driver-java-options "$light")

# try NAME CLASSPATH: what of a Spark is the same everywhere, in one line.
try() {
  local out=$work/out settings fitted trip
  rm -rf "$out"
  mkdir -p "$out"
  settings=(data.train-rows=12 data.test-rows=5 output.format=csv)
  fitted=$(FINITE_WIDTH_JAR=$jar FINITE_WIDTH_ARCHIVE=no "$checkout/submit.sh" fit \
    --config "$checkout/conf/diabetes.conf" "${settings[@]}" "output.path=$out/fit" -- "${quick[@]}" 2>"$out/log" |
    grep 'log evidence' | cksum) || { tail -n 5 "$out/log" >&2; return 1; }
  FINITE_WIDTH_JAR=$jar FINITE_WIDTH_ARCHIVE=no "$checkout/submit.sh" predict \
    --config "$checkout/conf/predict-diabetes.conf" "model.path=$out/fit/model" output.format=csv \
    "output.path=$out/predict" -- "${quick[@]}" >"$out/log" 2>&1 || { tail -n 5 "$out/log" >&2; return 1; }
  trip=$(cd "$out" && "$java" "@$checkout/conf/java-17.options" "$light" \
    -Dlog4j2.configurationFile="$checkout/conf/log4j2.properties" \
    -cp "$jar:$2" "$home/src/release/RoundTrip.java" "$checkout/examples/diabetes.csv" "$out/pipeline" 2>"$out/log") ||
    { grep -v WARN "$out/log" | tail -n 12 >&2; return 1; }
  printf 'built %s, ran %s: fit %s, predict %s, %s\n' "$built" "$1" "${fitted%% *}" \
    "$(cat "$out"/predict/predictions/*.csv | sort | cksum | cut -d ' ' -f 1)" "$trip"
}

failed=0
if [ $# = 0 ]; then
  unset SPARK_HOME
  try "on Maven's Spark" "$(<"$checkout/target/classpath.txt")" || { echo "built $built, Maven's Spark: FAILED"; failed=1; }
fi
for each in "$@"; do
  export SPARK_HOME=$each
  try "on $each" "$each/jars/*" || { echo "built $built, ran on $each: FAILED"; failed=1; }
done
exit "$failed"
