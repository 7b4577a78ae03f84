/* Bytes from outside, and everything that base/text.h makes of a text. */
#include "fuzz.h"

#include "base/json.h"

static void check_forms(const char *text) {
  g_autofree char *nfc = text_nfc(text), *folded = text_fold(text), *squeezed = text_squeeze(text);
  g_autofree char *again = text_nfc(nfc), *folded_again = text_fold(folded), *squeezed_again = text_squeeze(squeezed);
  promise(g_str_equal(nfc, again));
  promise(g_str_equal(folded, folded_again));
  promise(g_str_equal(squeezed, squeezed_again));
  promise(g_utf8_validate(folded, -1, NULL) && g_utf8_validate(squeezed, -1, NULL));
  g_autofree char *cut = text_ellipsize(squeezed, 40);
  promise(text_columns(cut) <= 40 && g_utf8_validate(cut, -1, NULL));
}

/* What is quoted for YAML is also JSON, and means itself. */
static void check_quote(const char *text) {
  g_autofree char *quoted = text_yaml_quote(text);
  GError *error = NULL;
  g_autoptr(JsonNode) node = json_parse("quoted", quoted, -1, &error);
  promise(node != NULL && g_str_equal(json_node_get_string(node), text));
}

/* No letter is lost or doubled by cutting into sentences. */
static void check_sentences(const char *text, const char *language) {
  g_auto(GStrv) sentences = text_sentences(text, language);
  g_autofree char *joined = g_strjoinv(" ", sentences);
  g_autofree char *before = text_fold(text), *after = text_fold(joined);
  g_auto(GStrv) words_before = g_strsplit(before, " ", -1), words_after = g_strsplit(after, " ", -1);
  g_autofree char *all_before = g_strjoinv("", words_before), *all_after = g_strjoinv("", words_after);
  promise(g_str_equal(all_before, all_after));
  for (char **one = sentences; *one != NULL; one++)
    promise(**one != '\0' && g_utf8_validate(*one, -1, NULL));
}

static void fuzz_outside(const guint8 *data, gsize nbytes) {
  g_autofree char *raw = fuzz_text(data, nbytes);
  g_autofree char *shown = text_printable(raw);
  promise(fuzz_is_printable(shown, false));
  g_autofree char *text = fuzz_clean_text(data, nbytes);
  if (text == NULL)
    return;
  if (fuzz_reads_only) {
    check_sentences(text, "fr");
    return;
  }
  promise(fuzz_is_printable(text, true));
  g_autofree char *again = fuzz_clean_text((const guint8 *)text, strlen(text));
  promise(again != NULL && g_str_equal(again, text));
  check_forms(text);
  check_quote(text);
  check_sentences(text, nbytes % 2 ? "fr" : "en");
}

FUZZ_TARGET(fuzz_outside)
