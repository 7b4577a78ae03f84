/* Scripts: the sample of the design, the shipped ones, and every wrong value at its place. */
#include "editorial_day.h"

#include "base/error.h"

static void test_sample_of_the_design(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Script) script = script_load("tests/data/editorial/midi-design.yaml", &error);
  g_assert_no_error(error);
  g_assert_cmpstr(script->name, ==, "midi-design");
  g_assert_cmpint(script->slot_frames, ==, (gint64)300 * FRAME_RATE);
  g_assert_cmpint(script->least_frames, ==, (gint64)60 * FRAME_RATE);
  g_assert_cmpint(script->fit, ==, FIT_EXACT);
  g_assert_cmpuint(script->days, ==, 1);
  g_assert_false(script->repeat);
  g_assert_cmpstr(script->bed.file, ==, "nappe");
  g_assert_cmpfloat(script->bed.gain_db, ==, -20);
  g_assert_cmpfloat(script->bed.duck_db, ==, -12);
  g_assert_cmpuint(script->n_blocks, ==, 9);
  g_assert_cmpuint(script->blocks[2].most, ==, 3);
  g_assert_true(script->blocks[3].kinds[KIND_ALERT]);
  g_assert_false(script->blocks[3].kinds[KIND_QUESTION]);
  g_assert_cmpint(script->blocks[6].least_frames, ==, FRAME_RATE * 8 / 10);
  g_assert_cmpint(script->blocks[6].most_frames, ==, FRAME_RATE * 8 / 10);
  g_assert_cmpstr(script_voice(script, "reader"), ==, "paul");
  g_assert_cmpstr(script_voice(script, NULL), ==, "claire");
  g_assert_cmpstr(script_voice(script, "marc"), ==, "marc");
  g_assert_cmpstr(script_voice_for(script, "reader", "en"), ==, "paul");
  g_assert_cmpuint(script_leading_sounds(script), ==, 1);
}

static void test_shipped(void) {
  g_autoptr(Script) soir = day_script("soir");
  bool takes[KIND_COUNT] = {false};
  for (guint i = 0; i < soir->n_blocks; i++)
    for (int kind = 0; kind < KIND_COUNT; kind++)
      takes[kind] = takes[kind] || (soir->blocks[i].type == BLOCK_ENTRIES && soir->blocks[i].kinds[kind]);
  for (int kind = 0; kind < KIND_COUNT; kind++)
    g_assert_true(takes[kind]);
  g_assert_cmpint(soir->slot_frames, ==, (gint64)600 * FRAME_RATE);
  g_assert_cmpstr(script_voice_for(soir, "reader", "en-GB"), ==, "emma");
  g_assert_cmpstr(script_voice_for(soir, "reader", "fr-CA"), ==, "paul");
  g_autoptr(Script) flash = day_script("flash");
  g_assert_cmpint(flash->fit, ==, FIT_AT_MOST);
  g_assert_cmpint(flash->slot_frames, ==, (gint64)60 * FRAME_RATE);
}

/* A small script, right but for the line under test; the place is LINE:COLUMN. */
#define HEAD "title: t\nlanguage: fr\nlength: \"1:00\"\nvoices: {presenter: claire}\n"
#define ORDER "order:\n  - say: bonjour\n"

