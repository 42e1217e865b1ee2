# Runs the job that submit.sh has put together.

# Spark loads some fifteen thousand classes. The first fit after a build leaves an archive of them,
# which makes every later start several seconds shorter; the JVM ignores one that does not fit.
archive=$target/start-up.jsa
fresh=

# Uses the archive, or leaves in $fresh where the job is to put one.
find_archive() {
  local old
  [ "${FINITE_WIDTH_ARCHIVE:-yes}" = yes ] || return 0
  key="$java $version $jar_here $(cksum "$target/classpath.txt" "$home/conf/java-17.options")"
  if [ -f "$archive" ] && [ ! "$jar_here" -nt "$archive" ] &&
    [ -r "$archive.key" ] && [ "$key" = "$(<"$archive.key")" ]; then
    [ ! -s "$archive" ] || launch+=("-XX:SharedArchiveFile=$archive")
    return 0
  fi
  case " ${job[*]} " in *' --dry-run '*) return 0 ;; esac
  if [ "${job[0]}" = fit ] && [ -w "$target" ]; then
    # Those of submissions that were killed.
    for old in "$archive".[0-9]*; do
      old=${old#"$archive".}
      kill -0 "${old%%.*}" 2>/dev/null || rm -f "$archive.$old"
    done
    fresh=$archive.$$
    launch+=(-XX:+RecordDynamicDumpInfo "-Dfinitewidth.archive=$fresh")
  fi
}

# Keeps the archive of a job that is done. Where the JVM could not make one, an empty file keeps later
# starts from trying again.
keep_archive() {
  [ -n "$fresh" ] || return 0
  if [ "$1" = 0 ] && [ "$stopping" = no ]; then
    [ -s "$fresh" ] || : >"$fresh"
    printf '%s' "$key" >"$archive.key"
    mv -f "$fresh" "$archive"
  fi
  rm -f "$fresh" "$fresh".*
}

# A JVM that writes an archive hears no signal, and its job is done.
stop_job() {
  if [ -n "$fresh" ] && [ -e "$fresh.begun" ]; then
    kill -KILL "$1" 2>/dev/null
  else
    terminate "$1"
  fi
}

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

execute() { exec "${launch[@]}" 2>&8 8>&-; }

# Runs the job and leaves with its exit code. What ended without one of the job's own had its reasons
# told by Java or Spark, and gets a sentence.
run() {
  local code done=no i
  exec 8> >(quietly >&2)
  filter=$!
  # Whose end is the job's, too.
  export FINITE_WIDTH_SUBMIT=$$
  attend stop_job execute
  code=$?
  exec 8>&-
  for ((i = 0; i < 100; i++)); do
    kill -0 "$filter" 2>/dev/null || break
    sleep 0.01
  done
  if [ -n "$fresh" ] && [ -e "$fresh.begun" ]; then done=yes; fi
  keep_archive "$code"
  [ "$done" = no ] || exit 0
  case $code in
    0 | 2 | 3 | 4 | 5) exit "$code" ;;
  esac
  [ "$stopping" = no ] || fail 5 "stopped before it was done"
  # Spark's own, of a driver that is elsewhere.
  [ "$driver_elsewhere" = no ] || exit "$code"
  case $code in
    137) fail 5 "the job was killed (SIGKILL), as systems do whose memory is full: give it less with -- --driver-memory, or run it elsewhere" ;;
    *) fail 5 "Java or Spark ended before the job could (exit code $code); what it said of it stands above" ;;
  esac
}
