/* rundown.yaml: what is written is what is read, and an edit is noticed. */
#include "editorial_day.h"

#include "base/error.h"
#include "editorial/rundown_file.h"

#include <glib/gstdio.h>

/* clang-format off */
static const char *const HOSTILE[] = {
    "plain", "", "a: b # c", "- x", "\"quoted\" and 'single'", "back\\slash", "line\nbreak\ttab\r", "{a: [b]}", "& * ! | > %",
    "null", "~", "true", "0x10", "1e3", "---", "...", "é à ü ñ ß", "🎙️ 👩‍🚀", "\xe2\x80\xae rtl", "\xc2\xa0nbsp", "\xe2\x80\xa8 line",
    "\x1b[31mred\x1b[0m", "\x7f", "\xef\xbb\xbf bom", "\xf0\x9f\xbf\xbe", "$(rm -rf)", "<audio src='x'/>", "[[h@l'@U]]", "?", ": ", " lead", "trail "};
/* clang-format on */

static char *hostile(GRand *random) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (int i = g_rand_int_range(random, 1, 5); i > 0; i--)
    g_string_append(out, HOSTILE[g_rand_int_range(random, 0, G_N_ELEMENTS(HOSTILE))]);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static RundownItem *random_item(GRand *random) {
  RundownItem *item = rundown_item_new((ItemType)g_rand_int_range(random, 0, ITEM_TYPE_COUNT));
  item->frames = g_rand_int_range(random, 0, 1000000);
  if (item->type == ITEM_PAUSE) {
    item->least_frames = item->frames - g_rand_int_range(random, 0, (gint32)item->frames + 1);
    item->most_frames = item->frames + g_rand_int_range(random, 0, 100000);
    return item;
  }
  item->title = hostile(random);
  if (item->type != ITEM_SPEECH) {
    g_autofree char *name = hostile(random);
    item->file = g_strconcat("f", name, NULL);
    return item;
  }
  g_autofree char *text = hostile(random), *spoken = hostile(random);
  item->text = g_strconcat("t", text, NULL);
  item->spoken = g_rand_boolean(random) ? NULL : g_strconcat("s", spoken, NULL);
  item->own_spoken = item->spoken != NULL && g_rand_boolean(random);
  item->language = g_strdup("fr");
  item->voice = g_strdup("claire");
  item->entry = g_rand_int_range(random, 0, 3);
  item->headline = g_rand_int_range(random, 0, 3);
  if (g_rand_boolean(random)) {
    item->links = g_new0(char *, 2);
    item->links[0] = hostile(random);
  }
  return item;
}

static Rundown *random_rundown(GRand *random) {
  Rundown *rundown = rundown_new();
  rundown->title = hostile(random);
  rundown->script = g_strdup("soir");
  rundown->language = g_strdup("fr");
  rundown->date = g_strdup(DAY);
  rundown->fit = g_rand_boolean(random) ? FIT_EXACT : FIT_AT_MOST;
  rundown->slot_frames = g_rand_int_range(random, 1, 100000000);
  if (g_rand_boolean(random))
    rundown->bed = (RundownBed){g_strdup("nappe"),
                                g_rand_double_range(random, -40, 6),
                                g_rand_double_range(random, -30, 0),
                                g_rand_int_range(random, 0, 400000),
                                g_rand_int_range(random, 0, 400000),
                                0};
  for (int i = g_rand_int_range(random, 1, 12); i > 0; i--)
    g_ptr_array_add(rundown->items, random_item(random));
  for (int i = g_rand_int_range(random, 0, 3); i > 0; i--) {
    g_autofree char *warning = hostile(random);
    rundown_add_warning(rundown, "%s", warning);
  }
  rundown->locked = g_rand_boolean(random);
  rundown_retime(rundown);
  return rundown;
}

static Rundown *parse(const char *text) {
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_autoptr(GError) error = NULL;
  Rundown *rundown = rundown_parse("rundown.yaml", bytes, &error);
  if (error != NULL)
    g_test_message("%s", text);
  g_assert_no_error(error);
  return rundown;
}

