#!/usr/bin/env bash
# Exact posteriors with hyperparameters given, fitted or sampled: ./benchmarks/networks/hyperparameters.sh DATA [RESULTS] [SPLITS]
#
# DATA as for benchmarks/uci.sh. A line for each set, split, way and width; 200 training rows.
# Eight chains of at most 400 iterations, 500 steps of annealing at most.
set -eu
[ $# -ge 1 ] || { echo "usage: benchmarks/networks/hyperparameters.sh DATA [RESULTS] [SPLITS]" >&2; exit 2; }
data=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
results=${2:-hyperparameters.csv}
. benchmarks/networks/run.sh

for ((split = 0; split < ${3:-2}; split++)); do
  for set in energy concrete; do
    for way in fixed evidence; do echo "$set $split 200 $way inf"; done
    for way in fixed evidence sampled sampled-scales; do echo "$set $split 200 $way 16/64 8 400 500"; done
  done
done | fits "$data" "$results"
