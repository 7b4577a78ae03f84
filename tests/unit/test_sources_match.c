/* A pad read again: what it changed is taken field by field, what an editor changed stays; and which line is which entry. */
#include "sources/match.h"

#include <string.h>

/* An entry whose every field says `mark`. */
static Entry *entry_of(const char *mark, int number) {
  Entry *entry = entry_new();
  char **const strings[] = {&entry->text,     &entry->title, &entry->author, &entry->place,      &entry->place_id,
                            &entry->language, &entry->date,  &entry->sound,  &entry->source_url, &entry->source_key};
  for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
    *strings[i] = g_strdup_printf("%s %u", mark, i);
  entry->kind = (EntryKind)(number % KIND_COUNT);
  entry->attribution = (Attribution)(number % ATTRIBUTION_COUNT);
  entry->priority = (EntryPriority)(number % PRIORITY_COUNT);
  entry->expires_us = number;
  entry->parent = number;
  entry->endorsements = number;
  entry->links = g_strsplit(mark, "-", -1);
  return entry;
}

static void test_the_pad_changed_everything(void) {
  g_autoptr(Entry) base = entry_of("avant", 1), now = entry_of("apres", 2), entry = entry_copy(base);
  bool reopened = true;
  g_assert_true(match_merge(entry, base, now, &reopened));
  g_assert_false(reopened); /* it was not approved */
  g_assert_true(entry_equal(entry, now));
  g_assert_false(match_merge(entry, base, now, &reopened)); /* the same pad again */
  g_assert_true(entry_equal(entry, now));
}

static void test_the_editor_changed_everything(void) {
  g_autoptr(Entry) base = entry_of("avant", 1), edited = entry_of("redaction", 2), entry = entry_copy(edited);
  g_free(entry->source_key); /* the editor has none to change */
  entry->source_key = g_strdup(base->source_key);
  g_autoptr(Entry) before = entry_copy(entry);
  bool reopened = true;
  g_assert_false(match_merge(entry, base, base, &reopened));
  g_assert_true(entry_equal(entry, before));
}

/* Nobody knows what the last import said: words, agreements and addresses are the pad's, the rest may be an editor's. */
static void test_without_a_base(void) {
  g_autoptr(Entry) now = entry_of("apres", 2), entry = entry_of("redaction", 1);
  entry->status = STATUS_APPROVED;
  bool reopened = false;
  g_assert_true(match_merge(entry, NULL, now, &reopened));
  g_assert_true(reopened);
  g_assert_cmpint(entry->status, ==, STATUS_PENDING);
  g_assert_cmpstr(entry->text, ==, now->text);
  g_assert_cmpint((int)entry->endorsements, ==, 2);
  g_assert_cmpstr(entry->links[0], ==, "apres");
  g_assert_cmpstr(entry->title, ==, "apres 1");
  g_assert_cmpstr(entry->place, ==, "redaction 3");
  g_assert_cmpint(entry->kind, ==, 1);
}

static void test_links(void) {
  g_autoptr(Entry) base = entry_new(), now = entry_new(), entry = entry_new();
  base->text = g_strdup("un lien"), now->text = g_strdup("un lien"), entry->text = g_strdup("un lien");
  now->links = g_strsplit("https://aurelle.example/a https://aurelle.example/b", " ", -1);
  bool reopened;
  g_assert_true(match_merge(entry, base, now, &reopened));
  g_assert_cmpuint(g_strv_length(entry->links), ==, 2);
  g_assert_true(match_merge(entry, now, base, &reopened)); /* and taken out again */
  g_assert_null(entry->links);
}

/* What an import left in a field is what the pad said; an editor's step between is not. */
static void test_base(void) {
  g_autoptr(Entry) first = entry_of("pad-un", 1), edited = entry_of("redaction", 2), third = entry_copy(edited);
  g_free(third->text);
  third->text = g_strdup("le pad, plus tard");
  g_autoptr(GPtrArray) steps = g_ptr_array_new();
  g_ptr_array_add(steps, first);
  g_ptr_array_add(steps, edited);
  g_ptr_array_add(steps, third);
  const bool by_import[] = {true, false, true};
  g_autoptr(Entry) base = match_base(steps, by_import);
  g_assert_cmpstr(base->text, ==, "le pad, plus tard");
  g_assert_cmpstr(base->title, ==, "pad-un 1");
  g_assert_cmpint(base->kind, ==, 1);
  const bool all_imports[] = {true, true, true};
  g_autoptr(Entry) last = match_base(steps, all_imports);
  g_free(last->source_key); /* what it is found by is no part of what is said */
  last->source_key = g_strdup(third->source_key);
  g_assert_true(entry_equal(last, third));
}