static void test_round_trip(void) {
  guint32 seed = g_test_rand_int() & 0x7fffffff;
  g_test_message("seed %u", seed);
  g_autoptr(GRand) random = g_rand_new_with_seed(seed);
  for (int i = 0; i < 300; i++) {
    g_autoptr(Rundown) rundown = random_rundown(random);
    g_autofree char *text = rundown_format(rundown);
    g_autoptr(Rundown) read = parse(text);
    g_autofree char *again = rundown_format(read);
    g_assert_cmpstr(again, ==, text);
    g_assert_false(read->edited);
    g_assert_cmpint(read->locked, ==, rundown->locked);
    g_assert_cmpint(read->frames, ==, rundown->frames);
    for (guint j = 0; j < read->items->len; j++) {
      const RundownItem *one = rundown->items->pdata[j], *two = read->items->pdata[j];
      g_assert_cmpstr(one->text, ==, two->text);
      g_assert_cmpstr(one->spoken, ==, two->spoken);
      g_assert_cmpint(one->own_spoken, ==, two->own_spoken);
      g_assert_cmpint(one->headline, ==, two->headline);
    }
  }
}

static void test_very_long(void) {
  g_autoptr(Rundown) rundown = rundown_new();
  rundown->title = g_strdup("t");
  rundown->script = g_strdup("s");
  rundown->language = g_strdup("fr");
  rundown->date = g_strdup(DAY);
  rundown->slot_frames = 48000;
  RundownItem *item = rundown_item_new(ITEM_SPEECH);
  item->text = g_strnfill(1 << 20, 'x');
  item->voice = g_strdup("claire");
  item->language = g_strdup("fr");
  g_ptr_array_add(rundown->items, item);
  g_autofree char *text = rundown_format(rundown);
  g_autoptr(Rundown) read = parse(text);
  g_assert_cmpstr(((RundownItem *)read->items->pdata[0])->text, ==, item->text);
}

static char *sample(void) {
  g_autoptr(Script) script = day_script("midi");
  g_autoptr(GRand) random = g_rand_new_with_seed(1);
  g_autoptr(GPtrArray) day = day_random(random, 30);
  g_ptr_array_add(day, day_entry(77, KIND_ALERT, "Kervalan", "La barque rouge a disparu."));
  ((Entry *)day->pdata[30])->priority = PRIORITY_URGENT;
  ComposeInput input = day_input(script, day);
  g_autoptr(Rundown) rundown = compose_rundown(&input, day_measure, NULL, NULL, NULL);
  g_assert_nonnull(rundown);
  return rundown_format(rundown);
}

/* `text` with its only `from` replaced. */
static char *changed(const char *text, const char *from, const char *to) {
  const char *at = strstr(text, from);
  g_assert_nonnull(at);
  g_autofree char *before = g_strndup(text, (gsize)(at - text));
  return g_strconcat(before, to, at + strlen(from), NULL);
}

static const RundownItem *item_of(const Rundown *rundown, gint64 entry) {
  for (guint i = 0; i < rundown->items->len; i++)
    if (((const RundownItem *)rundown->items->pdata[i])->entry == entry)
      return rundown->items->pdata[i];
  g_assert_not_reached();
}

#define TEXT "Kervalan : La barque rouge a disparu.\"\n    spoken"
#define SPOKEN "kervalan : la barque rouge a disparu.\"\n    as_made"

static void test_edits(void) {
  g_autofree char *text = sample();
  g_autoptr(Rundown) same = parse(text);
  g_assert_false(same->edited);
  g_assert_nonnull(item_of(same, 77)->spoken);

  g_autofree char *locked = changed(text, "locked: false", "locked: true");
  g_autoptr(Rundown) kept = parse(locked);
  g_assert_true(kept->locked);
  g_assert_false(kept->edited);

  g_autofree char *comment = changed(text, "title: ", "# a note to myself\ntitle: ");
  g_autoptr(Rundown) noted = parse(comment);
  g_assert_false(noted->edited);

  /* The words changed, what is said of them did not: it is made again. */
  g_autofree char *reworded = changed(text, TEXT, "Kervalan : La barque rouge est revenue.\"\n    spoken");
  g_autoptr(Rundown) stale = parse(reworded);
  g_assert_true(stale->edited);
  g_assert_null(item_of(stale, 77)->spoken);
  g_assert_false(item_of(stale, 77)->own_spoken);
  g_assert_nonnull(strstr(item_of(stale, 77)->text, "revenue"));

  /* Only the saying changed: it stands, and again after another writing. */
  g_autofree char *resaid = changed(text, SPOKEN, "barke rouje.\"\n    as_made");
  g_autoptr(Rundown) own = parse(resaid);
  g_assert_true(own->edited);
  g_assert_true(item_of(own, 77)->own_spoken);
  g_autofree char *written = rundown_format(own);
  g_autoptr(Rundown) own_again = parse(written);
  g_assert_true(own_again->edited);
  g_assert_true(item_of(own_again, 77)->own_spoken);
  g_autofree char *written_again = rundown_format(own_again);
  g_assert_cmpstr(written, ==, written_again);

  /* Then the words change under it: what was said no longer holds. */
  g_autofree char *moved_on =
      changed(written, "Kervalan : La barque rouge a disparu", "Kervalan : La barque verte est là");
  g_autoptr(Rundown) forgotten = parse(moved_on);
  g_assert_null(item_of(forgotten, 77)->spoken);
}

