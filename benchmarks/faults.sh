#!/usr/bin/env bash
# Jobs under faults: a scheduled job in a row, killed at random; what a checkpoint costs; executors that are killed.
#
#   benchmarks/faults.sh [kills] [chains] [overhead] [cluster] [table]
#
# Without arguments all of it. chains is kills of a job by Markov chains. Jobs run through submit.sh and leave their results under $WORK
# (target/faults); the tables go to $TABLE (benchmarks/faults.md).
#
#   RUNS=20           scheduled runs in a row
#   SEED=1            of the moments at which drivers are killed
#   REPEATS=5         of each of the two jobs that are compared, one after the other in turns
#   MASTER=local[2]   of both
set -eu

home=$(cd "$(dirname "$0")/.." && pwd)
work=${WORK:-$home/target/faults}
table=${TABLE:-$home/benchmarks/faults.md}
runs=${RUNS:-20}
seed=${SEED:-1}
repeats=${REPEATS:-5}
master=${MASTER:-local[2]}
mkdir -p "$work"

. "$home/benchmarks/functions.sh"

# submit NAME [key=value ...] [-- option ...]: a fit, whose output goes to $work/NAME unless that is overridden.
submit() {
  local name=$1
  shift
  "$home/submit.sh" fit data.train="$home/examples/digits.csv" output.format=json output.overwrite=true \
    output.path="$work/$name" "$@" >"$work/$name.out" 2>"$work/$name.err"
}

nightly() { submit "$1" --config "$home/conf/nightly.conf" checkpoint.path="$work/checkpoints" "${@:2}" -- --master "$master"; }

# Two widths of eight chains each, so short that most of a try is spent in their rounds.
networks() {
  submit "$1" --config "$home/conf/concrete-networks.conf" data.train="$home/examples/concrete.csv" data.train-rows=100 \
    'widths=[8]' networks.max-iterations=400 checkpoint.interval=1 checkpoint.path="$work/checkpoints" "${@:2}" -- --master "$master"
}

# bytes NAME: a checksum of what a result says, times and what names its run apart.
bytes() {
  local file footer
  {
    cat "$work/$1"/predictions/part-*
    awk '/^  "run" : \{/ { run = 1 } !run && /"contraction" :|"checkpoint" :|"seconds" :|"warnings" :/ { exit }
      !run { print } /^  \}/ { run = 0 }' "$work/$1/summary.json"
    for file in "$work/$1"/model/data/part-*; do
      # Without the footer of a Parquet file, in which sets stand in an order of the moment.
      footer=$(tail -c 8 "$file" | od -An -tu4 -N4 | tr -d ' ')
      head -c "-$((footer + 8))" "$file" | cksum
    done | sort
  } | cksum
}

# leftovers NAME: hidden files beside a result, its lock apart, that a dead job has left.
leftovers() { find "$work" -maxdepth 1 -name ".$1.*" ! -name '*.lock' | wc -l; }

# moments COUNT SECONDS: so many random moments, and whether the signal is TERM.
moments() {
  awk -v seed="$seed" -v count="$1" -v seconds="$2" '
    BEGIN { srand(seed); for (i = 0; i < count; i++) printf "%.2f %s\n", 1 + rand() * seconds, rand() < 0.25 ? "TERM" : "KILL" }'
}

