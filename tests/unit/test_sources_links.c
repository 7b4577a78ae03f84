/* Addresses go out of the text and leave no hanging words. */
#include "sources/links.h"

static void test_take(void) {
  static const struct {
    const char *text, *left, *links;
  } rows[] = {
      {"la carte https://example.org/a.", "la carte.", "https://example.org/a"},
      {"qui a un plan du port ? https://example.org/plan.", "qui a un plan du port ?", "https://example.org/plan"},
      {"un plan ? (https://example.org/plan). Merci", "un plan ? Merci", "https://example.org/plan"},
      {"un plan ? https://example.org/a, https://example.org/b.", "un plan ?",
       "https://example.org/a https://example.org/b"},
      {"le plan est là… : https://example.org/a.", "le plan est là…", "https://example.org/a"},
      {"voir https://example.org/a et https://example.org/b", "voir", "https://example.org/a https://example.org/b"},
      {"la carte (https://example.org/a), à jour", "la carte, à jour", "https://example.org/a"},
      {"[un guide](https://example.org/g) utile", "un guide utile", "https://example.org/g"},
      {"[un guide](https://example.org/g \"Guide\") utile", "un guide utile", "https://example.org/g"},
      {"<https://example.org/x_(y)>", "", "https://example.org/x_(y)"},
      {"oui, modèle sur https://example.org/a", "oui, modèle", "https://example.org/a"},
      {"www.example.net", "", "http://www.example.net"},
      {"un guide en 3 pages", "un guide en 3 pages", ""},
      {"[note] sans adresse", "[note] sans adresse", ""},
      {"[note](ici) sans adresse", "[note](ici) sans adresse", ""},
      {"[](https://example.org/g) utile", "[] utile", "https://example.org/g"},
      {"[un [guide](https://example.org/g)", "[un guide", "https://example.org/g"},
      {"[jamais fermé https://example.org/g", "[jamais fermé", "https://example.org/g"},
      {"[g](https://example.org/g \"ouvert) utile", "g \"ouvert) utile", "https://example.org/g"},
      {"« https://example.org/a » est vieux", "est vieux", "https://example.org/a"},
      {"“https://example.org/a” est vieux", "est vieux", "https://example.org/a"},
      {"https://example.org/a… et après", "… et après", "https://example.org/a"},
      {"[https://example.org/a]", "", "https://example.org/a"},
      {"plan (https://example.org/a[1])", "plan", "https://example.org/a[1]"},
      {"https:// rien", "https:// rien", ""},
      {"https://example.org/a https://example.org/a", "", "https://example.org/a"},
      {"https://example.org/a ou https://example.org/b", "", "https://example.org/a https://example.org/b"},
      {"le plan, voir https://example.org/a", "le plan", "https://example.org/a"},
      {"le plan – https://example.org/a", "le plan", "https://example.org/a"},
      {"le plan = https://example.org/a", "le plan", "https://example.org/a"},
      {"HTTP://EXAMPLE.ORG/A", "", "HTTP://EXAMPLE.ORG/A"},
      {"ftp://example.org/a", "", "ftp://example.org/a"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *left = links_take(rows[i].text, links);
    g_ptr_array_add(links, NULL);
    g_autofree char *joined = g_strjoinv(" ", (char **)links->pdata);
    g_test_message("%s", rows[i].text);
    g_assert_cmpstr(left, ==, rows[i].left);
    g_assert_cmpstr(joined, ==, rows[i].links);
  }
}

static void test_host(void) {
  g_autofree char *host = links_host("https://www.example.org:8080/a?b#c");
  g_assert_cmpstr(host, ==, "example.org");
  g_autofree char *bare = links_host("example.org/a");
  g_assert_cmpstr(bare, ==, "example.org");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sources/links/take", test_take);
  g_test_add_func("/sources/links/host", test_host);
  return g_test_run();
}