static const struct {
  const char *yaml, *place, *words;
} WRONG[] = {
    {"title: t\nlanguage: fr\nlength: \"5 minutes\"\nvoices: {presenter: c}\n" ORDER, ":3:9:", "5 minutes"},
    {"title: t\nlanguage: fr\nlength: \"0:00\"\nvoices: {presenter: c}\n" ORDER, ":3:9:", "0:00"},
    {"title: t\nlanguage: fr\nlength: \"-1:00\"\nvoices: {presenter: c}\n" ORDER, ":3:9:", "-1:00"},
    {"title: t\nlanguage: fr\nlength: \"9:00:00\"\nvoices: {presenter: c}\n" ORDER, ":3:9:", "6 hours"},
    {"title: t\nlanguage: zz9\nlength: \"1:00\"\nvoices: {presenter: c}\n" ORDER, ":2:11:", "zz9"},
    {"title: t {dat}\nlanguage: fr\nlength: \"1:00\"\nvoices: {presenter: c}\n" ORDER, ":1:8:", "{dat}"},
    {"title: t\nlanguage: fr\nlength: \"1:00\"\nvoices: {}\n" ORDER, ":4:9:", "no voice"},
    {HEAD "voicee: x\n" ORDER, ":", "voicee"},
    {HEAD "fit: tight\n" ORDER, ":5:6:", "tight"},
    {HEAD "least: \"2:00\"\n" ORDER, ":5:8:", "more than the length"},
    {HEAD "repeat: perhaps\n" ORDER, ":5:9:", ""},
    {HEAD "days: 0\n" ORDER, ":5:7:", "1 or more"},
    {HEAD "pauses: {least: 3, most: 1}\n" ORDER, ":5:17:", "least is more than most"},
    {HEAD "close: {least: -1}\n" ORDER, ":5:16:", "0 to 600"},
    {HEAD "bed: {file: n, duck: 3}\n" ORDER, ":5:22:", "0 or less"},
    {HEAD "bed: {file: n, gain: 99}\n" ORDER, ":5:22:", "-60 to 12"},
    {HEAD "quiet: \"a } b\"\n" ORDER, ":5:8:", "without its"},
    {"title: t\nlanguage: fr\nlength: \"1:00.5\"\nvoices: {presenter: c}\n" ORDER, ":3:9:", "1:00.5"},
    {"title: \" \"\nlanguage: fr\nlength: \"1:00\"\nvoices: {presenter: c}\n" ORDER, ":1:8:", "empty"},
    {"title: t\nlanguage: fr\nlength: \"1:00\"\nvoices: {presenter: c, reader: \" \"}\n" ORDER, ":4:32:", "empty"},
    {HEAD "least: soon\n" ORDER, ":5:8:", "soon"},
    {HEAD "days: 367\n" ORDER, ":5:7:", "0 to 366"},
    {HEAD "bed: {file: \" \"}\n" ORDER, ":5:13:", "empty"},
    {HEAD "bed: {file: n, gain: -61}\n" ORDER, ":5:22:", "-60 to 12"},
    {HEAD "bed: {file: n, duck: -61}\n" ORDER, ":5:22:", "-60 to 12"},
    {HEAD "bed: {file: n, attack: 11}\n" ORDER, ":5:24:", "0 to 10"},
    {HEAD "bed: {file: n, release: 11}\n" ORDER, ":5:25:", "0 to 10"},
    {HEAD "pauses: {most: 31}\n" ORDER, ":5:16:", "0 to 30"},
    {HEAD "order: []\n", ":5:8:", "1 to 200"},
    {HEAD "order:\n  - entries: {least: 201}\n", ":6:22:", "0 to 200"},
    {HEAD "order:\n  - entries: {empty: \"{author}\"}\n", ":6:22:", "{author}"},
    {HEAD "order:\n  - entries: {voice: a}\n    voice: b\n", ":7:12:", "twice"},
    {HEAD "order:\n  - headlines: 3\n    lead: \"{\"\n", ":7:11:", "placeholder"},
    {HEAD, ":", "order"},
    {HEAD "order:\n  - say: a\n    jingle: b\n", ":6:5:", "only one of"},
    {HEAD "order:\n  - voice: presenter\n", ":6:5:", "needs one of"},
    {HEAD "order:\n  - say: \"  \"\n", ":6:10:", "empty"},
    {HEAD "order:\n  - say: \"{count, plural, one {a}}\"\n", ":6:10:", "other"},
    {HEAD "order:\n  - jingle: j\n    voice: claire\n", ":7:12:", "nobody speaks"},
    {HEAD "order:\n  - say: a\n    lead: b\n", ":7:11:", "lead"},
    {HEAD "order:\n  - entries: {kinds: [question, gossip]}\n", ":6:33:", "gossip"},
    {HEAD "order:\n  - entries: {least: 4, most: 2}\n", ":6:22:", "least is more than most"},
    {HEAD "order:\n  - entries: {most: 5000}\n", ":6:21:", "200"},
    {HEAD "order:\n  - entries: {most: -1}\n", ":6:21:", ""},
    {HEAD "order:\n  - entries: {lead: \"{author}\"}\n", ":6:21:", "{author}"},
    {HEAD "order:\n  - headlines: 99\n", ":6:16:", "20"},
    {HEAD "order:\n  - pause: 61\n", ":6:12:", "60"},
    {HEAD "order:\n  - pause: -0.5\n", ":6:12:", "60"},
    {HEAD "order:\n  - pause: nan\n", ":6:12:", ""},
    {HEAD "order:\n  - breath: {least: 9, most: 2}\n", ":6:21:", "least is more than most"},
};

static void test_wrong(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(WRONG); i++) {
    g_autoptr(GBytes) bytes = g_bytes_new(WRONG[i].yaml, strlen(WRONG[i].yaml));
    g_autoptr(GError) error = NULL;
    g_autoptr(Script) script = script_parse("scripts/faux.yaml", bytes, &error);
    g_assert_null(script);
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_autofree char *opening = g_strconcat("scripts/faux.yaml", WRONG[i].place, NULL);
    if (!g_str_has_prefix(error->message, opening) || strstr(error->message, WRONG[i].words) == NULL) {
      g_test_message("row %zu: %s (wanted %s … %s)", i, error->message, opening, WRONG[i].words);
      g_test_fail();
    }
  }
}