static void test_added_and_removed(void) {
  g_autofree char *text = sample();
  g_autofree char *with = changed(text, "items:\n",
                                  "items:\n\n  - type: speech\n    text: Bonjour.\n    voice: claire\n"
                                  "  - type: pause\n    frames: 4800\n");
  g_autoptr(Rundown) rundown = parse(with);
  g_assert_true(rundown->edited);
  const RundownItem *first = rundown->items->pdata[0], *pause = rundown->items->pdata[1];
  g_assert_cmpstr(first->language, ==, "fr");
  g_assert_null(first->spoken);
  g_assert_cmpint(pause->least_frames, ==, 4800);
  g_assert_cmpint(pause->most_frames, ==, 4800);
  const RundownItem *third = rundown->items->pdata[2];
  g_assert_cmpint(third->start_frame, ==, 4800);
}

static const struct {
  const char *from, *to, *words;
} WRONG[] = {
    {"fit: exact", "fit: loose", "loose"},
    {"type: jingle", "type: jungle", "unknown type"},
    {"voice: \"claire\"", "voice: \"\"", "needs a voice"},
    {"    voice: \"claire\"\n", "", "needs a voice"},
    {"date: \"2026-03-17\"", "date: \"2026-02-30\"", "2026-02-30"},
    {"script: \"midi\"", "script: \"../midi\"", "name of a script"},
    {"file: \"ouverture\"", "file: \"\"", "needs a file"},
    {"locked: false", "locked: perhaps", ""},
    {"    voice: ", "    voicee: ", "voicee"},
    {"    entry: ", "    entry: -", "0 or more"},
};

static void test_wrong(void) {
  g_autofree char *text = sample();
  for (gsize i = 0; i < G_N_ELEMENTS(WRONG); i++) {
    g_autofree char *wrong = changed(text, WRONG[i].from, WRONG[i].to);
    g_autoptr(GBytes) bytes = g_bytes_new(wrong, strlen(wrong));
    g_autoptr(GError) error = NULL;
    g_autoptr(Rundown) rundown = rundown_parse("rundown.yaml", bytes, &error);
    if (rundown != NULL)
      g_error("row %zu was read", i);
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    if (!g_str_has_prefix(error->message, "rundown.yaml:") || strstr(error->message, "rundown.yaml:1:1") != NULL)
      g_error("row %zu: %s", i, error->message);
    if (strstr(error->message, WRONG[i].words) == NULL)
      g_error("row %zu: %s", i, error->message);
  }
}

/* A rundown as a person would write it from nothing; the first item is on line 8. */
#define HEAD "title: t\nscript: midi\ndate: \"2026-03-17\"\nlanguage: fr\nfit: exact\nslot_frames: 48000\n"
#define PAUSE "items:\n  - {type: pause, frames: 1}\n"

