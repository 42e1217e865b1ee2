# The job's jar, built when it is missing or older than its sources, and what Maven brought for it.

building=$target/.submit-building
executors_home=$target/spark-home

# Leaves the newest jar, if there is one, in $jar.
find_jar() {
  local each
  jar=
  for each in "$target"/finite-width-*-job.jar; do
    if [ -f "$each" ] && { [ -z "$jar" ] || [ "$each" -nt "$jar" ]; }; then jar=$each; fi
  done
}

# Leaves the first entry of the class path that cannot be read in $missing.
look_for_jars() {
  local entry IFS=: entries
  missing=$target/classpath.txt
  [ -s "$missing" ] && [ -r "$missing" ] || return 0
  set -f
  entries=$(<"$missing")
  for entry in $entries; do
    missing=$entry
    [ -r "$entry" ] || { set +f; return 0; }
  done
  set +f
  missing=
}

# Leaves in $why what is to be built for, if anything.
stale() {
  find_jar
  why=
  if [ -z "$jar" ]; then
    why="it has not been built"
  elif [ -e "$building" ]; then
    why="its last build was not finished"
  elif [ -n "$(find "$home/src/main" "$home/pom.xml" -newer "$jar" 2>/dev/null)" ]; then
    why="its sources have changed"
  elif [ -z "$spark_submit" ]; then
    look_for_jars
    [ -z "$missing" ] || why="$missing is not there, or may not be read"
  fi
  [ -n "$why" ]
}

# shellcheck disable=SC2030
maven() {
  cd "$home" || exit 5
  exec mvn -q -B -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true package \
    >"$target/submit-build.log" 2>&1 </dev/null
}

build() {
  local log=$target/submit-build.log
  [ -f "$home/pom.xml" ] || fail 5 "the job has to be built ($why), and $home/pom.xml is not there"
  { : >"$building" && : >"$log"; } 2>/dev/null ||
    fail 5 "the job has to be built ($why), and $target cannot be written: submit it once as whoever may"
  command -v mvn >/dev/null || fail 5 "Maven (mvn) is needed to build the job ($why) and is not on the PATH"
  case $major in
    17 | 21) ;;
    *) fail 5 "the job has to be built ($why), which takes a JDK 17 or 21, and $java is Java $version: $wanted" ;;
  esac
  case ${modules:- jdk.compiler } in
    *' jdk.compiler '*) ;;
    *) fail 5 "the job has to be built ($why), and $java is a Java without a compiler: $wanted" ;;
  esac
  say "building the job (once, and after changes of the sources) ..."
  if ! attend terminate_group maven; then
    [ "$stopping" = no ] || fail 5 "stopped before it was done"
    tail -n 30 "$log" >&2
    fail 5 "the build failed; the whole log is $log"
  fi
  find_jar
  [ -n "$jar" ] || fail 5 "the build left no $target/finite-width-*-job.jar"
  make_home
  touch "$jar"
  rm -f "$building"
}

# locked CHECK ACTION: ACTION if CHECK holds; two submissions at once do it once, given flock.
locked() {
  "$1" || return 0
  mkdir -p "$target" 2>/dev/null
  if command -v flock >/dev/null && { : >>"$target/.submit.lock"; } 2>/dev/null; then
    exec 9>>"$target/.submit.lock"
    attend terminate flock 9
    [ "$stopping" = no ] || fail 5 "stopped before it was done"
    "$1" && "$2"
    exec 9>&-
  else
    "$2"
  fi
}
