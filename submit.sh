#!/usr/bin/env bash
# Submits a job: ./submit.sh VERB --config conf/NAME.conf [key=value ...] [-- spark-submit options]
#
# Builds the jar when it is missing or older than its sources. Uses spark-submit where there is one
# and otherwise the Spark that Maven brought. Paths are relative to the caller's directory.
# Exit codes are those of the job: see ./submit.sh --help.
set -u

say() { printf 'finite-width: %s\n' "$*" >&2; }

# Where this script really is, through any symbolic links.
script=$0
while [ -L "$script" ]; do
  link=$(readlink "$script")
  case $link in /*) script=$link ;; *) script=$(dirname "$script")/$link ;; esac
done
home=$(cd -P "$(dirname "$script")" && pwd) || exit 5
target=$home/target

job=()
options=()
past=no
for argument in "$@"; do
  if [ "$past" = yes ]; then
    options+=("$argument")
  elif [ "$argument" = -- ]; then
    past=yes
  else
    job+=("$argument")
  fi
done

# given OPTION [KEY]: whether OPTION, or --conf KEY=..., is among the spark-submit options.
given() {
  local argument
  for argument in ${options[@]+"${options[@]}"}; do
    case $argument in
      "$1" | "$1"=*) return 0 ;;
      "${2:-no key}"=* | --conf="${2:-no key}"=*) return 0 ;;
    esac
  done
  return 1
}

# value OPTION KEY DEFAULT: the value of the last of these among the spark-submit options.
value() {
  local found=$3 previous= argument
  for argument in ${options[@]+"${options[@]}"}; do
    case $argument in
      "$1"=*) found=${argument#"$1"=} ;;
      "$2"=*) found=${argument#"$2"=} ;;
      --conf="$2"=*) found=${argument#--conf="$2"=} ;;
      *) [ "$previous" = "$1" ] && found=$argument ;;
    esac
    previous=$argument
  done
  printf '%s' "$found"
}

jar_file() { ls -t "$target"/finite-width-*-job.jar 2>/dev/null | head -n 1; }

stale() {
  jar=$(jar_file)
  [ -z "$jar" ] || [ ! -f "$target/classpath.txt" ] ||
    [ -n "$(find "$home/src/main" "$home/pom.xml" -newer "$jar" | head -n 1)" ]
}

build() {
  local log=$target/submit-build.log
  command -v mvn >/dev/null || { say "Maven (mvn) is needed to build the job and is not on PATH"; exit 5; }
  say "building the job (once, and after changes of the sources) ..."
  (cd "$home" && mvn -q -B -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true package) >"$log" 2>&1 ||
    { tail -n 30 "$log" >&2; say "the build failed; the whole log is $log"; exit 5; }
  jar=$(jar_file)
  [ -n "$jar" ] || { say "the build left no $target/finite-width-*-job.jar"; exit 5; }
  touch "$jar"
}

# locked CHECK ACTION: ACTION if CHECK holds; two submissions at once do it once, given flock.
locked() {
  "$1" || return 0
  mkdir -p "$target" || exit 5
  if command -v flock >/dev/null; then
    exec 9>"$target/.submit.lock"
    flock 9
    "$1" && "$2"
    exec 9>&-
  else
    "$2"
  fi
}

locked stale build

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || { say "no java: set JAVA_HOME to a JDK 17 or put one on PATH"; exit 5; }

# Without a configuration there is nothing to submit: help, version, and mistakes of usage.
case " ${job[*]-} " in
  *" --config "* | *" --config="*) ;;
  *) exec "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -cp "$jar" finitewidth.job.Main ${job[@]+"${job[@]}"} ;;
esac

# OpenBLAS as Maven brought it, for the driver and for executors that see this directory.
export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1}
native=
for library in "$target"/native/org/bytedeco/openblas/*/libopenblas.so.0; do
  [ -f "$library" ] && native=$(dirname "$library")
done
blas=()
if [ -n "$native" ]; then
  export LD_LIBRARY_PATH=$native${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  for part in blas lapack; do
    blas+=("-Ddev.ludovic.netlib.$part.nativeLib=libopenblas.so.0")
  done
fi

submit=()
given --properties-file || submit+=(--properties-file "$home/conf/spark-defaults.conf")
case $(value --master spark.master 'local[*]') in
  local | 'local['*) ;;
  *)
    given --no spark.executorEnv.OPENBLAS_NUM_THREADS ||
      submit+=(--conf "spark.executorEnv.OPENBLAS_NUM_THREADS=$OPENBLAS_NUM_THREADS")
    # An executor without that directory falls back to the BLAS it has.
    if [ -n "$native" ] && ! given --no spark.executor.extraJavaOptions &&
      ! given --no spark.executor.extraLibraryPath; then
      submit+=(--conf "spark.executor.extraJavaOptions=${blas[*]}" --conf "spark.executor.extraLibraryPath=$native")
    fi
    ;;
