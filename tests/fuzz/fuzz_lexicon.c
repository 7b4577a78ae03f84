/* A lexicon (voices/lexicon.LANG.yaml), applied to the text that follows it after a line of "%". */
#include "spoken.h"

#include "speech/normalise.h"

#define LINE_BETWEEN "\n%\n"

static void fuzz_lexicon(const guint8 *data, gsize nbytes) {
  const guint8 *between = memmem(data, nbytes, LINE_BETWEEN, strlen(LINE_BETWEEN));
  gsize file_bytes = between != NULL ? (gsize)(between - data) : nbytes;
  const guint8 *rest = between != NULL ? between + strlen(LINE_BETWEEN) : data;
  GError *error = NULL;
  g_autoptr(Lexicon) lexicon = lexicon_load(fuzz_file(data, file_bytes), &error);
  if (lexicon == NULL)
    fuzz_refused(error);
  g_autofree char *text = fuzz_clean_text(rest, nbytes - (gsize)(rest - data));
  if (text == NULL)
    return;
  g_autofree char *applied = lexicon_apply(lexicon, text);
  if (fuzz_reads_only)
    return;
  promise(g_utf8_validate(applied, -1, NULL));
  promise(lexicon_count(lexicon) > 0 || g_str_equal(applied, text));
  g_autofree char *said = normalise_text(text, "fr", lexicon);
  promise(g_utf8_validate(said, -1, NULL));
  check_phrases(said, "fr");
}

FUZZ_TARGET(fuzz_lexicon)
