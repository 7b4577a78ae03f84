/* WebVTT: times that never go back, text that stays text. */
#include "podcast_rundown.h"

#include <stdio.h>

#define SECOND FRAME_RATE

static void test_empty(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  g_autofree char *empty = transcript_vtt(rundown, NULL);
  g_assert_cmpstr(empty, ==, "WEBVTT\n\n");
  add_item(rundown, ITEM_JINGLE, "Ouverture", NULL, SECOND);
  add_item(rundown, ITEM_SPEECH, NULL, "", SECOND);
  add_item(rundown, ITEM_SPEECH, NULL, "Jamais entendu.", 0);
  g_autofree char *silent = transcript_vtt(rundown, NULL);
  g_assert_cmpstr(silent, ==, "WEBVTT\n\n");
}

static void test_sentences(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  add_item(rundown, ITEM_JINGLE, NULL, NULL, 3600 * (gint64)SECOND);
  add_item(rundown, ITEM_SPEECH, "t", "Un. Deux. Trois.", 3 * SECOND);
  const SpokenMark marks[] = {{0, 0, 2}, {SECOND / 2, 4, 4}, {2 * SECOND, 10, 5}};
  g_autoptr(GArray) its = g_array_new(FALSE, FALSE, sizeof(SpokenMark));
  g_array_append_vals(its, marks, 3);
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  g_ptr_array_add(all, NULL);
  g_ptr_array_add(all, its);
  g_autofree char *text = transcript_vtt(rundown, all);
  g_assert_cmpstr(text, ==,
                  "WEBVTT\n\n"
                  "01:00:00.000 --> 01:00:00.500\n<v claire>Un.\n\n"
                  "01:00:00.500 --> 01:00:02.000\n<v claire>Deux.\n\n"
                  "01:00:02.000 --> 01:00:03.000\n<v claire>Trois.\n\n");
}

static void test_escapes(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  RundownItem *item = add_item(rundown, ITEM_SPEECH, "t", "a --> b & <c>\n\nNOTE d\xe2\x80\xa8 e", SECOND);
  g_free(item->voice);
  item->voice = g_strdup("x>\n\n00:00:00.000 --> 99:00:00.000 &<b");
  RundownItem *mute = add_item(rundown, ITEM_SPEECH, "t", "Sans voix", SECOND);
  g_clear_pointer(&mute->voice, g_free);
  g_autofree char *text = transcript_vtt(rundown, NULL);
  g_assert_nonnull(strstr(text, "<v x&gt; 00:00:00.000 --&gt; 99:00:00.000 &amp;&lt;b>a --&gt; b &amp; &lt;c&gt;\n\n"));
  g_assert_nonnull(strstr(text, "\nSans voix\n"));
  guint arrows = 0, cues = 0;
  for (const char *at = text; (at = strstr(at, "-->")); at++)
    arrows++;
  for (const char *at = text; (at = strstr(at, "\n\n")); at++)
    cues++;
  g_assert_cmpuint(arrows, ==, cues - 1); /* the first blank line ends the header */
}

/* Every cue is longer than nothing, and begins where the one before has ended or later. */
static guint check_times(const char *text) {
  guint cues = 0;
  int last_ms = 0;
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    int h, m, s, ms, h2, m2, s2, ms2;
    if (sscanf(lines[i], "%d:%d:%d.%d --> %d:%d:%d.%d", &h, &m, &s, &ms, &h2, &m2, &s2, &ms2) != 8)
      continue;
    int from = ((h * 60 + m) * 60 + s) * 1000 + ms, until = ((h2 * 60 + m2) * 60 + s2) * 1000 + ms2;
    g_assert_cmpint(from, >=, last_ms);
    g_assert_cmpint(until, >, from);
    last_ms = until;
    cues++;
  }
  return cues;
}

