# The spark-submit options behind --.

# Spark would take what it does not know for the application, or end with a trace.
check_options() {
  local argument name expecting=
  for argument in ${options[@]+"${options[@]}"}; do
    if [ -n "$expecting" ]; then
      case $expecting,$argument in
        --conf,?*=* | -c,?*=*) ;;
        --conf,* | -c,*) fail 2 "$expecting $argument: a setting of Spark is KEY=VALUE" ;;
      esac
      expecting=
      continue
    fi
    case $argument in --*=?*) name=${argument%%=*} ;; *) name=$argument ;; esac
    case $name in
      --archives | --class | --conf | -c | --deploy-mode | --driver-class-path | --driver-cores | \
        --driver-default-class-path | --driver-java-options | --driver-library-path | \
        --driver-memory | --exclude-packages | --executor-cores | --executor-memory | --files | \
        --jars | --keytab | --kill | --master | --name | --num-executors | --packages | \
        --principal | --properties-file | --proxy-user | --py-files | --queue | --remote | \
        --repositories | --status | --total-executor-cores)
        [ "$name" = "$argument" ] && expecting=$name
        ;;
      --help | -h | --load-spark-defaults | --supervise | --usage-error | --verbose | -v | --version) ;;
      --) fail 2 "-- stands twice: all that comes after the first is for spark-submit" ;;
      -*) fail 2 "$argument: spark-submit has no such option; -- --help lists those that may stand behind --" ;;
      *) fail 2 "'$argument' stands behind --, where options of spark-submit begin with --: keys come before" ;;
    esac
  done
  [ -z "$expecting" ] || fail 2 "$expecting: its value is missing"
}

# given OPTION [KEY]: whether OPTION, or --conf KEY=..., is among the spark-submit options.
given() {
  local argument
  for argument in ${options[@]+"${options[@]}"}; do
    case $argument in
      "$1" | "$1"=*) return 0 ;;
      "${2:-no key}"=* | --conf="${2:-no key}"=*) return 0 ;;
    esac
  done
  return 1
}

# property FILE KEY: leaves the last value of a key in a file of Spark's properties in $property.
property() {
  local line
  property=
  [ -f "$1" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line#"${line%%[! $'\t']*}"}
    case $line in
      "$2"[$' \t=:']*)
        line=${line#"$2"}
        line=${line#"${line%%[! $'\t']*}"}
        line=${line#[=:]}
        line=${line#"${line%%[! $'\t']*}"}
        property=${line%"${line##*[! $'\t\r']}"}
        ;;
    esac
  done <"$1"
}

# value OPTION KEY DEFAULT: the value of the last of these among the spark-submit options, or of the
# key in the properties that go with them.
value() {
  local previous= argument found
  property "$properties" "$2"
  found=${property:-$3}
  for argument in ${options[@]+"${options[@]}"}; do
    case $argument in
      "$1"=*) found=${argument#"$1"=} ;;
      "$2"=*) found=${argument#"$2"=} ;;
      --conf="$2"=*) found=${argument#--conf="$2"=} ;;
      *) [ "$previous" = "$1" ] && found=$argument ;;
    esac
    previous=$argument
  done
  printf '%s' "$found"
}

# as_uri FILE: a path as a URI, for Spark takes some characters of paths for its own syntax.
as_uri() {
  local LC_ALL=C text=$1 i byte
  printf 'file:'
  for ((i = 0; i < ${#text}; i++)); do
    byte=${text:i:1}
    case $byte in
      [A-Za-z0-9/._~-]) printf '%s' "$byte" ;;
      *) printf '%%%02X' "$(($(printf '%d' "'$byte") & 255))" ;;
    esac
  done
}

# as_spark_names FILE: the same, where there are such characters.
as_spark_names() {
  case $1 in
    *[!A-Za-z0-9/._~-]*) as_uri "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}