# killed NAME: runs of the job of that name, killed at random.
killed() {
  local name=$1 reference begin seconds run tries signal after killed=0 lost=0 half=0 different=0 terms=0 code share
  rm -rf "$work/$name"* "$work/checkpoints" "$work/.$name"*
  "$name" "$name-reference"
  begin=$(date +%s.%N)
  "$name" "$name-reference"
  seconds=$(awk -v a="$begin" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }')
  reference=$(bytes "$name-reference")
  moments 400 "$seconds" >"$work/moments"
  exec 3<"$work/moments"
  : >"$work/$name.kills"
  for run in $(seq "$runs"); do
    rm -rf "$work/$name"
    tries=0
    while :; do
      tries=$((tries + 1))
      read -r after signal <&3
      "$name" "$name" &
      job=$!
      {
        sleep "$after"
        # shellcheck disable=SC2046 # numbers
        kill -"$signal" $(descendants "$job") 2>/dev/null || true
      } &
      killer=$!
      code=0
      wait "$job" || code=$?
      [ "$code" != 0 ] || break
      wait "$killer"
      killed=$((killed + 1))
      if [ "$signal" = TERM ]; then
        terms=$((terms + 1))
        [ "$code" = 5 ] || say "run $run: exit code $code on SIGTERM"
      fi
      [ ! -e "$work/$name" ] || [ "$(bytes "$name")" = "$reference" ] || half=$((half + 1))
    done
    # shellcheck disable=SC2046
    kill $(descendants "$killer") "$killer" 2>/dev/null || true
    share=$(number "$name" resumed_share checkpoint)
    [ -f "$work/$name/summary.json" ] || lost=$((lost + 1))
    [ "$(bytes "$name")" = "$reference" ] || different=$((different + 1))
    [ "$(leftovers "$name")" = 0 ] || half=$((half + 1))
    echo "$run $tries $share" >>"$work/$name.kills"
    say "run $run: $tries tries, $share of the last was there"
    {
      echo "undisturbed $seconds"
      echo "killed $killed terms $terms"
      echo "lost $lost half $half different $different"
      echo "left $(find "$work/checkpoints" -mindepth 1 2>/dev/null | wc -l)"
    } >"$work/$name.summary"
  done
  exec 3<&-
}

kills() { killed nightly; }

chains() {
  killed networks
  export SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
  SPARK_HOME=$(spark_home)
  export SPARK_HOME
  master='local-cluster[2,1,2048]' networks networks-executors
  unset SPARK_HOME
  if [ "$(bytes networks-executors)" = "$(bytes networks-reference)" ]; then
    echo "The same job on two executors, each in a JVM of its own, gives the same bytes."
  else
    echo "THE SAME JOB ON TWO EXECUTORS GIVES OTHER BYTES."
  fi >"$work/networks.executors"
}

overhead() {
  local i TIMEFORMAT='%U %S'
  : >"$work/overhead.txt"
  for i in $(seq "$repeats"); do
    say "repeat $i: load $(load)"
    { time submit plain --config "$home/conf/digits.conf" -- --master "$master"; } 2>"$work/plain.cpu"
    { time submit kept --config "$home/conf/digits.conf" checkpoint.path="$work/checkpoints" -- --master "$master"; } 2>"$work/kept.cpu"
    [ "$(bytes plain)" = "$(bytes kept)" ] || say "THE RESULTS DIFFER"
    echo "$(number plain total seconds) $(number kept total seconds) $(number kept seconds checkpoint)" \
      "$(awk '{ print $1 + $2 }' "$work/plain.cpu") $(awk '{ print $1 + $2 }' "$work/kept.cpu")" >>"$work/overhead.txt"
  done
}

# executors PID: those of a job on a local cluster.
executors() {
  local process
  for process in $(descendants "$1"); do
    case $(tr '\0' ' ' <"/proc/$process/cmdline" 2>/dev/null) in
      *CoarseGrainedExecutorBackend*) echo "$process" ;;
    esac
  done
}

# The whole of conf/digits.conf on two executors, and again with both killed, one after the other.
cluster() {
  local job i
  export SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
  SPARK_HOME=$(spark_home)
  export SPARK_HOME
  submit local --config "$home/conf/digits.conf" -- --master 'local[2]'
  submit executors --config "$home/conf/digits.conf" -- --master 'local-cluster[2,1,2048]' --conf spark.executor.memory=2g
  submit killed --config "$home/conf/digits.conf" -- --master 'local-cluster[2,1,2048]' --conf spark.executor.memory=2g &
  job=$!
  for i in 1 2; do
    sleep 13
    kill -KILL "$(executors "$job" | head -n 1)" || say "there was no executor to kill"
  done
  wait "$job"
  unset SPARK_HOME
  {
    echo "$(number local total seconds) $(number executors total seconds) $(number killed total seconds)"
    [ "$(bytes local)" = "$(bytes executors)" ] && echo same || echo DIFFERENT
    [ "$(bytes local)" = "$(bytes killed)" ] && echo same || echo DIFFERENT
  } >"$work/cluster.txt"
}

median() { sort -n | awk '{ x[NR] = $1 } END { printf "%.2f", NR % 2 ? x[(NR + 1) / 2] : (x[NR / 2] + x[NR / 2 + 1]) / 2 }'; }

