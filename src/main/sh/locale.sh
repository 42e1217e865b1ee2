# Letters beyond ASCII in names of files.

# Java reads names of files by LC_CTYPE, and in the C locale, that of cron and of containers, not those
# beyond ASCII. Of the caller's locale only that changes: not numbers, not messages. Leaves in $letters
# whether Java then reads all of them.
utf8() {
  local charmap name category found=
  letters=some
  charmap=
  if command -v locale >/dev/null; then
    charmap=$(locale charmap 2>&1)
  else
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *.[Uu][Tt][Ff]*8) charmap=UTF-8 ;; esac
  fi
  case $charmap in
    # With a complaint that some variable names a locale which is not there, as good as C.
    *' '*)
      {
        unset LC_ALL LC_COLLATE LC_MESSAGES LC_MONETARY LC_NUMERIC LC_TIME
        export LANG=C
      } 2>/dev/null
      ;;
    ANSI_X3.4-* | US-ASCII | ASCII | 646 | '') ;;
    UTF-8 | utf8)
      letters=all
      return
      ;;
    *) return ;;
  esac
  for name in C.UTF-8 en_US.UTF-8 $(locale -a 2>/dev/null | grep -i 'utf-\{0,1\}8$'); do
    case $(env LC_ALL="$name" locale charmap 2>&1) in
      UTF-8 | utf8) found=$name && break ;;
    esac
  done
  # Where there is no locale command there is no other locale either.
  command -v locale >/dev/null || found=C.UTF-8
  [ -n "$found" ] || return
  # It would outrank LC_CTYPE: what it said of all else, these say.
  if [ -n "${LC_ALL:-}" ]; then
    for category in LC_COLLATE LC_MESSAGES LC_MONETARY LC_NUMERIC LC_TIME; do
      export "$category=$LC_ALL"
    done
  fi
  unset LC_ALL
  export LC_CTYPE=$found
  letters=all
}
