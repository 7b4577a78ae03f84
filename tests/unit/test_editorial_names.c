/* Names in texts that are to be anonymous: which are found, and what is not one. */
#include "editorial_day.h"

#include "editorial/names.h"

static void test_names(void) {
  static const struct {
    const char *text, *author, *place;
    bool found;
  } CASES[] = {
      {"Voir avec M. Kerdoncuff.", NULL, NULL, true},
      {"Voir avec Mme Le Goffic.", NULL, NULL, true},
      {"Demander à Maryvonne Tréguer.", NULL, NULL, true},
      {"Demander à Yves Le Dantec ce soir.", NULL, NULL, true},
      {"Remarque de M Tréguer : il manque une vis", NULL, NULL, true},
      {"Le réseau de la vallée (Yannick), à suivre.", NULL, NULL, true},
      {"Gwendal a la clé.", "Gwendal Ruzec", NULL, true},
      {"Réunion rue Pierre Loti.", NULL, NULL, false},
      {"À l'école Jeanne Moreau, on cherche.", NULL, NULL, false},
      {"La navette de Port-Aurelle attend.", NULL, "Port-Aurelle", false},
      {"Le Secours du Port distribue. Claire est la nuit.", NULL, NULL, true}, /* or a person: look */
      {"Jean-Pierre nous a dit de venir.", NULL, NULL, true},
      {"On a vu Jean-Pierre au port.", NULL, NULL, true},
      {"J'ai vu Fatima hier.", NULL, NULL, true},
      {"Le docteur Kerbrat consulte.", NULL, NULL, true},
      {"Appelez le docteur Kerbrat.", NULL, NULL, true},
      {"Saïd et Marie gardent les enfants.", NULL, NULL, true},
      {"Hier, Marie a gardé les enfants.", NULL, NULL, true},
      {"Rose garde les enfants.", NULL, NULL, true},
      {"C’est le vélo d’Annick.", NULL, NULL, true},
      {"Écrire à yann.kerbrat@ex.org.", NULL, NULL, true},
      {"Écrire à fatima@ex.org", NULL, NULL, true},
      {"Écrire à contact.kervalan@ex.org", NULL, NULL, false},
      {"Le bac de Saint-Pierre attend la Saint-Jean à La Roche-Morin.", NULL, NULL, false},
      {"Rue Jean-Jaurès, place Marie-Curie et au lycée Jean-Moulin.", NULL, NULL, false},
      {"Travaux rue du Docteur Kerbrat.", NULL, NULL, false},
      {"Il y a un docteur à Kervalan, monsieur le maire.", NULL, NULL, false},
      {"Pierre de taille et marc de café à donner à Noël.", NULL, NULL, false},
      {"Le bourg de Saint-Jean est fermé, Jean aussi.", NULL, "Saint-Jean", false},
      {"10 m de corde, 20 M. d'eau", NULL, NULL, false},
      {"Aujourd'hui Marie chante.", NULL, NULL, true},
      {"Marie's boat is ours.", NULL, NULL, true},
      {"Marie’s boat is ours.", NULL, NULL, true},
      {"La fête de St. Jean approche.", NULL, NULL, false},
      {"Il rentre au port. Jean arrive.", NULL, NULL, true},
      {"Docteur Kerbrat consulte.", NULL, NULL, true},
      {"Travaux rue de la Docteure Roux.", NULL, NULL, false},
      {"Travaux sur l'avenue du Docteur Roux.", NULL, NULL, false},
      {"De la docteure Roux, rien.", NULL, NULL, true}, /* a sentence that begins with "De la" */
      {"On a vu Jean-pierre au port.", NULL, NULL, true},
      {"Un Martin-pêcheur au port.", NULL, NULL, false},
      {"Le LOU est là, JEANNE aussi.", NULL, NULL, true},
      {"Le LOU est là.", NULL, NULL, false},
      {"ROSE est en fleur.", NULL, NULL, false},
      {"On a vu Rose", NULL, NULL, true},
      {"C'est elle, Rose, qui garde.", NULL, NULL, true},
      {"La Marine arrive.", NULL, NULL, false},
      {"Fleurs à Noël, eaux de Lourdes.", NULL, NULL, false},
      {"Écrire à yann.kerbrat@localhost", NULL, NULL, false},
      {"Écrire à 24h.radio@ex.org", NULL, NULL, false},
      {"Écrire à kerbrat@ex.org", NULL, NULL, false},
      {"Écrire à kerbrat_@ex.org", NULL, NULL, false},
      {"Écrire à a.b@ex.org", NULL, NULL, false},
      {"Écrire à a.kerbrat@ex.org", NULL, NULL, true},
      {"Il y a un docteur de garde.", NULL, NULL, false},
      {"Voir https://ex.org/Marie pour la suite.", NULL, NULL, false},
      {"Voilà pour Tréguer : « oui ».", "Tréguer", NULL, true},
      {"Ça dit à ça.", "Al Ça", NULL, false}, /* two letters tell nobody apart */
      {"« Marie »", NULL, NULL, true},
      {"Demandez chez « Tanguy » Marie sait.", NULL, NULL, true},
      {"", NULL, NULL, false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *name = names_find(CASES[i].text, CASES[i].author, CASES[i].place);
    if ((name != NULL) != CASES[i].found) {
      g_test_message("%s: %s", CASES[i].text, name == NULL ? "nothing found" : name);
      g_test_fail();
    }
  }
  g_autoptr(Entry) entry = day_entry(1, KIND_IDEA, NULL, "Voir avec M. Kerdoncuff.");
  g_autoptr(GPtrArray) warned = names_in_anonymous(entry);
  g_assert_cmpuint(warned->len, ==, 1);
  g_assert_cmpstr(warned->pdata[0], ==, "M. Kerdoncuff");
  entry->attribution = ATTRIBUTION_FULL;
  g_autoptr(GPtrArray) spared = names_in_anonymous(entry);
  g_assert_cmpuint(spared->len, ==, 0);
}

/* Whole, and every one once. */
static void test_names_whole(void) {
  g_autoptr(Entry) entry = day_entry(
      1, KIND_IDEA, NULL,
      "Voir (Mme Le Goff), M. Van den Berg, le docteur de Kerlann et Dr. Maryvonne Le Gall. Olivier et Benoît Kerlann "
      "le savent, Olivier surtout : j.kerlann@ex.org ; l'ami d'Ana d'Orne");
  g_autoptr(GPtrArray) names = names_in_anonymous(entry);
  g_ptr_array_add(names, NULL);
  g_autofree char *list = g_strjoinv("|", (char **)names->pdata);
  g_assert_cmpstr(list, ==,
                  "Mme Le Goff|M. Van den Berg|docteur de Kerlann|Dr. Maryvonne Le Gall|Olivier|"
                  "Benoît Kerlann|j.kerlann@ex.org|Ana d'Orne");
}

/* A name ends after five words, and a list after twelve names; the title is looked at, a missing text is not. */
static void test_bounds(void) {
  g_autofree char *cut = names_find("Avec Mme Anne Marie Rose Jeanne Paule Kerbrat.", NULL, NULL);
  g_assert_cmpstr(cut, ==, "Mme Anne Marie Rose Jeanne");
  g_autoptr(Entry) entry = day_entry(1, KIND_IDEA, NULL, NULL);
  entry->title = g_strdup("Merci à Marie");
  g_autoptr(GPtrArray) one = names_in_anonymous(entry);
  g_assert_cmpuint(one->len, ==, 1);
  entry->text = g_strdup("Adèle, Agnès, Ahmed, Aïcha, Alain, Alice, Amina, André, Annie, Armel, Awa, Axel et Aziz.");
  g_autoptr(GPtrArray) many = names_in_anonymous(entry);
  g_assert_cmpuint(many->len, ==, NAMES_MOST);
  g_assert_cmpstr(many->pdata[0], ==, "Marie");
}

static void test_author(void) {
  static const struct {
    const char *text, *author;
    bool held;
  } CASES[] = {{"le bateau – de KERVADEC", "Anne-Lise Kervadec", true},
               {"d'Anne-Lise", "Anne-Lise Kervadec", true},
               {"la lise du sable", "Anne-Lise Kervadec", true},
               {"le bateau", "Anne-Lise Kervadec", false},
               {"le bateau", NULL, false},
               {"", "Anne-Lise", false}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
    g_assert_cmpint(names_hold_author(CASES[i].text, CASES[i].author), ==, CASES[i].held);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/names/found", test_names);
  g_test_add_func("/names/whole", test_names_whole);
  g_test_add_func("/names/bounds", test_bounds);
  g_test_add_func("/names/author", test_author);
  return g_test_run();
}
