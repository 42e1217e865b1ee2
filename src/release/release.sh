#!/usr/bin/env bash
# Makes a release of the last commit, up to the upload: src/release/release.sh VERSION
#
# It works in a clone, target/release/source, where it sets the version, dates the changelog, commits
# and tags. Then it builds twice and compares, fills a repository of files with what Maven Central
# gets, builds the wheel, and tries both as a stranger would. docs/releasing.md says what is left.
#
#   API_BASELINE  the jar of the last release, which the API is compared with
#   SIGN          the GPG key to sign with; without one nothing is signed
#   PYTHON        the interpreter that builds the wheel and makes an environment; python3
set -euo pipefail
home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
say() { echo "release.sh: $*" >&2; }
fail() { say "$*"; exit 1; }
version=${1:-}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "VERSION is three numbers, such as 0.2.0"
python=${PYTHON:-python3}
work=$home/target/release
source=$work/source
repository=$work/repository
[ -z "$(git -C "$home" status --porcelain --untracked-files=no)" ] || fail "there are changes that no commit has"

rm -rf "$work"
mkdir -p "$work"
git clone -q "$home" "$source"
cd "$source"
grep -q '^## \[Unreleased\]' CHANGELOG.md || fail "CHANGELOG.md has nothing that is unreleased"
! grep -q "^## \[$version\]" CHANGELOG.md || fail "CHANGELOG.md has $version already"
perl -pi -e 's|^(  <version>)[^<]*|${1}'"$version"'| && $done++ unless $done' pom.xml
perl -pi -e 's|^version = ".*"|version = "'"$version"'"|' python/pyproject.toml
today=$(date -u +%Y-%m-%d)
perl -pi -e 's|^## \[Unreleased\]|## [Unreleased]\n\n## ['"$version"'] - '"$today"'|' CHANGELOG.md
perl -pi -e 's|^version: .*|version: '"$version"'|; s|^date-released: .*\n||; $_ .= "date-released: '"$today"'\n" if /^version:/' CITATION.cff
perl -pi -e 's|(<artifactId>finite-width_2.13</artifactId><version>)[^<]*|${1}'"$version"'|' docs/library.md
git commit -qam "Release $version"
git tag -a "v$version" -m "finite-width $version"
awk -v heading="## [$version]" 'index($0, heading) == 1 { on = 1; next } /^## / { on = 0 } on' CHANGELOG.md >"$work/notes.md"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

# What .ci/run has checked of this commit is not checked again.
build() {
  mvn -B -q -Prelease -Dmaven.test.skip=true -Dspotless.check.skip=true -Derror.prone=-Xlint:none "$@"
}
say "building, into $repository"
build "-DaltDeploymentRepository=release::file://$repository" deploy
(cd "$source/target" && sha256sum finite-width-"$version"*.jar bom.json) >"$work/SHA256SUMS"

say "building once more"
git clone -q "$source" "$work/again"
(cd "$work/again" && git checkout -q "v$version" && build package)
(cd "$work/again/target" && sha256sum --quiet -c "$work/SHA256SUMS") || fail "the second build has other bytes"
rm -rf "$work/again"

if [ -n "${API_BASELINE:-}" ]; then
  say "comparing the API with $API_BASELINE"
  build -Papi "-Dapi.baseline=$API_BASELINE" verify
else
  say "no API_BASELINE: the API is compared with nothing"
fi

say "the wheel"
FINITE_WIDTH_JAR=$source/target/finite-width-$version-job.jar PYTHON=$python python/build.sh
cp target/wheel/*.whl "$work"
(cd "$work" && sha256sum ./*.whl | sed 's| \./| |') >>"$work/SHA256SUMS"

say "a fresh project with the pom of docs/library.md, and an empty local repository"
project=$work/project
mkdir -p "$project/src/main/java"
awk '/example: pom/ { on = 1; next } on && /^```xml/ { copy = 1; next } copy && /^```/ { exit } copy' docs/library.md >"$project/pom.xml"
{
  echo 'import finitewidth.*; import finitewidth.posterior.*; import finitewidth.prior.*;'
  echo 'public class Example { public static void main(String[] arguments) {'
  awk '/example: library/ { on = 1; next } on && /^```java/ { copy = 1; next } copy && /^```/ { exit } copy' README.md
  echo '} }'
} >"$project/src/main/java/Example.java"
cat >"$project/settings.xml" <<EOF
<settings>
  <localRepository>$work/local</localRepository>
  <profiles><profile><id>release</id><repositories><repository>
    <id>release</id><url>file://$repository</url>
  </repository></repositories></profile></profiles>
  <activeProfiles><activeProfile>release</activeProfile></activeProfiles>
</settings>
EOF
(cd "$project" && env -u MAVEN_OPTS mvn -B -q -s settings.xml compile dependency:build-classpath -Dmdep.outputFile=classpath.txt &&
  java -cp "target/classes:$(<classpath.txt)" Example 2>/dev/null && tr : '\n' <classpath.txt | sed 's|.*/||' | sort >jars.txt)
! grep -Eq '^(spark|hadoop|scala|breeze)' "$project/jars.txt" || fail "the library has brought Spark along"
say "it ran with $(wc -l <"$project/jars.txt") jars"

say "a fresh environment with the wheel"
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check "$(echo "$work"/*.whl)[local]"
(cd "$work" && venv/bin/python - <<'EOF'
import numpy as np
import finitewidth.local as local

x = np.linspace(-2, 2, 9)[:, None]
network = local.FiniteNetwork("relu", 2, noise_variance=0.05).condition(x, np.sin(x))
print(network.predict(np.array([[0.5]]), widths=[64, 64]))
EOF
)

if [ -n "${SIGN:-}" ]; then
  find "$repository" -type f \( -name '*.jar' -o -name '*.pom' -o -name '*.json' \) -print0 |
    xargs -0 -n 1 gpg --batch --yes --local-user "$SIGN" --armor --detach-sign
else
  say "no SIGN: nothing is signed, and Maven Central takes only what is"
fi
# Central's metadata are its own.
find "$repository" -name 'maven-metadata*' -delete
(cd "$repository" && jar -c -M -f "$work/finite-width-$version-bundle.zip" .)
say "done: $work has the bundle, the wheel, notes.md and SHA256SUMS; nothing has been uploaded"
