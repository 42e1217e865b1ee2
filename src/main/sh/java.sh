# The Java that a job runs on.

wanted="set JAVA_HOME to a JDK 17 or 21"

# Leaves the command in $java, and the directory above bin/java in $jdk.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    case $JAVA_HOME in /*) ;; *) export JAVA_HOME=$PWD/$JAVA_HOME ;; esac
    java=$JAVA_HOME/bin/java
    if [ ! -e "$JAVA_HOME" ]; then
      fail 5 "JAVA_HOME = $JAVA_HOME: there is no such directory; $wanted"
    elif [ ! -d "$JAVA_HOME" ]; then
      fail 5 "JAVA_HOME = $JAVA_HOME is no directory; $wanted, the directory above bin/java"
    elif [ ! -f "$java" ]; then
      fail 5 "JAVA_HOME = $JAVA_HOME: bin/java is not there; $wanted"
    elif [ ! -x "$java" ]; then
      fail 5 "JAVA_HOME = $JAVA_HOME: bin/java may not be executed; $wanted"
    fi
    jdk=$JAVA_HOME
  else
    java=$(command -v java) || fail 5 "there is no java on the PATH; $wanted"
    jdk=$(file "$java")
    jdk=${jdk%/bin/*}
  fi
}

# Leaves $version, $major and, where they are known, $modules: from the file beside the JDK's bin,
# which takes no time, or else from java itself.
ask_java() {
  local key text said
  version=
  modules=
  if [ -r "$jdk/release" ]; then
    while IFS='=' read -r key text; do
      case $key in
        JAVA_VERSION) version=${text//\"/} ;;
        MODULES) modules=" ${text//\"/} " ;;
      esac
    done <"$jdk/release"
  fi
  if [ -z "$version" ]; then
    said=$("$java" -version 2>&1) || fail 5 "$java -version fails${said:+: ${said%%$'\n'*}}; $wanted"
    case $said in
      *version\ \"*\"*)
        version=${said#*version \"}
        version=${version%%\"*}
        ;;
      *) fail 5 "$java -version does not say which Java it is; $wanted" ;;
    esac
  fi
  version=${version%$'\r'}
  major=${version#1.}
  major=${major%%[!0-9]*}
}

# What Spark and the job load of Java, apart from java.base.
needed="java.logging java.management java.naming java.security.jgss java.sql java.xml
  jdk.incubator.vector jdk.management jdk.security.auth jdk.unsupported"

check_java() {
  local module missing=
  if [ "${major:-0}" -lt 17 ] || [ "$major" -gt 22 ]; then
    fail 5 "$java is Java $version, and Spark 4.1 runs on Java 17 to 22 only: $wanted"
  fi
  if [ -n "$modules" ]; then
    for module in $needed; do
      case $modules in *" $module "*) ;; *) missing="${missing:+$missing, }$module" ;; esac
    done
    [ -z "$missing" ] || fail 5 "$java is a Java without the modules it takes ($missing): $wanted"
  fi
}