static GPtrArray *drafts_of(const char *const *texts, const char *author) {
  GPtrArray *drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
  for (guint i = 0; texts[i]; i++) {
    Draft *draft = g_new0(Draft, 1);
    draft->entry = entry_new();
    draft->entry->text = g_strdup(texts[i]);
    draft->entry->author = g_strdup(author);
    draft->entry->source_key = g_strdup(texts[i]);
    g_ptr_array_add(drafts, draft);
  }
  return drafts;
}

static GPtrArray *entries_of(const GPtrArray *drafts) {
  GPtrArray *entries = g_ptr_array_new();
  for (guint i = 0; i < drafts->len; i++)
    g_ptr_array_add(entries, ((Draft *)drafts->pdata[i])->entry);
  return entries;
}

/* A line that shares no word with the old one is still it, between the same neighbours and by the same hand. */
static void test_neighbours(void) {
  static const char *const old[] = {"Le bac reprend mardi à six heures", "Qui prête une remorque pour samedi ?",
                                    "La salle de Kervalan est chauffée", NULL};
  static const char *const new_middle[] = {"Le bac reprend mardi à six heures", "On cherche remorque et bras samedi",
                                           "La salle de Kervalan est chauffée", NULL};
  static const char *const new_first[] = {"Le bac de Port-Aurelle repart mardi matin",
                                          "Qui prête une remorque pour samedi ?", "La salle de Kervalan est chauffée",
                                          NULL};
  static const char *const stranger[] = {"Zèbres", NULL};
  g_autoptr(GPtrArray) before = drafts_of(old, "Marie"), stored = entries_of(before);
  g_autoptr(GPtrArray) middle = drafts_of(new_middle, "Marie"), first = drafts_of(new_first, "Marie");
  g_autoptr(GPtrArray) other = drafts_of(stranger, NULL);
  g_autoptr(GPtrArray) found_middle = match_drafts(middle, stored), found_first = match_drafts(first, stored);
  g_autoptr(GPtrArray) found_other = match_drafts(other, stored);
  for (guint i = 0; i < 3; i++) {
    g_assert_true(found_middle->pdata[i] == stored->pdata[i]);
    g_assert_true(found_first->pdata[i] == stored->pdata[i]);
  }
  g_assert_null(found_other->pdata[0]);
}

/* A key that stands twice is given once; the second line is matched by its words, or is new. */
static void test_a_key_twice(void) {
  static const char *const old[] = {"le même", NULL}, *const twice[] = {"le même", "le même", NULL};
  g_autoptr(GPtrArray) before = drafts_of(old, NULL), stored = entries_of(before), again = drafts_of(twice, NULL);
  g_autoptr(GPtrArray) found = match_drafts(again, stored);
  g_assert_true(found->pdata[0] == stored->pdata[0]);
  g_assert_null(found->pdata[1]);
  g_free(((Entry *)stored->pdata[0])->source_key);
  ((Entry *)stored->pdata[0])->source_key = NULL; /* written by hand: found by its words */
  g_autoptr(GPtrArray) by_words = match_drafts(again, stored);
  g_assert_true(by_words->pdata[0] == stored->pdata[0]);
}

/* A word that everybody uses tells nothing apart, and must not make it slow. */
static void test_common_words(void) {
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
  for (guint i = 0; i < 400; i++) {
    g_autofree char *text =
        g_strdup_printf("marché zo%c%cna vi%c%clo", 'a' + i / 20, 'a' + i % 20, 'a' + i / 20, 'a' + i % 20);
    const char *const one[] = {text, NULL};
    g_autoptr(GPtrArray) made = drafts_of(one, NULL);
    g_ptr_array_add(drafts, g_ptr_array_steal_index(made, 0));
  }
  g_autoptr(GPtrArray) stored = entries_of(drafts);
  static const char *const asked[] = {"marché ferme : zoahna, viahlo", NULL};
  g_autoptr(GPtrArray) again = drafts_of(asked, NULL);
  g_autoptr(GPtrArray) found = match_drafts(again, stored);
  g_assert_true(found->pdata[0] == stored->pdata[7]);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/match/merge/pad", test_the_pad_changed_everything);
  g_test_add_func("/match/merge/editor", test_the_editor_changed_everything);
  g_test_add_func("/match/merge/no-base", test_without_a_base);
  g_test_add_func("/match/merge/links", test_links);
  g_test_add_func("/match/base", test_base);
  g_test_add_func("/match/neighbours", test_neighbours);
  g_test_add_func("/match/key-twice", test_a_key_twice);
  g_test_add_func("/match/common-words", test_common_words);
  return g_test_run();
}
