#!/usr/bin/env bash
# Test RMSE and log likelihood on UCI sets: ./benchmarks/uci.sh DATA [RESULTS] [SPLITS]
#
# DATA has a directory for each set (bostonHousing, concrete, energy, power-plant) with data.txt, index_features.txt,
# index_target.txt, index_train_K.txt and index_test_K.txt, K from 0: the splits published with
# probabilistic backpropagation and Monte-Carlo dropout. A set that is not there is left out.
# One line of RESULTS (benchmarks/uci.csv) for each set and split (20); what stands there already is not computed again,
# so it can be stopped and started. The curves over widths go to RESULTS.log. One core, four
# gigabytes, less than a minute a split.
set -eu
[ $# -ge 1 ] || { echo "usage: benchmarks/uci.sh DATA [RESULTS] [SPLITS]" >&2; exit 2; }
data=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
results=${2:-benchmarks/uci.csv}
splits=${3:-20}

# Two hidden ReLU layers, a scale for every feature, one start, noise of at least 1e-4 of the
# kernel's mean diagonal, 32 batches of 1024 draws for every layer.
options=(relu 2 true 1 1e-4 32)

mvn -q -B -Pbenchmarks test-compile -Dspotless.check.skip=true
native=$(dirname "$(ls target/native/org/bytedeco/openblas/*/libopenblas.so.0)")
export LD_LIBRARY_PATH=$native OPENBLAS_NUM_THREADS=1
header=set,split,rows,activation,hidden_layers,bias_variance,output_weight_variance,noise_variance,at_noise_floor
header+=,log_evidence,evaluations,starts_agreeing,nngp_rmse,nngp_ll,width,reason,delta_log_evidence,delta_error
header+=,rmse,ll,outside,standard_error,width_by_ll,rmse_by_ll,ll_by_ll,fit_seconds,correction_seconds
[ -s "$results" ] || echo "$header" >"$results"
for ((split = 0; split < splits; split++)); do
  for set in bostonHousing concrete energy power-plant; do
    if [ ! -f "$data/$set/data.txt" ]; then
      [ "$split" -gt 0 ] || echo "$data/$set/data.txt is not there: $set is left out" >&2
      continue
    fi
    ! grep -q "^$set,$split," "$results" || continue
    echo "$set $split" >>"$results.log"
    java --add-modules jdk.incubator.vector -Xmx4g \
      -Ddev.ludovic.netlib.blas.nativeLib=libopenblas.so.0 \
      -Ddev.ludovic.netlib.lapack.nativeLib=libopenblas.so.0 \
      -cp "target/classes:target/test-classes:$(cat target/classpath.txt)" \
      finitewidth.benchmark.UciBenchmark "$data/$set" "$split" "${options[@]}" 2>>"$results.log" >>"$results"
  done
done

# Means and standard errors over the splits that are there.
awk -f benchmarks/uci-table.awk "$results"
