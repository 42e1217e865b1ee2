#!/usr/bin/env bash
# Builds the wheel into target/wheel: python/build.sh
#
# The job's jar is built first, unless it is there and newer than its sources. Beside it the wheel has
# the jars that the library needs where there is no Spark.
#
#   FINITE_WIDTH_JAR        a job jar that is built already
#   FINITE_WIDTH_CLASSPATH  a file with the class path of the build; target/classpath.txt
#   PYTHON                  the interpreter whose pip builds the wheel; python3
set -euo pipefail
home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
target=$home/target
stage=$target/python
python=${PYTHON:-python3}
command -v "$python" >/dev/null || { echo "python/build.sh: $python is not on PATH" >&2; exit 1; }

jar=${FINITE_WIDTH_JAR:-}
if [ -z "$jar" ]; then
  jar=$(find "$target" -maxdepth 1 -name 'finite-width-*-job.jar' 2>/dev/null | head -n 1)
  if [ -z "$jar" ] ||
    [ -n "$(find "$home/pom.xml" "$home/src/main" -newer "$jar" -type f -print -quit)" ]; then
    (cd "$home" && mvn -B -q -DskipTests package)
    jar=$(find "$target" -maxdepth 1 -name 'finite-width-*-job.jar' | head -n 1)
  fi
fi
classpath=${FINITE_WIDTH_CLASSPATH:-$target/classpath.txt}

rm -rf "$stage"
mkdir -p "$stage"
cp -R "$home/python/pyproject.toml" "$home/python/README.md" "$home/python/src" "$stage"
cp "$home/LICENSE" "$home/NOTICE" "$stage"
find "$stage" -name __pycache__ -prune -exec rm -r {} +
jars=$stage/src/finitewidth/jars
mkdir -p "$jars"
cp "$jar" "$jars"
# What docs/library.md names and the job's jar has not: a Spark brings these itself.
for name in blas lapack arpack_combined_all \
  jackson-annotations jackson-core jackson-databind \
  parquet-column parquet-common parquet-encoding parquet-format-structures slf4j-api snappy-java; do
  found=$(tr ':' '\n' <"$classpath" | grep -E "/$name-[0-9][^/-]*\.jar$" || true)
  [ -n "$found" ] || { echo "python/build.sh: $classpath has no $name" >&2; exit 1; }
  cp "$found" "$jars"
done
mkdir -p "$target/wheel"
rm -f "$target"/wheel/finite_width-*.whl
"$python" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$target/wheel" "$stage"
ls "$target"/wheel/finite_width-*.whl