# column NUMBER: the median of one in the comparison.
column() { awk -v k="$1" '{ print $k }' "$work/overhead.txt" | median; }

write_table() {
  local name title what a b c same killed
  {
    echo "# Jobs under faults"
    echo
    echo "\`benchmarks/faults.sh\`. $(machine) Master: $master. Load when the table was written: $(load)."
    for name in nightly networks; do
      [ -f "$work/$name.summary" ] || continue
      echo
      case $name in
        nightly) title="A scheduled job, killed at random" what="\`conf/nightly.conf\`" ;;
        networks) title="A job by Markov chains, killed at random" what="\`conf/concrete-networks.conf\`, 100 rows, widths 8 and 16, 400 iterations at most" ;;
      esac
      echo "## $title"
      echo
      awk -v what="$what" '
        $1 == "undisturbed" { seconds = $2 }
        $1 == "killed" { killed = $2; terms = $4 }
        $1 == "lost" { lost = $2; half = $4; different = $6 }
        $1 == "left" { left = $2 }
        END {
          printf "%s, undisturbed %s s. Every try is killed at a random moment of its first %s s, if it is still running then, and tried again until it is done.\n\n", what, seconds, seconds
          printf "| | |\n|---|---|\n"
          printf "| drivers killed | %d, %d of them by SIGTERM |\n", killed, terms
          printf "| results lost | %d |\n| half-written, or something left beside the output | %d |\n", lost, half
          printf "| results of other bytes | %d |\n| files left in the checkpoint | %d |\n", different, left
        }' "$work/$name.summary"
      awk '{ runs++; tries += $2; if ($2 > most) most = $2; if ($2 > 1) { again++; share += $3 } }
        END { printf "\n%d runs took %d tries, at most %d; of the runs that were killed, the last try found %.0f %% of the work there on average.\n", runs, tries, most, again ? 100 * share / again : 0 }' "$work/$name.kills"
      if [ "$name" = networks ] && [ -f "$work/networks.executors" ]; then
        echo
        cat "$work/networks.executors"
      fi
    done
    if [ -f "$work/overhead.txt" ]; then
      echo
      echo "## What a checkpoint costs"
      echo
      echo "\`conf/digits.conf\` with and without \`checkpoint.path\`, in turns; seconds of whole jobs, of which processor time says more where others are at work too."
      echo
      echo "| | plain | with a checkpoint | its files, beside the work | processor, plain | processor, with a checkpoint |"
      echo "|---|---|---|---|---|---|"
      awk '{ printf "| %d | %.2f | %.2f | %.2f | %.2f | %.2f |\n", NR, $1, $2, $3, $4, $5 }' "$work/overhead.txt"
      echo "| median | $(column 1) | $(column 2) | $(column 3) | $(column 4) | $(column 5) |"
      echo
      awk '{ print 100 * ($2 / $1 - 1) }' "$work/overhead.txt" | median | awk '{ printf "Median of the differences: %.1f %%", $1 }'
      awk '{ print 100 * ($5 / $4 - 1) }' "$work/overhead.txt" | median | awk '{ printf ", of processor time %.1f %%.\n", $1 }'
    fi
    if [ -f "$work/cluster.txt" ]; then
      echo
      echo "## Executors in JVMs of their own"
      echo
      { read -r a b c; read -r same; read -r killed; } <"$work/cluster.txt"
      echo "\`conf/digits.conf\`, the whole of it, on two executors of one core each; in the last line both are killed, one after the other, and replaced."
      echo
      echo "| | job, s | bytes |"
      echo "|---|---|---|"
      printf '| local[2] | %.1f | |\n| two executors | %.1f | %s |\n| two executors, killed | %.1f | %s |\n' "$a" "$b" "$same" "$c" "$killed"
    fi
  } >"$table.new"
  mv "$table.new" "$table"
  cat "$table"
}

[ $# -gt 0 ] || set -- kills chains overhead cluster
for part in "$@"; do
  case $part in
    kills | chains | overhead | cluster) "$part" ;;
    table) ;;
    *) say "no part $part: kills, chains, overhead, cluster, table"; exit 2 ;;
  esac
done
write_table
