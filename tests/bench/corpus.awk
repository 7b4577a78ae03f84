# N approved entries as CSV, of all kinds, each some twenty seconds of invented French: awk -v n=27 -f corpus.awk
function pick(list, length_of_list) { return list[1 + int(rand() * length_of_list)] }
BEGIN {
  words = "la navette du marché reprend samedi devant la mairie et les voisins cherchent des bénévoles pour réparer " \
    "les vélos du quartier avec un atelier chaque semaine tandis que le jardin partagé donne ses légumes aux familles " \
    "qui manquent de pain frais depuis la fermeture du fournil de la côte où passaient autrefois beaucoup de pêcheurs " \
    "le docteur visite les anciens chaque mardi une équipe livre des paniers par la route haute malgré la pluie et le vent"
  w = split(words, word, " ")
  k = split("announcement question problem experience resource idea feeling alert", kind, " ")
  p = split("Kervalan|Port-Aurelle|La Roche-Morin|Saint-Maudez-sur-Aurelle|Villeneuve-d'Aurelle", place, "|")
  srand(11)
  print "key,date,kind,title,text,language,place,attribution,status"
  for (i = 1; i <= n; i++) {
    text = ""
    for (s = 1; s <= 4; s++) {
      sentence = ""
      for (j = 1; j <= 11; j++) sentence = sentence (j > 1 ? " " : "") pick(word, w)
      text = text (s > 1 ? " " : "") toupper(substr(sentence, 1, 1)) substr(sentence, 2) (s == 4 ? " numéro " i : "") "."
    }
    printf "e%d,0,%s,,\"%s\",fr,%s,place,approved\n", i, kind[1 + i % k], text, pick(place, p)
  }
}
