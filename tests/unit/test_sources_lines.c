/* The lines of a pad: what is a marker, what is a word. A row is what was written and what is read out of it: for each
 * line its marker (b, n, h, or nothing), x a box, > an arrow, t a table's row, s below a signature, a colon, the words. */
#include "sources/lines.h"

#include <string.h>

static char *read_out(const char *text) {
  g_autoptr(GPtrArray) lines = lines_read(text);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < lines->len; i++) {
    const PadLine *line = lines->pdata[i];
    static const char *const markers[] = {"", "b", "n", "h"};
    g_string_append_printf(out, "%s%s%s%s%s%s:%s", i > 0 ? "|" : "", markers[line->marker], line->checkbox ? "x" : "",
                           line->arrow ? ">" : "", line->table ? "t" : "", line->signature ? "s" : "", line->text);
  }
  return g_string_free(out, FALSE);
}

typedef struct {
  const char *written, *lines;
} Row;

static void check(const Row *rows, guint count) {
  for (guint i = 0; i < count; i++) {
    g_autofree char *found = read_out(rows[i].written);
    g_test_message("%s", rows[i].written);
    g_assert_cmpstr(found, ==, rows[i].lines);
  }
}

static void test_bullets(void) {
  static const Row rows[] = {
      {"- le bac", "b:le bac"},
      {"-le bac", "b:le bac"},
      {"-«le bac»", "b:«le bac»"},
      {"-\"le bac\"", "b:\"le bac\""},
      {"-[le bac]", "b:[le bac]"},
      {"-5 degrés", ":-5 degrés"},
      {"• le bac", "b:le bac"},
      {"•le bac", "b:le bac"},
      {"** le bac", "b:le bac"},
      {"- - le bac", "b:le bac"},
      {"o\tle bac", "b:le bac"},
      {"  o le bac", "b:le bac"},
      {"o le bac", ":o le bac"},
      {"  ô bac", ":ô bac"},
      {"\xE2\x80\x8B- le bac", "b:le bac"},
      {"+ le bac", "b:le bac"},
      {"+1", ":+1"},
      {"+ 12", ":+ 12"},
      {"+ 2 !", ":+ 2 !"},
      {"+ 2 bras", "b:2 bras"},
      {"+++", ""},
      {"++ oui", ":++ oui"},
      {"+33 6 00 00 00 00", ":+33 6 00 00 00 00"},
      {"+ 100 bras", "b:100 bras"},
      {"✓ fait", "b:fait"},
  };
  check(rows, G_N_ELEMENTS(rows));
}

static void test_numbers(void) {
  static const Row rows[] = {
      {"1. le bac", "n:le bac"},
      {"12) le bac", "n:le bac"},
      {"1.2. le bac", "n:le bac"},
      {"1.2 le bac", ":1.2 le bac"},
      {"(a) le bac", "n:le bac"},
      {"(ab) le bac", ":(ab) le bac"},
      {"(a)bc", ":(a)bc"},
      {"(- le bac", ":(- le bac"},
      {"a) le bac", "n:le bac"},
      {"a)bc", ":a)bc"},
      {"II. le bac", "n:le bac"},
      {"I) le bac", "n:le bac"},
      {"V. Le Goff", ":V. Le Goff"},
      {"VIIII. le bac", ":VIIII. le bac"},
      {"II le bac", ":II le bac"},
      {"II.le bac", ":II.le bac"},
      {"II - MARCHÉ", "n:MARCHÉ"},
      {"1 – Prêts", "n:Prêts"},
      {"2 — Prêts", "n:Prêts"},
      {"1 - prêts", ":1 - prêts"},
      {"100 - Prêts", ":100 - Prêts"},
      {"1/ le bac", "n:le bac"},
      {"1/2 heure", ":1/2 heure"},
      {"2020. le bac", ":2020. le bac"},
      {"1. 2. le bac", "n:2. le bac"},
      {"a. le bac\nb. le quai\nd. le pont", "n:le bac|n:le quai|:d. le pont"},
      {"p. 12 du carnet", ":p. 12 du carnet"},
      {"- a. le bac", "b:a. le bac"},
  };
  check(rows, G_N_ELEMENTS(rows));
}

static void test_arrows(void) {
  static const Row rows[] = {
      {"- bac ?\n→ mardi", "b:bac ?|b>:mardi"},
      {"- bac ?\n->mardi", "b:bac ?|b>:mardi"},
      {"- bac ?\n> mardi", "b:bac ?|b>:mardi"},
      {"- bac ?\n>mardi", "b:bac ?|b>:mardi"},
      {"- bac ?\n>> mardi", "b:bac ?|b>:mardi"},
      {"- bac ?\n>\"mardi\"", "b:bac ?|b>:\"mardi\""},
      {"- bac ?\n>«mardi»", "b:bac ?|b>:«mardi»"},
      {">3 cm de pluie", ":>3 cm de pluie"},
      {"→ mardi", "b>:mardi"},
      {"- → mardi", "b:mardi"},
      {"- bac ?\n=> mardi\n=> six heures", "b:bac ?|b>:mardi|b>:six heures"},
      {"- bac ?\n\n> mardi\n\n> six heures", "b:bac ?|b>:mardi|b>:six heures"},
  };
  check(rows, G_N_ELEMENTS(rows));
}

