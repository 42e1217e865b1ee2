#!/usr/bin/env bash
# Test scores of the exact posterior against the width, and the pictures of them in docs/gallery: ./benchmarks/networks/widths.sh [DATA]
#
# DATA as for benchmarks/uci.sh; digits are in examples/. 200 training rows, one hidden ReLU layer, priors as they
# were given. Fits go to benchmarks/networks/widths.csv, those that are there are not made again; without DATA none are.
# Pictures need chromium and chromedriver.
set -eu
data=${1:+$(cd "$1" && pwd)}
cd "$(dirname "$0")/../.."
results=benchmarks/networks/widths.csv
. benchmarks/networks/run.sh

tasks() {
  local all=4/8/16/32/64/128/256/512/1024
  for set in concrete energy digits; do
    echo "$set 0 200 fixed inf"
    echo "$set 0 200 first-order $all"
    [ "$set" = digits ] || echo "$set 0 200 renormalised $all"
  done
  for set in concrete energy; do echo "$set 0 200 fixed 4/8/16/32/64/128 8 400 200"; done
  echo "digits 0 200 fixed 8/16/32/64/128 8 300 200"
  for set in concrete energy; do echo "$set 0 200 fixed 256/512/1024 4 100 50"; done
}
[ -z "$data" ] || tasks | fits "$data" "$results"

page=target/widths.html
benchmark WidthPictures "$results" "$page"
pictures=
for set in concrete energy digits; do
  for score in rmse density; do
    pictures+="${pictures:+,}$page:widths-$set-$score:docs/gallery/widths-$set-$score.svg"
  done
done
mvn -q -o test -Dtest=GalleryPictures -Dsurefire.failIfNoSpecifiedTests=false "-Dgallery=$pictures"
