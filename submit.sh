#!/usr/bin/env bash
# Submits a job: ./submit.sh VERB --config conf/NAME.conf [key=value ...] [-- spark-submit options]
#
# Builds the jar when it is missing or older than its sources. Uses spark-submit where there is one
# and otherwise the Spark that Maven brought. Paths are relative to the caller's directory.
# Exit codes are those of the job: see ./submit.sh --help. docs/cluster.md is about clusters.
#
#   JAVA_HOME               a JDK, 17 or 21 to build; without one, java from the PATH
#   SPARK_HOME              a Spark distribution; without one, spark-submit from the PATH
#   FINITE_WIDTH_JAR        a jar that is built already, as Spark names it: /path, local:///path, s3a://path
#   FINITE_WIDTH_ARCHIVE    no: leave no archive of classes for faster starts

# sh may be a shell without arrays, and the posix mode of an old bash has no process substitution.
if [ -z "${BASH_VERSION:-}" ]; then
  command -v bash >/dev/null 2>&1 || {
    echo "finite-width: submit.sh needs bash, which is not on the PATH" >&2
    exit 5
  }
  exec bash "$0" "$@"
fi
set +o posix
set -u
unset CDPATH

# file PATH: the file that a path leads to, through any symbolic links.
file() {
  local path=$1 link
  while [ -L "$path" ]; do
    link=$(readlink "$path")
    case $link in /*) path=$link ;; *) path=${path%/*}/$link ;; esac
  done
  printf '%s' "$path"
}

script=${BASH_SOURCE[0]}
case $script in
  */*) ;;
  *) if [ -e "$script" ]; then script=./$script; else script=$(command -v -- "$script"); fi ;;
esac
script=$(file "$script")
home=$(cd -P -- "${script%/*}" && pwd) || exit 5
target=$home/target
for part in signals locale options spark java build run; do
  # shellcheck source=/dev/null
  . "$home/src/main/sh/$part.sh" || exit 5
done
case $home in *:*) fail 5 "$home has a colon, which no class path can hold: move it elsewhere" ;; esac

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
check_options

find_spark
utf8
find_java
ask_java
# A distribution may have a Java of its own.
if [ -z "$spark_submit" ] ||
  ! grep -qs '^[^#]*JAVA_HOME=' "${SPARK_CONF_DIR:-$distribution/conf}/spark-env.sh"; then
  check_java
fi

if [ -z "${FINITE_WIDTH_JAR:-}" ]; then
  locked stale build
  app=$(as_spark_names "$jar")
else
  jar=$FINITE_WIDTH_JAR
  app=$jar
fi
# As a class path has it.
jar_here=${jar#local:}
jar_here=${jar_here#file:}

# Without a configuration there is nothing to submit: help, version, and mistakes of usage.
case " ${job[*]-} " in
  *" --config "?* | *" --config="*) ;;
  *)
    [ -r "$jar_here" ] || fail 5 "FINITE_WIDTH_JAR = $jar: help takes a jar on this machine"
    exec "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -cp "$jar_here" finitewidth.job.Main ${job[@]+"${job[@]}"}
    ;;
esac
master=$(value --master spark.master 'local[*]')
deploy=$(value --deploy-mode spark.submit.deployMode client)
if [ -z "$spark_submit" ]; then
  case $master,$deploy in
    yarn,* | k8s://*,* | *,cluster)
      fail 5 "--master $master in $deploy mode needs a Spark distribution: set SPARK_HOME, or put spark-submit on the PATH"
      ;;
  esac
fi
case $master in
  local | 'local['*']' | 'local-cluster['*']' | spark://?* | yarn | k8s://?*) ;;
  *) fail 2 "--master $master: Spark knows local[*], local-cluster[2,1,1024], spark://host:7077, yarn and k8s://https://host:443" ;;
esac
case $deploy in
  client | cluster) ;;
  *) fail 2 "--deploy-mode $deploy: client or cluster" ;;
esac

# Whether the jar is a file of this machine, or must be one.
must_be_here() {
  case $jar in
    local:*) [ -z "$spark_submit" ] ;;
    file:*) ;;
    *:*) return 1 ;;
  esac
}
if must_be_here && { [ ! -f "$jar_here" ] || [ ! -r "$jar_here" ]; }; then
  fail 5 "FINITE_WIDTH_JAR = $jar: no such file, or it cannot be read"
fi

if [ -z "$spark_submit" ]; then
  look_for_jars
  [ -z "$missing" ] ||
    fail 5 "$missing is not there, or may not be read: make what Maven brought readable, or set SPARK_HOME to a distribution of Spark 4"
fi

