# bash completion for carnet: verbs, their options (asked of the program itself), scripts and editions
_carnet() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local program=${COMP_WORDS[0]} station=${CARNET_STATION:-.} verb= part= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      -C) station=${COMP_WORDS[++i]} ;;
      -*) ;;
      *)
        verb=${COMP_WORDS[i]}
        case $verb:$((i + 1 < COMP_CWORD)) in lexicon:1) part=${COMP_WORDS[i + 1]} ;; esac
        break
        ;;
    esac
  done
  local names=
  case $before in
    -C | --folder) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --script | -s) names=$(cd "$station/scripts" 2>/dev/null && ls ./*.yaml | sed 's|^\./||; s/\.yaml$//') ;;
    --voice | -v) names=$(cd "$station/voices" 2>/dev/null && ls ./*.yaml | sed 's|^\./||; s/\.yaml$//' | grep -v '^lexicon') ;;
    --kind) names='question problem experience resource idea feeling announcement alert' ;;
    --status) names='draft pending approved rejected withdrawn' ;;
    --priority) names='normal high urgent' ;;
    --attribution) names='none place first-name full' ;;
    import) names='pad csv' ;;
    lexicon) names='list add test check' ;;
    schedule) names='check add cancel fetch' ;;
    jingles) names='add check' ;;
    settings) names='set unset' ;;
    set | unset) [ "$verb" != settings ] || names=$("$program" -C "$station" settings 2>/dev/null | sed '1d; s/ .*//') ;;
    user) names='list add reset role lock unlock' ;;
    order) names='air end' ;;
    --case) names='any sensitive' ;;
    air | asrun | publish) names=$(ls "$station/editions" 2>/dev/null) ;;
    help) verb= ;;
  esac
  if [ -z "$names" ] && [ -z "$verb" ]; then
    names="help $("$program" help 2>/dev/null | sed -n 's/^  \([a-z]\{2,\}\)  .*/\1/p') -C -q"
  elif [ -z "$names" ] && [[ $word == -* ]]; then
    names=$("$program" "$verb" ${part:+"$part"} --help 2>/dev/null | grep -oE -- '--[a-z][a-z-]*' | sort -u)
  fi
  if [ -n "$names" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$names" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -F _carnet carnet
