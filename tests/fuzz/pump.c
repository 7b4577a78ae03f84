/* Slow texts: a piece of a text that the fuzzers found is repeated to a megabyte in its place, and the reader's
 * processor time is taken, at a quarter of the length too. More than LIMIT_S and LINE_S a line (each
 * may be an entry), or growing faster than the length, is a finding.
 *   pump SECONDS FOLDER   (FOLDER/seeds and FOLDER/corpus are read, FOLDER/found written; the seed is printed)
 *   pump NAME FILE        (one again: what target NAME needs for FILE) */
#define FUZZ_INCLUDED
#include "fuzz_bulletin.c"
#include "fuzz_csv.c"
#include "fuzz_cues.c"
#include "fuzz_entry.c"
#include "fuzz_lexicon.c"
#include "fuzz_normalise.c"
#include "fuzz_outside.c"
#include "fuzz_pad.c"
#include "fuzz_rundown.c"
#include "fuzz_script.c"
#include "fuzz_station.c"
#include "fuzz_transcript.c"
#include "fuzz_voice.c"

#include <time.h>

#define LENGTH (1u << 20)
#define LIMIT_S 3.0 /* twice what the slowest linear reader needs on the slowest machine so far */
#define LINE_S 12e-6
#define GROWTH_LIMIT 7.0    /* from a quarter to the whole: 4 when linear */
#define GROWTH_COUNTS_S 0.3 /* below it is the clock's noise */
#define PIECE_MAX 4096

static const struct {
  const char *name;
  FuzzTarget target;
} readers[] = {
    {"bulletin", fuzz_bulletin}, {"csv", fuzz_csv},         {"cues", fuzz_cues},
    {"entry", fuzz_entry},       {"lexicon", fuzz_lexicon}, {"normalise", fuzz_normalise},
    {"outside", fuzz_outside},   {"pad", fuzz_pad},         {"rundown", fuzz_rundown},
    {"script", fuzz_script},     {"station", fuzz_station}, {"transcript", fuzz_transcript},
    {"voice", fuzz_voice},
};

static double cost_of(FuzzTarget target, const GString *text) {
  struct timespec before, after;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
  target((const guint8 *)text->str, text->len);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
  return (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) / 1e9;
}

/* Bytes [from, until) of `seed` as often as `length` asks, the rest where it is. */
static GString *blow_up(const guint8 *seed, gsize nbytes, gsize from, gsize until, gsize length) {
  GString *text = g_string_sized_new(length + PIECE_MAX);
  g_string_append_len(text, (const char *)seed, (gssize)from);
  while (text->len + nbytes - until < length)
    g_string_append_len(text, (const char *)seed + from, (gssize)(until - from));
  g_string_append_len(text, (const char *)seed + until, (gssize)(nbytes - until));
  return text;
}

/* Half of the pieces are whole lines: most readers go by lines. */
static void choose_piece(GRand *random, const guint8 *seed, gsize nbytes, gsize *from, gsize *until) {
  *from = (gsize)g_rand_int_range(random, 0, (gint32)nbytes);
  *until = *from + 1 + (gsize)g_rand_int_range(random, 0, (gint32)MIN(nbytes - *from, 200));
  if (g_rand_boolean(random))
    return;
  while (*from > 0 && seed[*from - 1] != '\n')
    (*from)--;
  while (*until < nbytes && seed[*until - 1] != '\n')
    (*until)++;
}

static double cost_at(FuzzTarget target, const guint8 *seed, gsize nbytes, gsize from, gsize until, gsize length) {
  g_autoptr(GString) text = blow_up(seed, nbytes, from, until, length);
  return cost_of(target, text);
}

/* Costs of a quarter and of the whole. What cannot become slow, were it to grow with the square, is left early. */
static bool is_slow(FuzzTarget target, const guint8 *seed, gsize nbytes, gsize from, gsize until, double costs[2]) {
  costs[0] = costs[1] = 0;
  if (cost_at(target, seed, nbytes, from, until, LENGTH / 16) < GROWTH_COUNTS_S / 256)
    return false;
  costs[0] = cost_at(target, seed, nbytes, from, until, LENGTH / 4);
  if (costs[0] < GROWTH_COUNTS_S / 16)
    return false;
  g_autoptr(GString) whole = blow_up(seed, nbytes, from, until, LENGTH);
  costs[1] = cost_of(target, whole);
  bool outgrows = costs[1] > GROWTH_COUNTS_S && costs[1] > GROWTH_LIMIT * costs[0];
  return outgrows || costs[1] > LIMIT_S + LINE_S * lines_of(whole->str);
}

