# The Spark that a job is submitted to.

unfit() {
  core=${core%.jar}
  fail 5 "$distribution is Spark ${core#*-} with Scala ${core%%-*}, and the job needs Spark 4.0.1 or later with Scala 2.13: name such a distribution in SPARK_HOME"
}

# Leaves spark-submit and the directory of a distribution, if there is one, in $spark_submit and
# $distribution, and the properties that count in $properties.
find_spark() {
  local core wrong
  spark_submit=
  distribution=
  if [ -n "${SPARK_HOME:-}" ]; then
    distribution=$SPARK_HOME
    spark_submit=$SPARK_HOME/bin/spark-submit
    wrong=
    if [ ! -e "$SPARK_HOME" ]; then
      wrong="there is no such directory"
    elif [ ! -d "$SPARK_HOME" ]; then
      wrong="that is no directory"
    elif [ ! -f "$spark_submit" ]; then
      # Jars alone are what executors start from; Maven's Spark submits.
      for core in "$SPARK_HOME"/jars/spark-core_*.jar; do
        if [ -f "$core" ]; then spark_submit= distribution=; fi
      done
      [ -z "$spark_submit" ] || wrong="bin/spark-submit is not there"
    elif [ ! -x "$spark_submit" ]; then
      wrong="bin/spark-submit may not be executed"
    fi
    [ -z "$wrong" ] ||
      fail 5 "SPARK_HOME = $SPARK_HOME: $wrong; name a distribution of Spark 4, or unset it for the Spark that Maven brings"
  elif spark_submit=$(command -v spark-submit); then
    distribution=$(file "$spark_submit")
    case $distribution in */bin/*) distribution=${distribution%/bin/*} ;; *) distribution=${distribution%/*}/.. ;; esac
  fi
  for core in ${distribution:+"$distribution"/jars/spark-core_*.jar}; do
    core=${core##*/spark-core_}
    case $core in
      # 4.0.0 loses Params of stages that are not its own (SPARK-52259).
      2.13-4.0.0*) unfit ;;
      2.13-[4-9]* | 2.13-[1-9][0-9]* | '*'*) ;;
      *) unfit ;;
    esac
  done
  properties=
  if given --properties-file; then
    properties=$(value --properties-file 'no key' '')
    [ -f "$properties" ] && [ -r "$properties" ] ||
      fail 2 "--properties-file $properties: no such file, or it cannot be read"
  elif [ -n "$spark_submit" ]; then
    properties=${SPARK_CONF_DIR:-$distribution/conf}/spark-defaults.conf
  else
    properties=$home/conf/spark-defaults.conf
  fi
}

# Leaves a size of memory, as the JVM takes it, in $megabytes.
megabytes() {
  local number=${1%[kKmMgGtT]}
  case $number in '' | *[!0-9]*) return 1 ;; esac
  [ "${#number}" -le 12 ] || number=999999999999
  number=$((10#$number))
  [ "$number" -gt 0 ] || return 1
  case $1 in
    *[kK]) megabytes=$((number >> 10)) ;;
    *[mM]) megabytes=$number ;;
    *[gG]) megabytes=$((number << 10)) ;;
    *[tT]) megabytes=$((number << 20)) ;;
    *) megabytes=$((number >> 20)) ;;
  esac
}

# Spark would end with a trace.
check_numbers() {
  local pair number megabytes
  for pair in "--no spark.task.cpus" "--executor-cores spark.executor.cores" "--driver-cores spark.driver.cores" \
    "--total-executor-cores spark.cores.max" "--num-executors spark.executor.instances"; do
    given "${pair% *}" "${pair#* }" || continue
    number=$(value "${pair% *}" "${pair#* }" 1)
    case $number in
      *[!0-9]* | '') ;;
      *[1-9]*) continue ;;
    esac
    fail 2 "${pair#--no } = $number: a whole number from 1 on"
  done
  given --executor-memory spark.executor.memory || return 0
  number=$(value --executor-memory spark.executor.memory 1g)
  megabytes "$number" ||
    fail 2 "--executor-memory $number is no size of memory: a whole number with m or g, such as 4g"
}

# The JVM would refuse in words of its own what is no size or too small to start with, and take what
# this machine does not have.
check_memory() {
  local name="--driver-memory $memory" size megabytes all=0 key rest
  megabytes "$memory" || fail 2 "$name is no size of memory: a whole number with m or g, such as 4g"
  [ "$megabytes" -ge 64 ] || fail 5 "$name is $megabytes MB, too little for Java to start with: give more, such as 4g"
  [ -r /proc/meminfo ] || return 0
  while read -r key size rest; do
    case $key in MemTotal: | SwapTotal:) all=$((all + (size >> 10))) ;; SwapFree:) break ;; esac
  done </proc/meminfo
  [ "$megabytes" -le "$all" ] || [ "$(value --no spark.finitewidth.memoryCheck refuse)" = warn ] ||
    fail 5 "$name: this machine has $((all >> 10)) GB, swap included; give less, or -- --conf spark.finitewidth.memoryCheck=warn"
}

# Spark tells at length of a directory that it cannot make.
check_local_directories() {
  local directory all IFS=,
  all=${SPARK_LOCAL_DIRS:-$(value --no spark.local.dir '')}
  case ${options[*]-} in *java.io.tmpdir=*) ;; *) all=${all:-/tmp} ;; esac
  [ -n "$all" ] || return 0
  set -f
  for directory in $all; do
    set +f
    { [ -d "$directory" ] || mkdir -p "$directory" 2>/dev/null; } && [ -w "$directory" ] && return
  done
  fail 5 "$all cannot be written, where Spark keeps what is too large for memory: name a place with -- --conf spark.local.dir=DIRECTORY"
}

# What executors of Maven's Spark start from: a home with its jars, as links.
homeless() { ! cmp -s "$target/classpath.txt" "$executors_home/classpath.txt"; }
make_home() {
  local new=$executors_home.$$ IFS=:
  {
    set -f
    # shellcheck disable=SC2046 # entries are words
    mkdir -p "$new/jars" "$new/conf" && ln -s $(<"$target/classpath.txt") "$new/jars/"
    set +f
    ln -s ../../../conf/log4j2.properties "$new/conf/" &&
      cp "$target/classpath.txt" "$new/" &&
      rm -rf "$executors_home" && mv "$new" "$executors_home"
  } 2>/dev/null && return
  rm -rf "$new"
  fail 5 "$executors_home, from which executors would start, cannot be written: set SPARK_HOME to a distribution of Spark 4"
}
