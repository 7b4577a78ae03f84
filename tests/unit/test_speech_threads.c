/* A bulletin's items are normalised side by side: what is said hangs on no thread. Each try is a process of its own,
 * because tables are made ready at their first use. */
#include "speech/normalise.h"
#include "speech/rules.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRIES 20
#define THREADS 6

static const char *const TEXTS[] = {
    "RDV le 17/03 à 14h30, M. Kerdal, 12,50 € (env. 3 km/h) : tél. 02 98 00 00 00, art. L. 2121-10, les agent·es !!",
    "Du 3 au 5/04, 8h-12h : 1 234,5 m² à 75 % près du n° 5, XXIe siècle, 1er étage, 3 M€, -5 °C, le 3919 ; etc.",
    "Voir https://exemple.fr/une/longue/adresse et contact@port.fr #CarnetDeBord, p. ex. 1/2 ou 20 m, c.-à-d. 3-5 ex.",
};

static gint started; /* atomic: threads that wait for the others */

/* All at once, so that they meet where a table is made ready. */
static void meet(void) {
  for (g_atomic_int_inc(&started); g_atomic_int_get(&started) < THREADS;) {
    g_thread_yield();
  }
}

static gpointer say(gpointer text) {
  g_autoptr(GString) said = g_string_new(NULL);
  meet();
  for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
    g_autofree char *one = normalise_text(i == 0 ? text : TEXTS[i], "fr", NULL);
    g_string_append(said, one);
  }
  return g_string_free(g_steal_pointer(&said), FALSE);
}

/* In a child: 0 when every thread says the same as one alone, afterwards. */
static int say_side_by_side(void) {
  GThread *threads[THREADS];
  int differ = 0;
  for (guint i = 0; i < THREADS; i++) {
    threads[i] = g_thread_new("say", say, (gpointer)TEXTS[0]);
  }
  char *said[THREADS];
  for (guint i = 0; i < THREADS; i++) {
    said[i] = g_thread_join(threads[i]);
  }
  g_autofree char *alone = say((gpointer)TEXTS[0]);
  for (guint i = 0; i < THREADS; i++) {
    differ += g_strcmp0(said[i], alone) != 0;
    g_free(said[i]);
  }
  return differ;
}

static void test_same(void) {
  for (guint i = 0; i < TRIES; i++) {
    pid_t child = fork();
    if (child == 0) {
      _exit(say_side_by_side());
    }
    int status = -1;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
  }
}

/* Expressions are compiled at their first use: here, each of them, so that no row's slip waits for its day. */
static void test_all_compile(void) {
  const RuleSet *const sets[] = {&rules_fr, &rules_en, &rules_es, &rules_plain};
  for (guint i = 0; i < G_N_ELEMENTS(sets); i++) {
    const Rule *const tables[] = {sets[i]->first, rules_common, sets[i]->rules};
    for (guint k = 0; k < G_N_ELEMENTS(tables); k++) {
      g_autoptr(GString) needed = g_string_new("x ½ € é ʁ ˚ ẞ"); /* of some rows a first byte */
      for (const Rule *rule = tables[k]; rule && rule->name; rule++) {
        g_string_append_printf(needed, " %s", g_utf8_validate(rule->needs, -1, NULL) ? rule->needs : "");
      }
      for (const Rule *rule = tables[k]; rule && rule->name; rule++) {
        g_assert_true(*rule->needs == '\0' || strpbrk(needed->str, rule->needs));
      }
      if (tables[k]) {
        rules_apply(sets[i], tables[k], needed);
      }
    }
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/speech/threads/same", test_same);
  g_test_add_func("/speech/threads/all-compile", test_all_compile);
  return g_test_run();
}
