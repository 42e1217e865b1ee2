#!/usr/bin/env bash
# The scoring service of docs/library.md under load: median and 99th percentile of its answers.
#
#   benchmarks/serving.sh
#
# Fits models of diabetes with 20 and 60 training rows through submit.sh, starts the service on this
# machine's own address without Spark, and asks it one row at a time with wrk (Debian: wrk), whose
# connections wait for one another's answers. Results stay under $WORK (target/serving); models that
# are there are not fitted again. The table goes to $TABLE (benchmarks/serving.md).
#
#   ROWS="20 60"       training rows of the models
#   CONNECTIONS="1 4"
#   SECONDS_EACH=10
set -eu

home=$(cd "$(dirname "$0")/.." && pwd)
work=${WORK:-$home/target/serving}
table=${TABLE:-$home/benchmarks/serving.md}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v wrk >/dev/null || { echo "serving: wrk is not on the PATH" >&2; exit 1; }
mkdir -p "$work"
# shellcheck source=benchmarks/functions.sh
. "$home/benchmarks/functions.sh"

awk '/example: service/ { on = 1; next } on && /^```java/ { copy = 1; next } copy && /^```/ { exit } copy' \
  "$home/docs/library.md" >"$work/ScoringService.java"
jars=$(tr ':' '\n' <"$home/target/classpath.txt" |
  grep -E '/(blas|lapack|arpack_combined_all|jackson-(core|databind|annotations)|parquet-(column|common|encoding|format-structures)|slf4j-api|snappy-java|hipparchus-core|commons-(rng|numbers)-[a-z-]+)-[0-9][^/]*\.jar$' | tr '\n' ':')
library=$(find "$home/target" -maxdepth 1 -name 'finite-width-*.jar' ! -name '*-job.jar' ! -name '*-sources.jar' \
  ! -name '*-javadoc.jar' | head -n 1)
"${java}c" -d "$work" -cp "$library:$jars" "$work/ScoringService.java"
native=$(dirname "$(find "$home/target/native" -name libopenblas.so.0 | head -n 1)")
cat >"$work/row.lua" <<'EOF'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  local row = {}
  for j = 1, 10 do row[j] = string.format("%.4f", (math.random() - 0.5) / 5) end
  return wrk.format(nil, nil, nil, "[[" .. table.concat(row, ",") .. "]]")
end
EOF

{
  echo "# The scoring service under load"
  echo
  echo "\`benchmarks/serving.sh\`. $(machine) Load before: $(load)."
  echo
  echo "diabetes, relu, two hidden layers, fitted exactly; one row a question, corrected, ${SECONDS_EACH:-10} s each after as"
  echo "long to warm up; the service, wrk and whatever else is running share the cores."
  echo
  echo "| training rows | connections | p50 | p99 | answers/s | others than 200 |"
  echo "|---|---|---|---|---|---|"
} >"$work/table"
for rows in ${ROWS:-20 60}; do
  [ -d "$work/$rows/model" ] ||
    "$home/submit.sh" fit --config "$home/conf/diabetes.conf" data.train-rows="$rows" data.test-rows=5 \
      output.path="$work/$rows" >&2
  # Without nodelay head and body of an answer wait for each other's acknowledgement, 40 ms.
  LD_LIBRARY_PATH=$native OPENBLAS_NUM_THREADS=1 "$java" --add-modules jdk.incubator.vector -Xmx256m \
    -Dsun.net.httpserver.nodelay=true \
    -Ddev.ludovic.netlib.blas.nativeLib=libopenblas.so.0 -Ddev.ludovic.netlib.lapack.nativeLib=libopenblas.so.0 \
    -cp "$work:$library:$jars" ScoringService "$work/$rows/model" 0 >"$work/url" 2>"$work/service.err" &
  service=$!
  trap 'kill $service 2>/dev/null || true' EXIT
  until grep -q http "$work/url"; do
    kill -0 $service || { cat "$work/service.err" >&2; exit 1; }
    sleep 0.2
  done
  url=$(sed 's/localhost/127.0.0.1/' "$work/url")
  wrk -t 1 -c 2 -d "${SECONDS_EACH:-10}s" -s "$work/row.lua" "$url" >/dev/null
  for connections in ${CONNECTIONS:-1 4}; do
    wrk -t 1 -c "$connections" -d "${SECONDS_EACH:-10}s" --latency -s "$work/row.lua" "$url" >"$work/$rows-$connections"
    awk -v rows="$rows" -v connections="$connections" '
      $1 == "50%" { p50 = $2 } $1 == "99%" { p99 = $2 } /^Requests\/sec/ { rate = $2 } /Non-2xx/ { wrong = $NF }
      END { printf "| %s | %s | %s | %s | %.0f | %d |\n", rows, connections, p50, p99, rate, wrong }' \
      "$work/$rows-$connections" >>"$work/table"
  done
  kill $service
  wait $service 2>/dev/null || true
done
cp "$work/table" "$table"
say "$table"
