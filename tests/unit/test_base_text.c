/* Text from outside in every encoding, and the forms it takes inside. */
#include "base/text.h"

#include "base_folder.h"

#include <yaml.h>

static char *outside(const char *data, gssize nbytes, TextEncoding *encoding, GError **error) {
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, nbytes < 0 ? strlen(data) : (gsize)nbytes);
  return text_from_outside("pad.txt", bytes, encoding, error);
}

static void test_encodings(void) {
  static const struct {
    const char *data;
    gssize nbytes;
    TextEncoding encoding;
    const char *wanted;
  } rows[] = {
      {"été", -1, TEXT_UTF8, "été"},
      {"\xef\xbb\xbf"
       "été",
       -1, TEXT_UTF8_BOM, "été"},
      {"\xff\xfe\xe9\0t\0\xe9\0", 8, TEXT_UTF16, "été"},
      {"\xfe\xff\0\xe9\0t\0\xe9", 8, TEXT_UTF16, "été"},
      {"\xff\xfe\x3d\xd8\x4b\xdc", 6, TEXT_UTF16, "👋"},
      {"\xe9t\xe9 \x93oui\x94 \x80 \x9cuvre", -1, TEXT_LATIN1, "été “oui” € œuvre"},
      {"caf\xe9 \x81\x8d.", -1, TEXT_LATIN1, "café ."}, /* bytes that Windows-1252 does not use */
      {"e\xcc\x81t\xc3\xa9", -1, TEXT_UTF8, "été"},     /* NFC */
      {"a\r\nb\rc\n\fd\xc2\x85"
       "e",
       -1, TEXT_UTF8, "a\nb\nc\n\nd\ne"},
      {"a\x1b[31mb\x07"
       "c\x7f\xc2\x9b"
       "d\te",
       -1, TEXT_UTF8, "abcd\te"},
      {"\x1b[1;31mrouge\x1b[0m \x1b[ qet\x1b(B \x1b[?25lbleu", -1, TEXT_UTF8, "rouge et bleu"},
      {"\x1b]0;titre\x07"
       "a \x1b]8;;http://x.example\x1b\\lien\x1b]8;;\x1b\\ \x1bPq\x1b\\b",
       -1, TEXT_UTF8, "a lien b"},
      {"a\x1b]0;pas fini\nb\x1b[12\nc\x1b[é\x1b[", -1, TEXT_UTF8, "a0;pas fini\nb\ncé"},
      {"a\x1b", -1, TEXT_UTF8, "a"},
      {"\xab\xa0"
       "CAF\xc9\xa0\xbb, \xe9t\xe9\xa0\xbb",
       -1, TEXT_LATIN1,
       "«\xc2\xa0"
       "CAFÉ\xc2\xa0», été\xc2\xa0»"},
      {"a\xe2\x80\xae"
       "b\xe2\x81\xa6"
       "c\xe2\x80\x8f"
       "d\xef\xbb\xbf"
       "e",
       -1, TEXT_UTF8, "abcde"},
      {"RIFF de guitare", -1, TEXT_UTF8, "RIFF de guitare"},
      {"ID3 : comment faire ?", -1, TEXT_UTF8, "ID3 : comment faire ?"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    TextEncoding encoding;
    g_autofree char *text = outside(rows[i].data, rows[i].nbytes, &encoding, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(text, ==, rows[i].wanted);
    g_assert_cmpint((int)encoding, ==, (int)rows[i].encoding);
  }
}

static void test_refused(void) {
  static const struct {
    const char *data;
    gssize nbytes;
    const char *words;
  } rows[] = {
      {"", 0, "empty"},
      {" \n\t", -1, "empty"},
      {"\xef\xbb\xbf", -1, "empty"},
      {"\xff\xfe", 2, "empty"},
      {"\x1b\x07", -1, "empty"},
      {"abc\0def", 7, "zero bytes"},
      {"\xff\xfe"
       "a\0b",
       5, "damaged UTF-16"},
      {"\xff\xfe"
       "a\0\0\0b\0",
       8, "damaged UTF-16"},
      {"\xff\xfe\x00\xd8"
       "a\0",
       6, "damaged UTF-16"},
      {"\xff\xfe\0\0a\0\0\0", 8, "damaged UTF-16"}, /* UTF-32 */
      {"%PDF-1.4", -1, "a PDF, not text"},
      {"PK\x03\x04", -1, "office document"},
      {"RIFF\x10\0\0\0WAVE", 12, "a sound or a picture"},
      {"ID3\x03\0\0\0", 7, "a sound"},
      {"\x89PNG\r\n", -1, "a picture"},
      {"été\nhiver é\n\xc3 à la fin", -1, "pad.txt:3: damaged UTF-8"},
      {"- bonjour \xc3\xa9t\xc3 tout le monde \xe9\n", -1, "pad.txt:1: damaged UTF-8"},
      {"Le café ouvre.\n- Une ligne coup\xe9"
       "e",
       -1, "pad.txt:2: damaged UTF-8"},
      {"l\xe2\x80\x99heure \xe9t\xe9 \xe0 \xe7", -1, "pad.txt:1: damaged UTF-8"},
      {"H\xe2\x82\x82O \xe9t\xe9 \xe0 \xe7", -1, "pad.txt:1: damaged UTF-8"},
      {"\xf0\x9f\x99\x82 \xe9t\xe9 \xe0 \xe7", -1, "pad.txt:1: damaged UTF-8"},
      {"\xd0\xbf\xd1\x80\xd0\xb8\n\xff", -1, "pad.txt:2: damaged UTF-8"},
      {"\xef\xbb\xbf"
       "a\nb\xe9",
       -1, "pad.txt:2: damaged UTF-8"},
      {"\x9c\x02\x11\x7f\x03\x90\x05\x06\xe3\x01", -1, "not text in"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(outside(rows[i].data, rows[i].nbytes, NULL, &error));
    g_assert_true(g_str_has_prefix(error->message, "pad.txt:"));
    assert_failed(&error, CARNET_ERROR_INPUT, rows[i].words);
  }
}

/* Sorting a run of marks takes the square of its length: 1 MB of them must not hold the program. */
static void test_marks(void) {
  GString *data = g_string_new("a");
  while (data->len < (1u << 20))
    g_string_append(data, "\xcc\x81\xcc\xa3"); /* above, below: always out of order */
  g_autofree char *text = outside(data->str, (gssize)data->len, NULL, NULL);
  g_assert_cmpuint(strlen(text), <, 100);
  g_string_free(data, TRUE);
}

static void test_fold(void) {
  static const struct {
    const char *text, *wanted;
  } rows[] = {
      {"  L’Œuvre d'Été — CŒUR : naïveté, ÇA & 12 m²  ", "l oeuvre d ete coeur naivete ca 12 m2"},
      {"e\xcc\x81", "e"},
      {"", ""},
      {"!?…", ""},
      {"Straße", "strasse"},
      {"n° 5", "n 5"},
      {"æ Æ", "ae ae"},
      {"ﬁn", "fin"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *folded = text_fold(rows[i].text);
    g_assert_cmpstr(folded, ==, rows[i].wanted);
  }
}

static void test_printable(void) {
  g_autofree char *text = text_printable("a\nb\tc\x1b[2J\x7f\xc2\x9b\xe2\x80\xae\xff"
                                         "é\xe2\x80\xa8z");
  g_assert_cmpstr(text, ==, "a b c\\x1B[2J\\x7F\\u{009B}\\u{202E}\\xFFé z");
  g_autofree char *paragraphs = text_printable("a\xe2\x80\xa9"
                                               "b");
  g_assert_cmpstr(paragraphs, ==, "a b");
  g_autofree char *cut = text_printable("a\xc3");
  g_assert_cmpstr(cut, ==, "a\\xC3");
  g_autofree char *tag = text_printable("\xf3\xa0\x81\x81");
  g_assert_cmpstr(tag, ==, "\\u{E0041}");
}

static void test_columns(void) {
  static const struct {
    const char *text;
    guint columns;
    const char *wanted;
  } rows[] = {
      {"bonjour", 7, "bonjour"},
      {"bonjour", 6, "bonjo…"},
      {"bonjour", 1, "…"},
      {"bonjour", 0, ""},
      {"", 0, ""},
      {"日本語", 6, "日本語"},
      {"日本語", 5, "日本…"},
      {"日本語", 4, "日…"},
      {"日本語", 2, "…"},
      {"e\xcc\x81"
       "e\xcc\x81"
       "e\xcc\x81",
       2, "e\xcc\x81…"},
      {"un deux", 4, "un…"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *text = text_ellipsize(rows[i].text, rows[i].columns);
    g_assert_cmpstr(text, ==, rows[i].wanted);
    g_assert_cmpuint(text_columns(text), <=, rows[i].columns);
  }
  g_assert_cmpuint(text_columns("日e\xcc\x81"), ==, 3);
  g_assert_cmpuint(text_columns("का"), ==, 2); /* a mark that stands beside its letter */
}

static void test_with_lf(void) {
  static const struct {
    const char *text, *is;
  } rows[] = {{"", ""}, {"a\r\nb\r\n", "a\nb\n"}, {"a\nb\r", "a\nb\r"}, {"\r\n\r\n", "\n\n"}, {"\r\r\n", "\r\n"}};
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *text = text_with_lf(rows[i].text);
    g_assert_cmpstr(text, ==, rows[i].is);
  }
}

static void test_squeeze(void) {
  g_autofree char *text = text_squeeze("\xc2\xa0 a\xe2\x80\xaf!\n\t b\xe2\x80\x8b\xe3\x80\x80"
                                       "c\xe2\x80\xa8");
  g_assert_cmpstr(text, ==, "a ! b c");
}

static void assert_sentences(const char *language, const char *text, const char *wanted) {
  g_auto(GStrv) sentences = text_sentences(text, language);
  g_autofree char *joined = g_strjoinv("|", sentences);
  g_assert_cmpstr(joined, ==, wanted);
}

static void test_sentences(void) {
  assert_sentences("fr", "M. Dupont arrive. Mme. Durand part.", "M. Dupont arrive.|Mme. Durand part.");
  assert_sentences("fr", "Voir p. ex. Marie, n° 5. Cf. Paul (av. Foch). Fin.",
                   "Voir p. ex. Marie, n° 5.|Cf. Paul (av. Foch).|Fin.");
  assert_sentences("fr-FR", "Dr. Le Goff ! Vraiment ? Oui… « Bien. »", "Dr. Le Goff !|Vraiment ?|Oui… « Bien. »");
  assert_sentences("fr", "sans point\n\nautre ligne, M.\nDupont", "sans point|autre ligne, M.|Dupont");
  assert_sentences("fr", "\xc2\xa0Oui !\xc2\xa0 Non.\xc2\xa0", "Oui !|Non.");
  assert_sentences("en", "Mr. Smith came, e.g. Monday. St. Ives is near.",
                   "Mr. Smith came, e.g. Monday.|St. Ives is near.");
  assert_sentences("es", "El Sr. Gil vive en la pág. 5. ¿Sí? ¡Claro!", "El Sr. Gil vive en la pág. 5.|¿Sí?|¡Claro!");
  assert_sentences("fr", "Il dit \xe2\x80\x9cOui. \xe2\x80\x9d Elle part. (Enfin. ) Fin.",
                   "Il dit \xe2\x80\x9cOui. \xe2\x80\x9d Elle part.|(Enfin. ) Fin.");
  assert_sentences("de", "Das ist so. Ja.", "Das ist so.|Ja.");
  assert_sentences("zz", "One. Two.", "One.|Two.");
  assert_sentences("fr", "", "");
  assert_sentences("fr", " \n ", "");
}

/* 1 MB of abbreviations: each break is judged by its last words, not by all before it. */
static void test_sentences_long(void) {
  GString *text = g_string_new(NULL);
  while (text->len < (1u << 20))
    g_string_append(text, "St. Ex. av. ");
  g_auto(GStrv) sentences = text_sentences(text->str, "fr");
  g_assert_cmpuint(g_strv_length(sentences), >=, 1);
  g_string_free(text, TRUE);
}

/* What libyaml reads from `quoted`. */
static char *read_scalar(const char *quoted) {
  yaml_parser_t parser;
  yaml_document_t document;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, (const unsigned char *)quoted, strlen(quoted));
  g_assert_cmpint(yaml_parser_load(&parser, &document), ==, 1);
  const yaml_node_t *root = yaml_document_get_root_node(&document);
  g_assert_cmpint((int)root->type, ==, (int)YAML_SCALAR_NODE);
  char *value = g_strndup((const char *)root->data.scalar.value, root->data.scalar.length);
  yaml_document_delete(&document);
  yaml_parser_delete(&parser);
  return value;
}

static void test_yaml_quote(void) {
  g_autoptr(GString) all = g_string_new("\"quoted\" \\ # : - {a: [b]} 'c' %TAG &d *e !f\n\t\r");
  for (gunichar c = 1; c < 0x3000; c++)
    g_string_append_unichar(all, c);
  g_string_append(all, "\xef\xbb\xbf\xef\xbf\xbd\xef\xbf\xbe\xef\xbf\xbf👋  ");
  g_autofree char *quoted = text_yaml_quote(all->str);
  g_assert_null(strchr(quoted, '\n'));
  g_autofree char *read = read_scalar(quoted);
  g_assert_cmpstr(read, ==, all->str);
  g_autofree char *empty = text_yaml_quote("");
  g_assert_cmpstr(empty, ==, "\"\"");
}

static void test_digest(void) {
  g_autofree char *ab_c = text_digest("ab", "c", NULL), *a_bc = text_digest("a", "bc", NULL);
  g_autofree char *abc = text_digest("abc", NULL), *abc_ = text_digest("abc", "", NULL),
                  *again = text_digest("ab", "c", NULL);
  g_assert_cmpstr(ab_c, !=, a_bc);
  g_assert_cmpstr(abc, !=, ab_c);
  g_assert_cmpstr(abc, !=, abc_);
  g_assert_cmpstr(ab_c, ==, again);
  g_assert_cmpuint(strlen(abc), ==, 64);
  g_autofree char *plain = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "3:abc", -1);
  g_assert_cmpstr(abc, ==, plain);
}

static void test_blank(void) {
  static const char *const BLANK[] = {NULL, "", " ", "\t\r\n", "\xc2\xa0\xe2\x80\xaf"}, *const FULL[] = {".", " a",
                                                                                                         "\xc2\xa0é"};
  for (gsize i = 0; i < G_N_ELEMENTS(BLANK); i++)
    g_assert_true(text_is_blank(BLANK[i]));
  for (gsize i = 0; i < G_N_ELEMENTS(FULL); i++)
    g_assert_false(text_is_blank(FULL[i]));
}

static void test_head(void) {
  static const struct {
    const char *text;
    gsize most;
    const char *head;
  } CASES[] = {{"été", 9, "été"}, {"été", 5, "été"}, {"été", 4, "ét"}, {"été", 3, "ét"}, {"été", 1, ""}, {"", 3, ""}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *head = text_head(CASES[i].text, CASES[i].most);
    g_assert_cmpstr(head, ==, CASES[i].head);
  }
}

static void test_capitalise(void) {
  static const char *const CASES[][2] = {
      {"", ""}, {"été", "Été"}, {"Été", "Été"}, {"12 h", "12 h"}, {"l'école", "L'école"}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *text = text_capitalise(CASES[i][0]);
    g_assert_cmpstr(text, ==, CASES[i][1]);
  }
}

/* What a terminal would obey and nobody can see goes out of a text; what stands beside it stays. */
static void test_dropped(void) {
  static const struct {
    const char *given, *kept;
  } rows[] = {
      {"a\033[31mrouge\033[0mb", "arougeb"},
      {"a\033[12", "a"},
      {"a\033]0;titre\ab", "ab"},
      {"a\033]0;titre\033\\b", "ab"},
      {"a\033]0;jamais fini\nb", "a0;jamais fini\nb"},
      {"a\033]0;jamais fini", "a0;jamais fini"},
      {"a\033]0;x\033[1mb", "a0;xb"},
      {"a\033[1\x7f"
       "b",
       "ab"},
      {"a\033( b", "a( b"},
      {"a\fb\vc", "a\nb\nc"},
      {"a\xF3\xA0\x84\x80"
       "b",
       "a\xF3\xA0\x84\x80"
       "b"},
      {"a\033(Bb", "ab"},
      {"a\033=b", "a=b"},
      {"a\xE2\x80\xA8"
       "b\xE2\x80\xA9"
       "c",
       "a\nb\nc"},
      {"a\xC2\x85"
       "b",
       "a\nb"},
      {"a\xE2\x80\x8E"
       "b\xE2\x80\x8F"
       "c\xE2\x80\xAE"
       "d\xE2\x81\xA6"
       "e\xD8\x9C"
       "f",
       "abcdef"},
      {"a\xEF\xBF\xB9"
       "b\xF3\xA0\x81\x81"
       "c",
       "abc"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].given, strlen(rows[i].given));
    g_autofree char *kept = text_from_outside("x", bytes, NULL, &error);
    g_assert_no_error(error);
    g_test_message("%u: %s", (guint)i, rows[i].given);
    g_assert_cmpstr(kept, ==, rows[i].kept);
  }
}

/* No NULL, no letter, no text at all. */
static void test_nothing(void) {
  g_autofree char *nfc = text_nfc(""), *fold = text_fold("…"), *no_text = text_fold("\xff"),
                  *cut = text_ellipsize("", 5);
  g_assert_cmpstr(nfc, ==, "");
  g_assert_cmpstr(fold, ==, "");
  g_assert_cmpstr(no_text, ==, "");
  g_assert_cmpstr(cut, ==, "");
  g_auto(GStrv) none = text_sentences("", "fr"), odd = text_sentences("Un. Deux », (Trois). M. Le Goff", "xx");
  g_assert_cmpuint(g_strv_length(none), ==, 0);
  g_assert_cmpuint(g_strv_length(odd), >=, 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/text/dropped", test_dropped);
  g_test_add_func("/text/nothing", test_nothing);
  g_test_add_func("/text/encodings", test_encodings);
  g_test_add_func("/text/refused", test_refused);
  g_test_add_func("/text/marks", test_marks);
  g_test_add_func("/text/fold", test_fold);
  g_test_add_func("/text/printable", test_printable);
  g_test_add_func("/text/columns", test_columns);
  g_test_add_func("/text/with-lf", test_with_lf);
  g_test_add_func("/text/squeeze", test_squeeze);
  g_test_add_func("/text/blank", test_blank);
  g_test_add_func("/text/head", test_head);
  g_test_add_func("/text/capitalise", test_capitalise);
  g_test_add_func("/text/sentences", test_sentences);
  g_test_add_func("/text/sentences-long", test_sentences_long);
  g_test_add_func("/text/yaml-quote", test_yaml_quote);
  g_test_add_func("/text/digest", test_digest);
  return g_test_run();
}
