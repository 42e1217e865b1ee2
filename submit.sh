#!/usr/bin/env bash
# Submits a job: ./submit.sh VERB --config conf/NAME.conf [key=value ...] [-- spark-submit options]
#
# Builds the jar when it is missing or older than its sources. Uses spark-submit where there is one
# and otherwise the Spark that Maven brought. Paths are relative to the caller's directory.
# Exit codes are those of the job: see ./submit.sh --help. docs/cluster.md is about clusters.
#
#   SPARK_HOME              a Spark distribution; without one, spark-submit from the PATH
#   FINITE_WIDTH_JAR        a jar that is built already, as Spark names it: /path, local:///path, s3a://path
#   FINITE_WIDTH_ARCHIVE    no: leave no archive of classes for faster starts
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

# property FILE KEY: the last value of a key in a file of Spark's properties.
property() {
  [ -f "$1" ] || return 0
  awk -v key="$2" '
    { line = $0; sub(/^[ \t]+/, "", line) }
    substr(line, 1, length(key)) == key && substr(line, length(key) + 1, 1) ~ /[ \t=:]/ {
      line = substr(line, length(key) + 1); sub(/^[ \t]*[=:]?[ \t]*/, "", line); sub(/[ \t\r]+$/, "", line); found = line
    }
    END { print found }' "$1"
}

# value OPTION KEY DEFAULT: the value of the last of these among the spark-submit options, or of the
# key in the properties that go with them.
value() {
  local previous= argument found
  found=$(property "$properties" "$2")
  found=${found:-$3}
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

# A Spark distribution, if there is one, and the properties that count.
spark_submit=
if [ -n "${SPARK_HOME:-}" ] && [ -x "$SPARK_HOME/bin/spark-submit" ]; then
  spark_submit=$SPARK_HOME/bin/spark-submit
else
  spark_submit=$(command -v spark-submit || true)
fi
properties=
if given --properties-file; then
  properties=$(value --properties-file 'no key' '')
elif [ -n "$spark_submit" ]; then
  properties=${SPARK_CONF_DIR:-${SPARK_HOME:-$(dirname "$(dirname "$spark_submit")")}/conf}/spark-defaults.conf
else
  properties=$home/conf/spark-defaults.conf
fi

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
  (cd "$home" && mvn -q -B -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true package) >"$log" 2>&1 ||
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

if [ -n "${FINITE_WIDTH_JAR:-}" ]; then
  jar=$FINITE_WIDTH_JAR
else
  locked stale build
fi

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || { say "no java: set JAVA_HOME to a JDK 17 or put one on PATH"; exit 5; }

# Without a configuration there is nothing to submit: help, version, and mistakes of usage.
case " ${job[*]-} " in
  *" --config "* | *" --config="*) ;;
  *) exec "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -cp "$jar" finitewidth.job.Main ${job[@]+"${job[@]}"} ;;
esac

master=$(value --master spark.master 'local[*]')
deploy=$(value --deploy-mode spark.submit.deployMode client)
if [ -z "$spark_submit" ]; then
  case $master,$deploy in
    yarn,* | k8s://*,* | *,cluster)
      say "--master $master in $deploy mode needs a Spark distribution: set SPARK_HOME, or put spark-submit on the PATH"
      exit 5
      ;;
  esac
fi

# OpenBLAS as Maven brought it, with as many threads as a task has cores.
threads=$(value --no spark.task.cpus 1)
export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-$threads}
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

# OpenBLAS in the form in which Spark takes it to executors, who unpack it under this name.
unpacked=finite-width-native
packed=$target/$unpacked.tgz
unpackaged() { [ -z "$(find "$packed" -newer "$native/libopenblas.so.0" 2>/dev/null)" ]; }
pack() {
  { tar -czf "$packed.$$" -C "$native" . && mv -f "$packed.$$" "$packed"; } 2>/dev/null ||
    { rm -f "$packed.$$"; say "$packed cannot be written: executors will use the BLAS that they have"; }
}

# before: what the caller's options may override; after: what is put together with these.
before=()
after=()
on_cluster=no
case $master in local | 'local['*) ;; *) on_cluster=yes ;; esac
driver_elsewhere=no
[ "$on_cluster,$deploy" = yes,cluster ] && driver_elsewhere=yes

# with KEY TEXT SEPARATOR: a setting to which the caller's own is appended.
with() {
  local theirs
  theirs=$(value --no "$1" '')
  after+=(--conf "$1=$2${theirs:+$3$theirs}")
}

# unless_given KEY VALUE: a setting, unless the caller or the properties have one.
unless_given() {
  given --no "$1" || [ -n "$(property "$properties" "$1")" ] || before+=(--conf "$1=$2")
}

if [ "$on_cluster" = yes ]; then
  unless_given spark.executorEnv.OPENBLAS_NUM_THREADS "$threads"
  if [ -n "$native" ]; then
    locked unpackaged pack
    with spark.executor.extraJavaOptions "${blas[*]}" ' '
    there=$native
    if [ -f "$packed" ]; then
      there=$unpacked
      archives=$(value --archives spark.archives '')
      after+=(--archives "$packed#$unpacked${archives:+,$archives}")
    fi
    case $master in
      # Executors there have no extraLibraryPath.
      k8s://*) with spark.executorEnv.LD_LIBRARY_PATH "$there" : ;;
      *) with spark.executor.extraLibraryPath "$there" : ;;
    esac
  fi
