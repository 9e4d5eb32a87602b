#!/usr/bin/env bash
# Checks the descriptions that CHECK_FILES names, a pattern or a folder a line: what action.yml runs, and what
# any other pipeline may. The exit code is that of `montages check`: 0, 1 on faults, 2 on what cannot be read.
#
# CHECK_FAIL_ON, CHECK_LANG: as the options. CHECK_FORM: what is written to the log, text by default.
# CHECK_SARIF, CHECK_JUNIT: files to write these reports to.
set -uo pipefail
shopt -s globstar nullglob

files=()
IFS= # a pattern may hold spaces
while read -r pattern; do
  pattern=${pattern%/}
  if [[ -d $pattern ]]; then
    files+=("$pattern"/**/*.{ttl,jsonld,json,yaml,yml,rdf,nt})
  else
    files+=($pattern) # a plain name stands for itself, there or not
  fi
done <<<"${CHECK_FILES:-projets}"

if ((${#files[@]} == 0)); then
  message="montages check: no file matches ${CHECK_FILES:-projets} in $PWD. Name files, patterns or folders, one a line."
  message=${message//%/%25}
  [[ ${CHECK_FORM:-text} == github ]] && echo "::error::${message//$'\n'/%0A}" || echo "$message" >&2
  exit 2
fi

check() {
  montages check --fail-on "${CHECK_FAIL_ON:-violation}" --lang "${CHECK_LANG:-fr}" --format "$1" -- "${files[@]}"
}

# What cannot be read is told once, by the log.
[[ -n ${CHECK_SARIF:-} ]] && check sarif >"$CHECK_SARIF" 2>/dev/null
[[ -n ${CHECK_JUNIT:-} ]] && check junit >"$CHECK_JUNIT" 2>/dev/null
check "${CHECK_FORM:-text}"