esac

logging=("-Dlog4j2.configurationFile=file:$home/conf/log4j2.properties"
  -Dlog4j2.isThreadContextMapInheritable=true)

# Progress is a bar on a terminal of so many columns; elsewhere it comes in lines.
if [ -z "${FINITE_WIDTH_TERMINAL:-}" ] && [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
  FINITE_WIDTH_TERMINAL=$(stty size <&2 2>/dev/null | cut -d ' ' -f 2)
  export FINITE_WIDTH_TERMINAL
fi

# A Spark distribution, if there is one.
spark_submit=
if [ -n "${SPARK_HOME:-}" ] && [ -x "$SPARK_HOME/bin/spark-submit" ]; then
  spark_submit=$SPARK_HOME/bin/spark-submit
else
  spark_submit=$(command -v spark-submit || true)
fi
if [ -n "$spark_submit" ]; then
  given --driver-java-options spark.driver.extraJavaOptions ||
    submit+=(--driver-java-options "${logging[*]} ${blas[*]-}")
  exec "$spark_submit" "${submit[@]}" ${options[@]+"${options[@]}"} --class finitewidth.job.Main "$jar" "${job[@]}"
fi

# Otherwise Spark from Maven's repository, in this very process: its JVM needs what spark-submit
# would have given it.
export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
given --master spark.master || submit+=(--master 'local[*]')
memory=$(value --driver-memory spark.driver.memory 2g)
classpath=$jar:$(cat "$target/classpath.txt")
appended=$(value --driver-class-path spark.driver.extraClassPath '')
# shellcheck disable=SC2206 # options are words
extra=($(value --driver-java-options spark.driver.extraJavaOptions ''))
# Spark's own threads would outlive a full heap and the job would hang.
full="echo 'finite-width: $memory of memory are not enough: give more with -- --driver-memory 8g, say' >&2"
launch=("$java" "@$home/conf/java-17.options" "-Xmx$memory" -Xlog:disable -Xlog:all=error:stderr
  "-XX:OnOutOfMemoryError=$full; kill -TERM %p; sleep 10; kill -KILL %p"
  "${logging[@]}" ${blas[@]+"${blas[@]}"})

# Spark loads some fifteen thousand classes. The first fit after a build leaves an archive of them,
# which makes every later start several seconds shorter; the JVM ignores one that does not fit.
archive=$target/start-up.jsa
key="$java $(cksum <"$target/classpath.txt") $(cksum <"$home/conf/java-17.options")"
fresh=
if [ "${FINITE_WIDTH_ARCHIVE:-yes}" = yes ]; then
  if [ -f "$archive" ] && [ -z "$(find "$jar" -newer "$archive")" ] &&
    [ "$key" = "$(cat "$archive.key" 2>/dev/null)" ]; then
    [ -s "$archive" ] && launch+=("-XX:SharedArchiveFile=$archive")
  elif [ "${job[0]}" = fit ] && [ -w "$target" ]; then
    fresh=$archive.$$
    launch+=("-XX:ArchiveClassesAtExit=$fresh")
  fi
fi

# The JVM's first line warns of the incubating Vector API, which the job means to use.
quietly() {
  local first=
  trap '' INT TERM HUP
  IFS= read -r first
  case $first in
    '' | 'WARNING: Using incubator modules'*) ;;
    *) printf '%s\n' "$first" ;;
  esac
  exec cat
}

launch+=(${extra[@]+"${extra[@]}"} -cp "$classpath${appended:+:$appended}"
  org.apache.spark.deploy.SparkSubmit "${submit[@]}" ${options[@]+"${options[@]}"}
  --class finitewidth.job.Main "$jar" "${job[@]}")
[ -n "$fresh" ] || exec "${launch[@]}" 2> >(quietly >&2)

"${launch[@]}" 2> >(quietly >&2) &
running=$!
trap 'kill -TERM "$running" 2>/dev/null' INT TERM HUP
wait "$running"
code=$?
# A signal ends the wait, not yet the job.
while kill -0 "$running" 2>/dev/null; do
  wait "$running"
  code=$?
done
if [ "$code" = 0 ]; then
  # Where the JVM cannot make one, an empty file keeps later starts from trying again.
  [ -s "$fresh" ] || : >"$fresh"
  printf '%s' "$key" >"$archive.key"
  mv -f "$fresh" "$archive"
else
  rm -f "$fresh"
fi
exit "$code"
