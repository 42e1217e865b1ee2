#!/usr/bin/env bash
# Makes the pictures of docs/gallery.md anew, in docs/gallery/: three fits and two validations into
# out/gallery/, then the plots of their reports as the page's own button saves them. Needs chromium
# and chromedriver, and mvn package to have been run. Some minutes.
set -eu
cd "$(dirname "$0")/.."

run() {
  ./submit.sh "$1" --config "conf/$2.conf" "${@:4}" "output.path=out/gallery/$3" output.overwrite=true >&2
}
run fit concrete helps
run fit diabetes helps-not hyperparameters=evidence 'widths=[32,64,128,256,512]'
run fit diabetes breaks noise-variance=0.02 'widths=[32,64,128,256,512,1024]'
run validate concrete-validate validate
run validate concrete-referee referee

pictures=
add() { pictures="$pictures${pictures:+,}out/gallery/$1/report.html:$2:docs/gallery/$1-$2.svg"; }
for case in helps helps-not breaks; do
  add $case rmse-by-width
  add $case nlpd-by-width
done
add breaks correction-size
add validate remainder-variance
add referee referee-mean
add referee referee-variance
mvn -q -o test -Dtest=GalleryPictures -Dsurefire.failIfNoSpecifiedTests=false "-Dgallery=$pictures"