static void test_too_long(void) {
  g_autofree char *text = g_strnfill(3000, 'a');
  g_autofree char *yaml = g_strconcat(HEAD "order:\n  - say: ", text, "\n", NULL);
  g_autoptr(GBytes) bytes = g_bytes_new(yaml, strlen(yaml));
  g_autoptr(GError) error = NULL;
  g_assert_null(script_parse("scripts/long.yaml", bytes, &error));
  g_assert_true(g_str_has_prefix(error->message, "scripts/long.yaml:6:10:"));
}

static void test_optional_keys(void) {
  g_autoptr(Script) script = day_script_of(
      HEAD "fit: at-most\nleast: \"0:30\"\ndays: 7\nrepeat: true\npauses: {least: 0, most: 0}\nclose: {most: 5}\n"
           "quiet: rien\norder:\n  - breath: {least: 0.5}\n  - entries: {kinds: [alerte, idée], empty: rien ici}\n"
           "    voice: paul\n  - headlines: 2\n    lead: titres\n  - sound: cloche.wav\n");
  g_assert_cmpint(script->least_frames, ==, 30 * FRAME_RATE);
  g_assert_cmpuint(script->days, ==, 7);
  g_assert_true(script->repeat);
  g_assert_cmpint(script->pause_most_frames, ==, 0);
  g_assert_cmpint(script->close_most_frames, ==, 5 * FRAME_RATE);
  g_assert_cmpstr(script->quiet, ==, "rien");
  g_assert_cmpint(script->blocks[0].least_frames, ==, FRAME_RATE / 2);
  g_assert_true(script->blocks[1].kinds[KIND_IDEA]);
  g_assert_cmpstr(script->blocks[1].empty, ==, "rien ici");
  g_assert_cmpstr(script->blocks[1].voice, ==, "paul");
  g_assert_cmpstr(script->blocks[2].lead, ==, "titres");
  g_assert_cmpint(script->blocks[3].type, ==, BLOCK_SOUND);
}

static void test_too_many(void) {
  g_autoptr(GString) yaml = g_string_new(HEAD "order:\n");
  for (int i = 0; i < 201; i++)
    g_string_append(yaml, "  - say: a\n");
  g_autoptr(GBytes) bytes = g_bytes_new(yaml->str, yaml->len);
  g_autoptr(GError) error = NULL;
  g_assert_null(script_parse("scripts/many.yaml", bytes, &error));
  g_assert_cmpstr(error->message, ==, "scripts/many.yaml:6:3: the running order must have from 1 to 200 items");
}

/* The file names the script. */
static void test_name(void) {
  static const char *const CASES[][2] = {
      {"scripts/midi.yaml", "midi"}, {"midi", "midi"}, {"/s/a.b.yaml", "a.b"}, {".yaml", ".yaml"}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GBytes) bytes = g_bytes_new(HEAD ORDER, strlen(HEAD ORDER));
    g_autoptr(Script) script = script_parse(CASES[i][0], bytes, NULL);
    g_assert_cmpstr(script->name, ==, CASES[i][1]);
  }
  g_autoptr(GError) error = NULL;
  g_assert_null(script_load("scripts/no-such-script.yaml", &error));
  g_assert_true(g_str_has_prefix(error->message, "scripts/no-such-script.yaml"));
}

/* Music that opens is what comes before anybody speaks. */
static void test_leading_sounds(void) {
  static const struct {
    const char *order;
    guint n;
  } CASES[] = {{"  - say: a\n  - jingle: b\n", 0},
               {"  - sound: a\n  - jingle: b\n  - pause: 1\n  - jingle: c\n", 2},
               {"  - jingle: a\n", 1}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *yaml = g_strconcat(HEAD "order:\n", CASES[i].order, NULL);
    g_autoptr(Script) script = day_script_of(yaml);
    g_assert_cmpuint(script_leading_sounds(script), ==, CASES[i].n);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/script/sample-of-the-design", test_sample_of_the_design);
  g_test_add_func("/script/shipped", test_shipped);
  g_test_add_func("/script/wrong", test_wrong);
  g_test_add_func("/script/too-long", test_too_long);
  g_test_add_func("/script/optional-keys", test_optional_keys);
  g_test_add_func("/script/too-many", test_too_many);
  g_test_add_func("/script/name", test_name);
  g_test_add_func("/script/leading-sounds", test_leading_sounds);
  return g_test_run();
}
