# A pad of 10,000 lines, invented: places, words, a heading each hundred lines.
BEGIN {
  n = split("le marché reprend samedi devant la mairie et la navette passe pour les anciens du quartier avec " \
            "du pain frais au jardin partagé on cherche des bénévoles pour réparer les vélos de la salle commune", w, " ")
  m = split("Kervalan|Port-Aurelle|La Roche-Morin|Saint-Maudez-sur-Aurelle", p, "|")
  srand(7)
  for (i = 1; i <= 10000; i++) {
    if (i % 100 == 1) {
      printf "# Réunion du %d/03/2020\n", 1 + i / 400
      continue
    }
    line = "- " p[1 + int(rand() * m)] " :"
    for (k = 0; k < 14; k++) line = line " " w[1 + int(rand() * n)]
    print line " " i
  }
}