/* clang-format off */
static const struct {
  const char *yaml, *place, *words;
} WRONG_BY_HAND[] = {
    {"title: t\nscript: midi\ndate: \"2026-03-17\"\nlanguage: fr\nfit: exact\nslot_frames: 0\n" PAUSE, "6:14", "more than 0"},
    {"title: t\nscript: midi\ndate: \"2026-03-17\"\nlanguage: fr\nfit: exact\nslot_frames: 1036800001\n" PAUSE, "6:14", "6 hours"},
    {"title: t\nscript: \" \"\ndate: \"2026-03-17\"\nlanguage: fr\nfit: exact\nslot_frames: 1\n" PAUSE, "2:9", "name of a script"},
    {HEAD "bed: {file: n, gain: 60.5, duck: -9}\n" PAUSE, "7:6", "-60 to 60"},
    {HEAD "bed: {file: n, gain: -61, duck: -9}\n" PAUSE, "7:6", "-60 to 60"},
    {HEAD "bed: {file: n, gain: 0, duck: 1}\n" PAUSE, "7:6", "-60 to 0"},
    {HEAD "bed: {file: n, gain: 0, duck: -60.1}\n" PAUSE, "7:6", "-60 to 0"},
    {HEAD "bed: {file: n, gain: 0, duck: 0, attack_frames: -1}\n" PAUSE, "7:6", "10 s"},
    {HEAD "bed: {file: n, gain: 0, duck: 0, attack_frames: 480001}\n" PAUSE, "7:6", "10 s"},
    {HEAD "bed: {file: n, gain: 0, duck: 0, release_frames: -1}\n" PAUSE, "7:6", "10 s"},
    {HEAD "bed: {file: n, gain: 0, duck: 0, release_frames: 480001}\n" PAUSE, "7:6", "10 s"},
    {HEAD "items: []\n", "7:8", "from 1 to 2000"},
    {HEAD "items:\n  - {type: speech, voice: claire}\n", "8:5", "needs a text"},
    {HEAD "items:\n  - {type: speech, voice: claire, text: \" \"}\n", "8:41", "needs a text"},
    {HEAD "items:\n  - {type: jingle}\n", "8:5", "needs a file"},
    {HEAD "items:\n  - {type: sound, file: \"\"}\n", "8:25", "needs a file"},
    {HEAD "items:\n  - {type: pause}\n", "8:5", "needs frames"},
    {HEAD "items:\n  - {type: pause, frames: 172800001}\n", "8:27", "hours long"},
    {HEAD "items:\n  - {type: pause, frames: 1, least_frames: -1}\n", "8:44", "0 or more"},
    {HEAD "items:\n  - {type: pause, frames: 1, most_frames: -1}\n", "8:43", "0 or more"},
    {HEAD "items:\n  - {type: jingle, file: a, frames: 1036800001}\n", "8:37", "hours long"},
    {HEAD "items:\n  - {type: jingle, file: a, entry: -1}\n", "8:36", "0 or more"},
    {HEAD "items:\n  - {type: speech, voice: claire, text: Ici., headline: -1}\n", "8:57", "0 or more"},
    {HEAD "items:\n  - {type: speech, voice: claire, text: Ici., headline: 1001}\n", "8:57", "0 or more"},
};
/* clang-format on */

static void assert_wrong(const char *yaml, const char *place, const char *words) {
  g_autoptr(GBytes) bytes = g_bytes_new(yaml, strlen(yaml));
  g_autoptr(GError) error = NULL;
  g_assert_null(rundown_parse("rundown.yaml", bytes, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_autofree char *opening = g_strdup_printf("rundown.yaml:%s: ", place);
  if (!g_str_has_prefix(error->message, opening) || strstr(error->message, words) == NULL)
    g_error("%s (wanted %s … %s)", error->message, opening, words);
}

static void test_wrong_by_hand(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(WRONG_BY_HAND); i++)
    assert_wrong(WRONG_BY_HAND[i].yaml, WRONG_BY_HAND[i].place, WRONG_BY_HAND[i].words);
  g_autoptr(GString) many = g_string_new(HEAD "items:\n");
  for (int i = 0; i < 2001; i++)
    g_string_append(many, "  - {type: pause, frames: 1}\n");
  assert_wrong(many->str, "8:3", "from 1 to 2000");
}

/* What is left out has its usual value, or is made from what is there. */
static void test_by_hand(void) {
  g_autoptr(Rundown) rundown =
      parse(HEAD "bed: {file: nappe, gain: -18.5, duck: -9}\nitems:\n"
                 "  - {type: speech, spoken: Barke rouje., voice: claire}\n"
                 "  - {type: speech, text: Ici., spoken: Issi., voice: claire, language: oc}\n"
                 "  - {type: speech, text: Ici., spoken: Issi., voice: claire, as_made: deadbeef}\n"
                 "  - {type: pause, frames: 9, least_frames: 1}\n"
                 "  - {type: pause, frames: 9, most_frames: 20}\n"
                 "  - {type: pause, frames: 9, least_frames: 10, most_frames: 20}\n"
                 "  - {type: pause, frames: 21, least_frames: 10, most_frames: 20}\n"
                 "  - {type: pause, frames: 9, least_frames: 9, most_frames: 20}\n");
  g_assert_true(rundown->edited);
  g_assert_cmpfloat(rundown->bed.gain_db, ==, -18.5);
  g_assert_cmpint(rundown->bed.attack_frames, ==, FRAME_RATE * 3 / 10);
  g_assert_cmpint(rundown->bed.release_frames, ==, FRAME_RATE * 8 / 10);
  const RundownItem *item = rundown->items->pdata[0];
  g_assert_cmpstr(item->text, ==, "Barke rouje."); /* shown as it is said */
  for (guint i = 0; i < 3; i++) {
    item = rundown->items->pdata[i];
    g_assert_true(item->own_spoken); /* no sum says that it was made from the text */
    g_assert_cmpstr(item->language, ==, i == 1 ? "oc" : "fr");
  }
  for (guint i = 3; i < 7; i++) { /* half a span, or a length beyond it: as it was written */
    item = rundown->items->pdata[i];
    g_assert_cmpint(item->least_frames, ==, item->frames);
    g_assert_cmpint(item->most_frames, ==, item->frames);
  }
  item = rundown->items->pdata[7];
  g_assert_cmpint(item->most_frames, ==, 20);
  g_assert_cmpint(rundown->frames, ==, 9 + 9 + 9 + 21 + 9);
}

/* The opening in the bulletin's own language, English for those that we do not write. */
static void test_help(void) {
  static const char *const CASES[][2] = {{"fr-CA", "# Un conducteur"},
                                         {"es", "# Una escaleta"},
                                         {"en", "# A rundown"},
                                         {"frp", "# A rundown"},
                                         {NULL, "# A rundown"}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Rundown) rundown = rundown_new();
    rundown->language = g_strdup(CASES[i][0]);
    g_autofree char *text = rundown_format(rundown);
    g_assert_true(g_str_has_prefix(text, CASES[i][1]));
    g_assert_true(g_str_has_suffix(text, "\nitems: []\n"));
  }
}