# OpenBLAS as Maven brought it, with one thread: several would cut up panels of rows, and the last
# digits of a row would depend on its place.
threads=1
export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-$threads}
native=
for library in "$target"/native/org/bytedeco/openblas/*/libopenblas.so.0; do
  [ -f "$library" ] && native=${library%/*}
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
  given --no "$1" && return
  property "$properties" "$1"
  [ -n "$property" ] || before+=(--conf "$1=$2")
}

if [ "$driver_elsewhere" = no ]; then
  # Containers may run as just any number.
  id -un >/dev/null 2>&1 || fail 5 "user id $UID has no name, which Hadoop's login takes: add one to /etc/passwd"
  memory=$(value --driver-memory spark.driver.memory 2g)
  check_memory
  check_local_directories
fi
check_numbers

if [ "$on_cluster" = yes ]; then
  unless_given spark.executorEnv.OPENBLAS_NUM_THREADS "$threads"
  # As here; a worker's own LC_ALL outranks it.
  [ "$letters" = some ] || unless_given spark.executorEnv.LC_CTYPE C.UTF-8
  if [ -n "$native" ]; then
    locked unpackaged pack
    with spark.executor.extraJavaOptions "${blas[*]}" ' '
    there=$native
    if [ -f "$packed" ]; then
      there=$unpacked
      archives=$(value --archives spark.archives '')
      after+=(--archives "$(as_spark_names "$packed")#$unpacked${archives:+,$archives}")
    fi
    case $master in
      # Executors there have no extraLibraryPath.
      k8s://*) with spark.executorEnv.LD_LIBRARY_PATH "$there" : ;;
      *) with spark.executor.extraLibraryPath "$there" : ;;
    esac
  fi
fi

case $home in
  *[!A-Za-z0-9/._~-]*) logging=("-Dlog4j2.configurationFile=$(as_uri "$home/conf/log4j2.properties")") ;;
  *) logging=("-Dlog4j2.configurationFile=file:$home/conf/log4j2.properties") ;;
esac
logging+=(-Dlog4j2.isThreadContextMapInheritable=true)

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
    fail 2 "--config $config: no such file, or it cannot be read"
  fi
  case $master in
    yarn | k8s://*)
      files=$(value --files spark.files '')
      after+=(--files "$config,$home/conf/log4j2.properties${files:+,$files}")
      job[at]=$prefix$(basename "$config")
      logging[0]=-Dlog4j2.configurationFile=log4j2.properties
      if [ "$master" = yarn ]; then
        unless_given spark.yarn.appMasterEnv.OPENBLAS_NUM_THREADS "$threads"
        unless_given spark.yarn.appMasterEnv.LC_CTYPE C.UTF-8
        [ -z "$native" ] || with spark.driver.extraLibraryPath "$unpacked" :
      else
        unless_given spark.kubernetes.driverEnv.OPENBLAS_NUM_THREADS "$threads"
        unless_given spark.kubernetes.driverEnv.LC_CTYPE C.UTF-8
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
  launch=("$spark_submit")
else
  # Otherwise Spark from Maven's repository: its JVM needs what spark-submit would have given it.
  export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
  given --properties-file || before+=(--properties-file "$home/conf/spark-defaults.conf")
  before+=(--master "$master")
  if [ "$on_cluster" = yes ]; then
    export SPARK_SCALA_VERSION=${SPARK_SCALA_VERSION:-2.13}
    unless_given spark.executorEnv.SPARK_SCALA_VERSION 2.13
    if [ -z "${SPARK_HOME:-}" ]; then
      locked homeless make_home
      export SPARK_HOME=$executors_home
    fi
    case $master in
      spark://*)
        # A worker without a SPARK_HOME would refuse to start executors, but for this variable; where
        # it has these jars, too, they are those of the driver.
        unless_given spark.executorEnv.SPARK_SQL_TESTING 1
        with spark.executor.extraClassPath "$SPARK_HOME/jars/*" :
        ;;
    esac
  fi
  appended=$(value --driver-class-path spark.driver.extraClassPath '')
  # shellcheck disable=SC2206 # options are words
  extra=($(value --driver-java-options spark.driver.extraJavaOptions ''))
  launch=("$java" "@$home/conf/java-17.options" "-Xmx$memory" -Xlog:disable -Xlog:all=error:stderr
    "$full" "${logging[@]}" ${blas[@]+"${blas[@]}"})
  find_archive
  launch+=(${extra[@]+"${extra[@]}"} -cp "$jar_here:$(<"$target/classpath.txt")${appended:+:$appended}"
    org.apache.spark.deploy.SparkSubmit)
fi
launch+=(${before[@]+"${before[@]}"} ${options[@]+"${options[@]}"} ${after[@]+"${after[@]}"}
  --class finitewidth.job.Main "$app" "${job[@]}")
run