static void test_monotone(void) {
  g_autoptr(GRand) random = g_rand_new_with_seed(20200317);
  for (int round = 0; round < 200; round++) {
    g_autoptr(Rundown) rundown = rundown_new();
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (int i = 0; i < 6; i++) {
      add_item(rundown, ITEM_SPEECH, "t", "Un. Deux ! Trois ? Quatre. Cinq.", g_rand_int_range(random, 0, 400));
      GArray *marks = g_array_new(FALSE, FALSE, sizeof(SpokenMark));
      for (guint k = 0; k < 5; k++) { /* in no order, beyond the end, before the start */
        SpokenMark mark = {g_rand_int_range(random, -100, 900), (guint)g_rand_int_range(random, 0, 50), 1};
        g_array_append_val(marks, mark);
      }
      g_ptr_array_add(all, marks);
    }
    g_autofree char *text = transcript_vtt(rundown, all);
    check_times(text);
  }
}

/* What is said differs from what is written: the cues are in proportion, and no word is lost. */
static void test_proportion(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  RundownItem *item = add_item(rundown, ITEM_SPEECH, "t", "À 14h30. Chez M. Durand. Fin.", 4 * SECOND);
  g_free(item->spoken);
  item->spoken = g_strdup("à quatorze heures trente, chez monsieur Durand, fin");
  g_autofree char *text = transcript_vtt(rundown, NULL);
  g_assert_cmpuint(check_times(text), ==, 3);
  g_assert_nonnull(strstr(text, ">À 14h30.\n"));
  g_assert_nonnull(strstr(text, ">Chez M. Durand.\n"));
  g_assert_nonnull(strstr(text, "--> 00:00:04.000\n<v claire>Fin.\n"));
}

/* Where a written word is said in several, it is heard when the first of them is; what is not said has no time. */
static void test_words(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  RundownItem *item =
      add_item(rundown, ITEM_SPEECH, "t", "Rendez-vous à 14h30 <ici>, chez M. Le\u0301o & co. Fin.", 4 * SECOND);
  g_free(item->spoken);
  item->spoken = g_strdup("rendez-vous à quatorze heures trente {ici|/isi/}, chez monsieur Le\u0301o et co. Fin.");
  g_autoptr(GArray) its = g_array_new(FALSE, FALSE, sizeof(SpokenMark));
  const char *p = item->spoken;
  for (guint i = 0; p; i++, p = strchr(p, ' ') ? strchr(p, ' ') + 1 : NULL) {
    SpokenMark mark = {(gint64)i * SECOND / 4, (guint)(p - item->spoken), 1};
    g_array_append_val(its, mark);
  }
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  g_ptr_array_add(all, its);
  g_autofree char *text = transcript_words_vtt(rundown, all);
  g_assert_cmpstr(text, ==,
                  "WEBVTT\n\n"
                  "00:00:00.000 --> 00:00:02.750\n<v claire>Rendez-vous <00:00:00.250>à <00:00:00.500>14h30 "
                  "<00:00:01.250>&lt;ici&gt;, <00:00:01.500>chez <00:00:01.750>M. <00:00:02.000>Le\u0301o "
                  "<00:00:02.250>&amp; <00:00:02.500>co.\n\n"
                  "00:00:02.750 --> 00:00:04.000\n<v claire>Fin.\n\n");
}

/* A sentence without a millisecond of its own is told with the next. */
static void test_too_short(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  add_item(rundown, ITEM_SPEECH, "t", "Un. Deux. Trois.", 48);
  g_autofree char *text = transcript_vtt(rundown, NULL);
  g_assert_cmpstr(text, ==, "WEBVTT\n\n00:00:00.000 --> 00:00:00.001\n<v claire>Un. Deux. Trois.\n\n");
}

