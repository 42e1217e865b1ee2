#!/usr/bin/env bash
# Moments per second of one core, contraction included, now and at an earlier commit, in turns.
#
#   BASE=COMMIT benchmarks/moments.sh [DATA...]
#
# The benchmark is copied into BASE, so that has to have the same packages: no commit from before
# src/jmh/java/finitewidth/benchmark was there can be compared.
#
# DATA is concrete, digits or the path of a csv file whose last column is the target; the first two
# if left out. Figures go to $TABLE (benchmarks/moments.md).
#
#   ACTIVATIONS="relu erf"  of the network
#   JMH="-f 2 -wi 3 -i 4 -w 2 -r 2"
#
# Then what ReLU moments at that tolerance deviate from references of 200 nodes.
set -eu

home=$(cd "$(dirname "$0")/.." && pwd)
cd "$home"
base=${BASE:?the earlier commit to compare with}
table=${TABLE:-benchmarks/moments.md}
activations=${ACTIVATIONS:-relu erf}
options=${JMH:--f 2 -wi 3 -i 4 -w 2 -r 2}
work=$home/target/moments
[ $# -gt 0 ] || set -- concrete digits

say() { printf 'moments: %s\n' "$*" >&2; }

build() {
  mvn -q -B -Pbenchmarks -DskipTests test-compile dependency:build-classpath \
    -DincludeScope=test -Dmdep.outputFile="$work/$1.classpath" >"$work/$1.build" 2>&1 ||
    { tail -n 20 "$work/$1.build" >&2; exit 1; }
}

mkdir -p "$work"
say "building this commit"
build new
old=$work/base
[ -d "$old" ] || git worktree add -q --detach "$old" "$base"
git -C "$old" checkout -q --force "$base"
say "building $base with this commit's benchmark"
cp pom.xml "$old/"
cp conf/java-17.options "$old/conf/"
for name in inference/exact/MomentBenchmark oracle/RealRows; do
  mkdir -p "$old/src/jmh/java/finitewidth/${name%/*}"
  cp "src/jmh/java/finitewidth/$name.java" "$old/src/jmh/java/finitewidth/$name.java"
done
(cd "$old" && build old)

# measure NAME DIRECTORY DATA ACTIVATION: million moments per second and their error.
measure() {
  (
    cd "$2"
    # JMH's forks inherit the flags of the process that starts them.
    # shellcheck disable=SC2086
    java @conf/java-17.options -Xmx2g \
      -cp "target/test-classes:target/classes:$(cat "$work/$1.classpath")" org.openjdk.jmh.Main \
      'exact.MomentBenchmark' -p "data=$3" -p "activation=$4" $options -foe true \
      -rf csv -rff "$work/result.csv" >"$work/$1.jmh" 2>&1
  ) || { tail -n 20 "$work/$1.jmh" >&2; exit 1; }
  awk -F, '/:moments/ { printf "%.2f ± %.2f", $5 * 1e-6, $6 * 1e-6 }' "$work/result.csv"
}

{
  echo "# Four-point moments, contracted"
  echo
  echo "\`benchmarks/moments.sh\`. Million moments per second of one core, ± the 99.9 % interval of JMH. Leaves of the training contraction:"
  echo "200 standardised rows, two hidden layers, all quantities of one output, tolerance 1e-9."
  echo
  echo "Machine: $(grep -c ^processor /proc/cpuinfo) cores, $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)" \
    "($(grep -m1 -o -w -e avx512f /proc/cpuinfo || grep -m1 -o -w -e avx2 /proc/cpuinfo || echo no AVX));" \
    "$(java -version 2>&1 | sed -n 's/^.*Runtime Environment *//p')." \
    "Date: $(date +%Y-%m-%d). Commits: $(git rev-parse --short HEAD), and $base as the old path. Load at the start: $(cut -d' ' -f1 /proc/loadavg)."
  echo
  echo "| activation | data | old | new |"
  echo "|---|---|---|---|"
} >"$work/table"
for activation in $activations; do
  for data in "$@"; do
    case $data in
      */*) label=$(basename "$data" | sed 's/\..*//') data=$(realpath "$data") ;;
      *) label=$data ;;
    esac
    say "$activation, $label"
    before=$(measure old "$old" "$data" "$activation")
    now=$(measure new "$home" "$data" "$activation")
    echo "| $activation | $label | $before | $now |" | tee -a "$work/table"
  done
done
git worktree remove --force "$old"
say "accuracy"
{
  echo
  echo "## Accuracy"
  echo
  echo "The largest deviation at tolerance 1e-9 over 100,000 random quadruples, relative to a moment's natural scale, (3/2)(K_aa K_bb K_cc K_dd)^½."
  echo "References: the same integral with 200 nodes; and, where no three of the points are nearly dependent, the older formula of docs/theory.md with 200 nodes."
  echo "\"With copies\": 200 rows and the same again with noise of 1e-6; in every second quadruple a row meets its copy."
  echo
  java @conf/java-17.options -Xmx2g -cp "target/test-classes:target/classes:$(cat "$work/new.classpath")" \
    finitewidth.gaussian.relu.MomentAccuracy "$@" 2>"$work/accuracy.err"
} >>"$work/table"
cp "$work/table" "$table"