/* The two code points that are no characters would make the file unreadable. */
static void test_no_characters(void) {
  g_autoptr(Rundown) rundown = parse(HEAD PAUSE);
  rundown->edited = false; /* as if we had made it */
  g_free(rundown->title);
  rundown->title = g_strdup("a\xef\xbf\xbe"
                            "b\xef\xbf\xbf"
                            "c");
  g_autofree char *text = rundown_format(rundown);
  g_autoptr(Rundown) read = parse(text);
  g_assert_cmpstr(read->title, ==, "abc");
  g_assert_false(read->edited);
}

static void test_sounds_like(void) {
  g_autoptr(Rundown) one = parse(HEAD PAUSE);
  g_autofree char *text = rundown_format(one);
  g_autofree char *locked = changed(text, "locked: false", "locked: true");
  g_autofree char *longer = changed(text, "frames: 1\n", "frames: 2\n");
  g_autoptr(Rundown) other = parse(locked);
  rundown_add_warning(other, "too short");
  rundown_add_warning(other, "too short"); /* told once */
  g_assert_cmpuint(g_strv_length(other->warnings), ==, 1);
  g_assert_true(rundown_sounds_like(one, other));
  g_autoptr(Rundown) third = parse(longer);
  g_assert_false(rundown_sounds_like(one, third));
}

static void test_load(void) {
  g_autoptr(GError) error = NULL;
  g_assert_null(rundown_load("no-such-folder/rundown.yaml", &error));
  g_assert_nonnull(error);
  g_clear_error(&error);
  g_autofree char *folder = g_dir_make_tmp("carnet-rundown-XXXXXX", &error);
  g_autofree char *path = g_build_filename(folder, "rundown.yaml", NULL);
  g_assert_true(g_file_set_contents(path, HEAD PAUSE, -1, &error));
  g_autoptr(Rundown) rundown = rundown_load(path, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(rundown->script, ==, "midi");
  g_assert_false(rundown_save(rundown, NULL, "no-such-folder/rundown.yaml", &error));
  g_assert_nonnull(error);
  g_assert_cmpint(g_remove(path), ==, 0);
  g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/rundown-file/round-trip", test_round_trip);
  g_test_add_func("/rundown-file/very-long", test_very_long);
  g_test_add_func("/rundown-file/edits", test_edits);
  g_test_add_func("/rundown-file/added-and-removed", test_added_and_removed);
  g_test_add_func("/rundown-file/wrong", test_wrong);
  g_test_add_func("/rundown-file/wrong-by-hand", test_wrong_by_hand);
  g_test_add_func("/rundown-file/by-hand", test_by_hand);
  g_test_add_func("/rundown-file/help", test_help);
  g_test_add_func("/rundown-file/no-characters", test_no_characters);
  g_test_add_func("/rundown-file/sounds-like", test_sounds_like);
  g_test_add_func("/rundown-file/load", test_load);
  return g_test_run();
}
