/* The entry's own words as one paragraph: without a label that its
 * introduction says already, without a title that its first sentence repeats. */
#include "editorial/phrases.h"

#include "base/text.h"

#include <string.h>

#define LABEL_BYTES 40

/* Folded labels with which people begin an entry of this kind: "Alerte : …". */
static const char *const LABELS[KIND_COUNT][16] = {
    [KIND_QUESTION] = {"question", "pregunta", NULL},
    [KIND_PROBLEM] = {"probleme", "souci", "difficulte", "problem", "issue", "problema", NULL},
    [KIND_EXPERIENCE] = {"retour d experience", "retour", "temoignage", "experience", "vecu", "testimonio",
                         "experiencia", NULL},
    [KIND_RESOURCE] = {"ressource", "a partager", "bon a savoir", "resource", "to share", "recurso", NULL},
    [KIND_IDEA] = {"idee", "proposition", "suggestion", "piste", "idea", "proposal", "propuesta", NULL},
    [KIND_FEELING] = {"ressenti", "humeur", "feeling", "mood", "sentir", NULL},
    [KIND_ANNOUNCEMENT] = {"annonce", "info", "information", "a noter", "avis", "notice", "announcement", "anuncio",
                           "aviso", NULL},
    [KIND_ALERT] = {"alerte", "attention", "vigilance", "urgent", "important", "danger", "prudence", "alert", "warning",
                    "urgente", "alerta", "atencion", "cuidado", NULL},
};

/* What follows the label of `text`, or `text` itself. Borrowed. */
static const char *after_label(const char *text, EntryKind kind) {
  const char *colon = strchr(text, ':');
  if (colon == NULL || colon - text > LABEL_BYTES || !g_ascii_isspace(colon[1]))
    return text;
  g_autofree char *head = g_strndup(text, (gsize)(colon - text));
  g_autofree char *squeezed = text_squeeze(head);
  g_autofree char *label = text_fold(squeezed);
  if (!g_strv_contains(LABELS[kind], label))
    return text;
  const char *rest = colon + strspn(colon, ": ");
  return *rest == '\0' ? text : rest;
}

/* Takes `text`. */
static char *without_label(char *text, EntryKind kind) {
  const char *rest = after_label(text, kind);
  if (rest == text)
    return text;
  char *result = text_capitalise(rest);
  g_free(text);
  return result;
}

/* Folded words of three letters or more, each cut at five, so that "ouverts" is "ouverte". Returns (g_strfreev). */
static char **stems_of(const char *text) {
  g_autofree char *folded = text_fold(text);
  GPtrArray *stems = g_ptr_array_new();
  for (const char *at = folded; *at != '\0';) {
    const char *start = at;
    while (*at != '\0' && g_unichar_isalnum(g_utf8_get_char(at)))
      at = g_utf8_next_char(at);
    if (at - start >= 3)
      g_ptr_array_add(stems, g_strndup(start, (gsize)MIN(at - start, 5)));
    else if (at == start)
      at = g_utf8_next_char(at);
  }
  g_ptr_array_add(stems, NULL);
  return (char **)g_ptr_array_free(stems, FALSE);
}

gsize phrase_first_sentence(const char *text) {
  for (const char *at = text; *at != '\0'; at++)
    if (strchr(".!?", *at) != NULL && (at[1] == ' ' || at[1] == '\0'))
      return (gsize)(at - text) + 1;
  return strlen(text);
}

static bool sentence_says(const char *text, const char *title) {
  g_autofree char *sentence = g_strndup(text, phrase_first_sentence(text));
  g_auto(GStrv) said = stems_of(sentence), wanted = stems_of(title);
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_strv_contains((const char *const *)said, wanted[i]))
      return false;
  return wanted[0] != NULL;
}

static bool is_one_of(gunichar c, const char *set) {
  return g_utf8_strchr(set, -1, c) != NULL;
}

/* Before the quotation marks and brackets that close it. */
static bool ends_sentence(const char *text) {
  const char *end = text + strlen(text);
  while (end > text && is_one_of(g_utf8_get_char(g_utf8_prev_char(end)), "\"')»”’ "))
    end = g_utf8_prev_char(end);
  return end > text && is_one_of(g_utf8_get_char(g_utf8_prev_char(end)), ".!?…:;");
}

/* `text` with a full stop when nothing closes it. Takes `text`. */
static char *close_sentence(char *text) {
  if (*text == '\0' || ends_sentence(text))
    return text;
  char *closed = g_strconcat(text, ".", NULL);
  g_free(text);
  return closed;
}

char *phrase_words(const Entry *entry) {
  g_autofree char *text = without_label(text_squeeze(entry->text == NULL ? "" : entry->text), entry->kind);
  g_autofree char *title = without_label(text_squeeze(entry->title == NULL ? "" : entry->title), entry->kind);
  if (*title == '\0' || sentence_says(text, title))
    return close_sentence(g_steal_pointer(&text));
  title = close_sentence(g_steal_pointer(&title));
  if (*text == '\0')
    return g_steal_pointer(&title);
  text = close_sentence(g_steal_pointer(&text));
  return g_strjoin(" ", title, text, NULL);
}

bool phrase_opens_with_colon(const char *words) {
  gsize n = phrase_first_sentence(words);
  for (const char *at = words; at + 1 < words + n; at++)
    if (*at == ':' && g_ascii_isspace(at[1]))
      return true;
  return false;
}

bool phrase_repeats(const char *template, const char *words) {
  g_autofree char *head = g_utf8_substring(words, 0, MIN(g_utf8_strlen(words, 400), 60));
  g_auto(GStrv) said = stems_of(head), wanted = stems_of(template);
  for (guint i = 0; wanted[i] != NULL; i++)
    if (strlen(wanted[i]) >= 4 && g_strv_contains((const char *const *)said, wanted[i]))
      return true;
  return false;
}