static void keep_slow(const char *folder, const char *name, const guint8 *seed, gsize nbytes, gsize from, gsize until) {
  g_autofree char *file = g_strdup_printf("%s/found/pump-%s", folder, name);
  g_autoptr(GString) whole = blow_up(seed, nbytes, from, until, LENGTH);
  g_autofree char *piece = g_strndup((const char *)seed + from, until - from), *shown = text_printable(piece);
  g_file_set_contents(file, whole->str, (gssize)whole->len, NULL);
  printf("    the piece: %s\n    again: build/fuzz/plain/pump %s %s\n", shown, name, file);
}

/* Twice, so that another program's haste is not taken for ours. */
static bool try_piece(GRand *random, guint i, const guint8 *seed, gsize nbytes, const char *folder) {
  gsize from, until;
  double costs[2], again[2];
  choose_piece(random, seed, nbytes, &from, &until);
  if (!is_slow(readers[i].target, seed, nbytes, from, until, costs) ||
      !is_slow(readers[i].target, seed, nbytes, from, until, again))
    return true;
  printf("slow: %s needs %.2f s for 256 KiB, %.2f s for 1 MiB\n", readers[i].name, again[0], again[1]);
  keep_slow(folder, readers[i].name, seed, nbytes, from, until);
  return false;
}

static void list_files(const char *folder, const char *kind, const char *name, GPtrArray *files) {
  g_autofree char *path = g_build_filename(folder, kind, name, NULL);
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  for (const char *file; dir != NULL && (file = g_dir_read_name(dir)) != NULL;)
    g_ptr_array_add(files, g_build_filename(path, file, NULL));
}

static bool try_file(GRand *random, guint i, const GPtrArray *files, const char *folder) {
  g_autofree char *bytes = NULL;
  gsize nbytes = 0;
  const char *file = files->pdata[g_rand_int_range(random, 0, (gint32)files->len)];
  if (!g_file_get_contents(file, &bytes, &nbytes, NULL) || nbytes == 0)
    return true;
  return try_piece(random, i, (const guint8 *)bytes, MIN(nbytes, PIECE_MAX), folder);
}

static bool run_for(double seconds, const char *folder) {
  guint32 seed = g_random_int();
  guint pieces = 0, slow = 0;
  g_autoptr(GRand) random = g_rand_new_with_seed(seed);
  g_autoptr(GTimer) timer = g_timer_new();
  bool is_found[G_N_ELEMENTS(readers)] = {false};
  GPtrArray *files[G_N_ELEMENTS(readers)];
  for (guint i = 0; i < G_N_ELEMENTS(readers); i++) {
    files[i] = g_ptr_array_new_with_free_func(g_free);
    list_files(folder, "seeds", readers[i].name, files[i]);
    list_files(folder, "corpus", readers[i].name, files[i]);
  }
  setvbuf(stdout, NULL, _IOLBF, 0); /* read while it runs */
  while (g_timer_elapsed(timer, NULL) < seconds) {
    guint i = pieces++ % G_N_ELEMENTS(readers);
    if (files[i]->len == 0 || is_found[i] || try_file(random, i, files[i], folder))
      continue;
    is_found[i] = true;
    slow++;
  }
  for (guint i = 0; i < G_N_ELEMENTS(readers); i++)
    g_ptr_array_unref(files[i]);
  printf("seed %u: %u texts, %u readers slow\n", seed, pieces, slow);
  return slow == 0;
}

static int run_one(const char *name, const char *file) {
  g_autofree char *bytes = NULL;
  gsize nbytes = 0;
  if (!g_file_get_contents(file, &bytes, &nbytes, NULL))
    return 3;
  g_autoptr(GString) text = g_string_new_len(bytes, (gssize)nbytes);
  for (guint i = 0; i < G_N_ELEMENTS(readers); i++)
    if (g_str_equal(readers[i].name, name))
      printf("%s: %.3f s for %zu bytes\n", name, cost_of(readers[i].target, text), text->len);
  return 0;
}

int main(int argc, char **argv) {
  char *end = NULL;
  double seconds = argc > 2 ? g_ascii_strtod(argv[1], &end) : 0;
  fuzz_reads_only = true;
  if (argc < 3)
    return 2;
  if (*end != '\0')
    return run_one(argv[1], argv[2]);
  return run_for(seconds, argv[2]) ? 0 : 1;
}