static void test_headings(void) {
  static const Row rows[] = {
      {"# Bac", "h:Bac"},
      {"##Bac", "h:Bac"},
      {"## Bac ##", "h:Bac"},
      {"#bac", ":#bac"},
      {"####### bac", ":####### bac"},
      {"##3", ":##3"},
      {"== Bac ==", "h:Bac"},
      {"== Bac", ":== Bac"},
      {"====", ""},
      {"Bac\n===", "h:Bac"},
      {"Bac\n---", "h:Bac"},
      {"Bac\n***", ":Bac"},
      {"Bac\n\n---", ":Bac"},
      {"- Bac\n---", "b:Bac"},
      {"---\n- Bac", "b:Bac"},
      {"- - -\n- Bac", "b:Bac"},
      {"--- bac", "b:bac"},
      {"---\ntitle: Carnet\ndate: 2020-03-17\ntags: x\n---\n- Bac", "h:title: Carnet|h:date: 2020-03-17|b:Bac"},
      {"---\nsans rien\n---\n- Bac", "h:sans rien|b:Bac"},
      {"---\nsans rien\n---\n- Bac : mardi", "h:sans rien|b:Bac : mardi"},
  };
  check(rows, G_N_ELEMENTS(rows));
  g_autofree char *long_line = g_strnfill(130, 'a');
  g_autofree char *written = g_strdup_printf("%s\n---", long_line), *as_is = g_strdup_printf(":%s", long_line);
  check(&(Row){written, as_is}, 1);
}

static void test_emphasis(void) {
  static const Row rows[] = {
      {"le **bac** et ~~le quai~~", ":le bac et le quai"},
      {"le *bac* et `le quai`", ":le bac et le quai"},
      {"2 * 3 et a*b", ":2 * 3 et a*b"},
      {"le bac*", ":le bac"},
      {"*le bac", ":le bac"},
      {"__le bac__ part", ":le bac part"},
      {"snake__case et __init__", ":snake__case et init"},
      {"le _bac_ part", ":le bac part"},
      {"_bac_", ":bac"},
      {"le _bac_, ce soir", ":le bac, ce soir"},
      {"snake_case_ici", ":snake_case_ici"},
      {"(_bac_)", ":(bac)"},
      {"_ bac_", ":_ bac_"},
      {"_bac", ":_bac"},
      {"_bac_mou_", ":bac_mou"},
      {"**Question** Qui vient ?", ":Question : Qui vient ?"},
      {"**Question :** Qui vient ?", ":Question : Qui vient ?"},
      {"**Oui.** Demain", ":Oui. Demain"},
      {"**bac** demain", ":bac demain"},
      {"**ab**c", ":abc"},
      {"**a** Demain", ":a Demain"},
  };
  check(rows, G_N_ELEMENTS(rows));
}

static void test_boxes_and_signs(void) {
  static const Row rows[] = {
      {"- [ ] bac", "bx:bac"},
      {"[x] bac", "x:bac"},
      {"[V] bac", "x:bac"},
      {"[x]bac", ":[x]bac"},
      {"[xy] bac", ":[xy] bac"},
      {"[", ":["},
      {"☐ bac", "x:bac"},
      {"[] bac", "x:bac"},
      {"💡 bac", ":bac"},
      {"⚠️ bac", ":bac"},
      {"⭐ bac", ":bac"},
      {"‼ bac", ":bac"},
      {"⬆ bac", ":bac"},
      {"💡", ":💡"},
      {"💡 : une idée", ":💡 : une idée"},
      {"👍 bac", ":👍 bac"},
  };
  check(rows, G_N_ELEMENTS(rows));
  g_autoptr(GPtrArray) lines = lines_read("👩\xE2\x80\x8D🚒 bac");
  g_assert_cmpuint(((PadLine *)lines->pdata[0])->sign, ==, 0x1F469);
}

static void test_tables_and_signatures(void) {
  static const Row rows[] = {
      {"Nom | Lieu | Mot\n--- | --- | ---\nAnne | Morzac | il manque des gants pour samedi",
       "h:Nom | Lieu | Mot|t:Anne, Morzac : il manque des gants pour samedi"},
      {"| Nom | Mot |\n|---|:--|\n| Anne | oui |\n| | il manque des gants pour samedi |\nFin",
       "h:| Nom | Mot ||t:Anne, oui|t:il manque des gants pour samedi|:Fin"},
      {"| a |\n|--|\n| anticonstitutionnellementmême |", "h:| a ||t:anticonstitutionnellementmême"},
      {"a | b", ":a | b"},
      {"À demain\n--\nMarie\nKervalan", ":À demain|s:Marie|s:Kervalan"},
      {"a\n**\n\n\nb", ":a|:b"},
  };
  check(rows, G_N_ELEMENTS(rows));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/lines/bullets", test_bullets);
  g_test_add_func("/lines/numbers", test_numbers);
  g_test_add_func("/lines/arrows", test_arrows);
  g_test_add_func("/lines/headings", test_headings);
  g_test_add_func("/lines/emphasis", test_emphasis);
  g_test_add_func("/lines/boxes-and-signs", test_boxes_and_signs);
  g_test_add_func("/lines/tables", test_tables_and_signatures);
  return g_test_run();
}