/* An address is not read aloud; it is shown in one piece. */
static void test_addresses(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  RundownItem *item =
      add_item(rundown, ITEM_SPEECH, "t", "https://ex.org/a.b/c?x=1 et il est beau. Voilà.", 4 * SECOND);
  g_free(item->spoken);
  item->spoken = g_strdup("et il est beau. Voilà.");
  add_item(rundown, ITEM_SPEECH, "t", "Qui vient ? Voir https://ex.org/c?Le=1!Oui. D’accord ?", 3 * SECOND);
  g_autofree char *text = transcript_vtt(rundown, NULL);
  g_assert_cmpuint(check_times(text), ==, 5);
  g_assert_nonnull(strstr(text, ">https://ex.org/a.b/c?x=1 et il est beau.\n"));
  g_assert_nonnull(strstr(text, ">Voilà.\n"));
  g_assert_nonnull(strstr(text, ">Qui vient ?\n"));
  g_assert_nonnull(strstr(text, ">Voir https://ex.org/c?Le=1!Oui.\n"));
  g_assert_nonnull(strstr(text, ">D’accord ?\n"));
}

/* Not spoken yet, not written at all, in no language, by nobody: what there is to show is shown. */
static void test_incomplete(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  RundownItem *unspoken = add_item(rundown, ITEM_SPEECH, "t", "Un. Deux.", 2 * SECOND);
  g_clear_pointer(&unspoken->spoken, g_free);
  RundownItem *unwritten = add_item(rundown, ITEM_SPEECH, "t", "x", SECOND);
  g_clear_pointer(&unwritten->text, g_free);
  RundownItem *nobody = add_item(rundown, ITEM_SPEECH, "t", "Trois.", SECOND);
  nobody->voice[0] = '\0';
  rundown->language = g_strdup("fr");
  RundownItem *english = add_item(rundown, ITEM_SPEECH, "t", "Mr. Kerbrat came. Four.", 2 * SECOND);
  english->language = g_strdup("en");
  g_autofree char *text = transcript_vtt(rundown, NULL);
  g_assert_cmpstr(text, ==,
                  "WEBVTT\n\n"
                  "00:00:00.000 --> 00:00:00.888\n<v claire>Un.\n\n"
                  "00:00:00.888 --> 00:00:02.000\n<v claire>Deux.\n\n"
                  "00:00:03.000 --> 00:00:04.000\nTrois.\n\n"
                  "00:00:04.000 --> 00:00:05.565\n<v claire>Mr. Kerbrat came.\n\n"
                  "00:00:05.565 --> 00:00:06.000\n<v claire>Four.\n\n");
}

/* Marks for some of the items only, and none after the last word. */
static void test_few_marks(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  add_item(rundown, ITEM_SPEECH, "t", "Un. Deux.", 2 * SECOND);
  add_item(rundown, ITEM_SPEECH, "t", "Trois. Quatre.", 2 * SECOND);
  g_autoptr(GArray) its = g_array_new(FALSE, FALSE, sizeof(SpokenMark));
  SpokenMark mark = {SECOND / 4, 0, 2};
  g_array_append_val(its, mark);
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  g_ptr_array_add(all, its);
  g_autofree char *text = transcript_vtt(rundown, all);
  g_assert_cmpuint(check_times(text), ==, 4);
  mark = (SpokenMark){2 * SECOND, 4, 4}; /* the last sentence is marked where its item ends: it is told all the same */
  g_array_append_val(its, mark);
  g_autofree char *late = transcript_vtt(rundown, all);
  g_assert_nonnull(strstr(late, "00:00:01.999 --> 00:00:02.000\n<v claire>Deux.\n"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/transcript/empty", test_empty);
  g_test_add_func("/transcript/words", test_words);
  g_test_add_func("/transcript/sentences", test_sentences);
  g_test_add_func("/transcript/escapes", test_escapes);
  g_test_add_func("/transcript/monotone", test_monotone);
  g_test_add_func("/transcript/proportion", test_proportion);
  g_test_add_func("/transcript/too-short", test_too_short);
  g_test_add_func("/transcript/addresses", test_addresses);
  g_test_add_func("/transcript/incomplete", test_incomplete);
  g_test_add_func("/transcript/few-marks", test_few_marks);
  return g_test_run();
}
