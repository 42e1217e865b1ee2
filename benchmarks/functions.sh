# For the scripts here, which set $work: what they say, how loaded the machine is, and numbers of a job's summary.

# say WORD...: on standard error, after the script's name.
say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }

# load: averages of the last 1, 5 and 15 minutes.
load() { cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown; }

# done_before NAME: whether a job has finished, which is then said.
done_before() {
  [ -f "$work/$1/summary.json" ] || return 1
  say "$1: done before"
}

# failed NAME: says why a job has not finished.
failed() {
  tail -n 5 "$work/$1.err" >&2
  say "$1 failed, see $work/$1.err"
  return 1
}

# number NAME KEY [SECTION]: of a job's summary.
number() {
  awk -v key="\"$2\"" -v section="\"${3:-}\"" '
    section != "\"\"" && index($0, section " : {") { inside = 1 }
    (section == "\"\"" || inside) && index($0, key " :") && !/[{[]$/ {
      sub(/.*: */, ""); sub(/,.*/, ""); print; exit
    }' "$work/$1/summary.json"
}

# machine: cores, processor, Java, date and commit, for the head of a table. Needs $home.
machine() {
  echo "Machine: $(grep -c ^processor /proc/cpuinfo 2>/dev/null || echo '?') cores," \
    "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1);" \
    "$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 | sed -n 's/^.*Runtime Environment *//p')." \
    "Date: $(date +%Y-%m-%d). Commit: $(git -C "$home" rev-parse --short HEAD 2>/dev/null || echo unknown)."
}

# spark_home: a directory with Spark's jars, which executors in JVMs of their own need. Needs $home.
spark_home() {
  local there=$work/spark-home jar
  if [ ! -d "$there/jars" ]; then
    mkdir -p "$there/jars.new" "$there/conf"
    cp "$home/conf/log4j2.properties" "$there/conf/"
    tr ':' '\n' <"$home/target/classpath.txt" | while read -r jar; do
      [ -z "$jar" ] || ln -sf "$jar" "$there/jars.new/"
    done
    mv "$there/jars.new" "$there/jars"
  fi
  printf '%s' "$there"
}

# descendants PID: the numbers of the processes that it has started, and those have.
descendants() {
  local child
  for child in $(pgrep -P "$1"); do
    echo "$child"
    descendants "$child"
  done
}
