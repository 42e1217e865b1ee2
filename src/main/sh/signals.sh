# What a job started by submit.sh says and how it is stopped.

say() { printf 'finite-width: %s\n' "$*" >&2; }

# fail CODE SENTENCE: the end, with an exit code of --help.
fail() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

running=
starting=no
stopping=no
stop() {
  stopping=yes
  if [ -n "$running" ]; then
    "$how" "$running"
  elif [ "$starting" = no ]; then
    fail 5 "stopped before it was done"
  fi
}
trap stop INT TERM HUP

terminate() { kill -TERM "$1" 2>/dev/null; }

# Maven may be a script around a script.
terminate_group() { kill -TERM -- "-$1" 2>/dev/null || terminate "$1"; }

# ended PID: leaves in $code how a child ended, unless a wait for it has said so already.
ended() {
  local last
  wait "$1"
  last=$?
  [ "$last" = 127 ] || code=$last
}

# attend HOW COMMAND...: runs a command, which a signal ends by HOW as soon as it comes; its exit code.
attend() {
  local code
  how=$1
  shift
  starting=yes
  [ "$how" = terminate_group ] && set -m
  "$@" &
  running=$!
  set +m
  starting=no
  [ "$stopping" = no ] || "$how" "$running"
  {
    wait "$running"
    code=$?
    # A signal ends a wait, not yet the command.
    while [ "$code" -gt 128 ] && kill -0 "$running"; do
      wait "$running"
      code=$?
    done
    [ "$code" -le 128 ] || ended "$running"
  } 2>/dev/null
  running=
  return "$code"
}