fi

logging=("-Dlog4j2.configurationFile=file:$home/conf/log4j2.properties"
  -Dlog4j2.isThreadContextMapInheritable=true)

# Progress is a bar on a terminal of so many columns; elsewhere it comes in lines.
if [ -z "${FINITE_WIDTH_TERMINAL:-}" ] && [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
  FINITE_WIDTH_TERMINAL=$(stty size <&2 2>/dev/null | cut -d ' ' -f 2)
  export FINITE_WIDTH_TERMINAL
fi

# A driver somewhere on the cluster has no files of this machine but those that are sent along.
if [ "$driver_elsewhere" = yes ]; then
  for ((i = 0; i < ${#job[@]}; i++)); do
    case ${job[i]} in
      --config=*) at=$i config=${job[i]#--config=} prefix=--config= ;;
      --config) at=$((i + 1)) config=${job[i + 1]-} prefix= ;;
    esac
  done
  if [ ! -f "$config" ] || [ ! -r "$config" ]; then
    say "--config $config: no such file, or it cannot be read"
    exit 2
  fi
  case $master in
    yarn | k8s://*)
      files=$(value --files spark.files '')
      after+=(--files "$config,$home/conf/log4j2.properties${files:+,$files}")
      job[at]=$prefix$(basename "$config")
      logging[0]=-Dlog4j2.configurationFile=log4j2.properties
      if [ "$master" = yarn ]; then
        unless_given spark.yarn.appMasterEnv.OPENBLAS_NUM_THREADS "$threads"
        [ -z "$native" ] || with spark.driver.extraLibraryPath "$unpacked" :
      else
        unless_given spark.kubernetes.driverEnv.OPENBLAS_NUM_THREADS "$threads"
        [ -z "$native" ] || with spark.kubernetes.driverEnv.LD_LIBRARY_PATH "$unpacked" :
      fi
      ;;
    *)
      # Nothing is sent: both have to be where every worker finds them.
      job[at]=$prefix$(cd "$(dirname "$config")" && pwd)/$(basename "$config")
      ;;
  esac
fi

# Spark's own threads would outlive a full heap and the job would hang: Main takes this signal, as soon
# as the thread that found the heap full has let go of its part. The JVM cuts commands at semicolons.
full='-XX:OnOutOfMemoryError=kill -ALRM %p && (sleep 1 && kill -ALRM %p && sleep 2 && kill -ALRM %p && sleep 12 && kill -KILL %p) >/dev/null 2>&1 &'

if [ -n "$spark_submit" ]; then
  # Not --properties-file: what the site has configured counts.
  given --properties-file || while read -r key setting; do
    case $key in '' | '#'*) ;; *) unless_given "$key" "$setting" ;; esac
  done <"$home/conf/spark-defaults.conf"
  theirs=$(value --driver-java-options spark.driver.extraJavaOptions '')
  after+=(--driver-java-options "${logging[*]} \"$full\" ${blas[*]-}${theirs:+ $theirs}")
  exec "$spark_submit" ${before[@]+"${before[@]}"} ${options[@]+"${options[@]}"} "${after[@]}" \
    --class finitewidth.job.Main "$jar" "${job[@]}"
fi

# Otherwise Spark from Maven's repository, in this very process: its JVM needs what spark-submit
# would have given it.
export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
given --properties-file || before+=(--properties-file "$home/conf/spark-defaults.conf")
before+=(--master "$master")
memory=$(value --driver-memory spark.driver.memory 2g)
classpath=$jar:$(cat "$target/classpath.txt")
appended=$(value --driver-class-path spark.driver.extraClassPath '')
# shellcheck disable=SC2206 # options are words
extra=($(value --driver-java-options spark.driver.extraJavaOptions ''))
launch=("$java" "@$home/conf/java-17.options" "-Xmx$memory" -Xlog:disable -Xlog:all=error:stderr
  "$full" "${logging[@]}" ${blas[@]+"${blas[@]}"})

# Spark loads some fifteen thousand classes. The first fit after a build leaves an archive of them,
# which makes every later start several seconds shorter; the JVM ignores one that does not fit.
archive=$target/start-up.jsa
key="$java $(cksum <"$target/classpath.txt") $(cksum <"$home/conf/java-17.options")"
fresh=
dry() { case " ${job[*]} " in *' --dry-run '*) ;; *) return 1 ;; esac; }
if [ "${FINITE_WIDTH_ARCHIVE:-yes}" = yes ]; then
  if [ -f "$archive" ] && [ -z "$(find "$jar" -newer "$archive")" ] &&
    [ "$key" = "$(cat "$archive.key" 2>/dev/null)" ]; then
    [ -s "$archive" ] && launch+=("-XX:SharedArchiveFile=$archive")
  elif [ "${job[0]}" = fit ] && [ -w "$target" ] && ! dry; then
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
  org.apache.spark.deploy.SparkSubmit "${before[@]}" ${options[@]+"${options[@]}"} ${after[@]+"${after[@]}"}
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
