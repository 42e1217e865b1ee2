#!/usr/bin/env bash
# Builds the wheel, installs it into an environment of its own in target/venv, and tests it there.
#
# Arguments go to pytest. PYTHON is the interpreter of the environment; python3.
set -euo pipefail
home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
venv=$home/target/venv
"${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  { echo "python/test.sh: Python 3.10 or newer is needed" >&2; exit 1; }

[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
pip=("$venv/bin/python" -m pip install --quiet --disable-pip-version-check)
# Groups of dependencies need a newer pip than old interpreters bring.
"${pip[@]}" 'pip>=25.1'
cd "$home/python"
"${pip[@]}" --group test --group check
PYTHON=$venv/bin/python ./build.sh
"${pip[@]}" --no-deps --force-reinstall "$home"/target/wheel/finite_width-*.whl
"$venv/bin/ruff" check .
"$venv/bin/ruff" format --check .
"$venv/bin/mypy"
SPARK_LOCAL_IP=127.0.0.1 "$venv/bin/pytest" -p no:cacheprovider "$@"
