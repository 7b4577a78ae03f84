#include "sources/links.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

static const char *const schemes[] = {"https://", "http://", "ftp://", "www.", NULL};

static const char *scheme_at(const char *p) {
  for (guint i = 0; schemes[i] != NULL; i++) {
    gsize n = strlen(schemes[i]);
    if (g_ascii_strncasecmp(p, schemes[i], n) == 0 && g_ascii_isalnum(p[n])) {
      return schemes[i];
    }
  }
  return NULL;
}

static const char *address_end(const char *p) {
  const char *end = p;
  while (*end != '\0' && !g_unichar_isspace(g_utf8_get_char(end)) && strchr("<>\"|\\^`{}", *end) == NULL &&
         !g_str_has_prefix(end, "»") && !g_str_has_prefix(end, "”") && !g_str_has_prefix(end, "…")) {
    end = g_utf8_next_char(end);
  }
  gssize open = 0;
  for (const char *q = p; q < end; q++) {
    open += (*q == '(' || *q == '[') ? 1 : 0;
    open -= (*q == ')' || *q == ']') ? 1 : 0;
  }
  for (;;) {
    char last = end[-1];
    if ((last == ')' || last == ']') && open < 0) {
      open++;
    } else if (strchr(".,;:!?'*_", last) == NULL) {
      return end;
    }
    end--;
  }
}

/* The list, and what is in it: a line may hold addresses by the ten thousand. */
typedef struct {
  GPtrArray *list;
  GHashTable *seen; /* borrows from the list */
} Links;

static void add_link(Links *links, const char *start, gsize nbytes) {
  char *link = g_ascii_strncasecmp(start, "www.", 4) == 0 ? g_strdup_printf("http://%.*s", (int)nbytes, start)
                                                          : g_strndup(start, nbytes);
  if (g_hash_table_contains(links->seen, link)) {
    g_free(link);
    return;
  }
  g_ptr_array_add(links->list, link);
  g_hash_table_add(links->seen, link);
}

/* "[words](address)" at `p` (the bracket): sets where the words end and the address starts. */
static bool markdown_link(const char *p, const char **words_end, const char **address) {
  const char *close = p + 1;
  while (*close != '\0' && *close != ']' && *close != '[' && close - p < 300) {
    close++;
  }
  if (*close != ']' || close[1] != '(' || scheme_at(close + 2) == NULL || close == p + 1) {
    return false;
  }
  *words_end = close;
  *address = close + 2;
  return true;
}

/* Takes off `out` what an address leaves behind: the opening of "( … )", and
 * blanks, and the full stop of a sentence that had ended before it. Returns where to go on: after the closing sign
 * that matched. */
static const char *tidy_gap(GString *out, const char *p) {
  static const struct {
    const char *open, *close;
  } pairs[] = {
      {"(", ")"}, {"[", "]"}, {"<", ">"}, {"«", "»"}, {"\"", "\""}, {"“", "”"},
  };
  while (out->len > 0 && out->str[out->len - 1] == ' ') {
    g_string_truncate(out, out->len - 1);
  }
  const char *next = p;
  while (*next == ' ') {
    next++;
  }
  for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
    gsize n = strlen(pairs[i].open);
    if (out->len >= n && memcmp(out->str + out->len - n, pairs[i].open, n) == 0 &&
        g_str_has_prefix(next, pairs[i].close)) {
      g_string_truncate(out, out->len - n);
      return tidy_gap(out, next + strlen(pairs[i].close));
    }
  }
  if (*next != '\0' && strchr(".,;)!?", *next) != NULL) {
    while (out->len > 0 && strchr(" :,-", out->str[out->len - 1]) != NULL) {
      g_string_truncate(out, out->len - 1);
    }
    bool ended = out->len > 0 && (strchr(".!?", out->str[out->len - 1]) != NULL || g_str_has_suffix(out->str, "…"));
    return ended && strchr(".!?", *next) != NULL ? next + strspn(next, ".!?") : next;
  }
  if (out->len > 0 && *next != '\0') {
    g_string_append_c(out, ' ');
  }
  return next;
}

/* The ends of a text out of which an address was taken: no hanging sign, no "voir" that points at nothing. */
static char *tidy_ends(const char *text, bool ended_with_link) {
  g_autofree char *words = text_squeeze(text);
  static const char *const tails[] = {":", "-", "(", ",", ";", "–", "—", "→", "=", NULL};
  static const char *const pointers[] = {" voir", " cf", " see", " ver", " ici", NULL};
  gsize length = strlen(words);
  for (guint i = 0; tails[i] != NULL; i++) {
    gsize n = strlen(tails[i]);
    if (length >= n && memcmp(words + length - n, tails[i], n) == 0) {
      for (length -= n; length > 0 && words[length - 1] == ' ';) {
        length--;
      }
      i = (guint)-1;
    }
  }
  words[length] = '\0';
  for (guint i = 0; pointers[i] != NULL; i++) {
    gsize n = strlen(words), m = strlen(pointers[i]);
    if (n > m && g_ascii_strcasecmp(words + n - m, pointers[i]) == 0 && strchr(",;:.(", words[n - m - 1]) != NULL) {
      words[n - m - (strchr(".", words[n - m - 1]) != NULL ? 0 : 1)] = '\0';
      break;
    }
  }
  static const char *const prepositions[] = {" sur", " via", " at", " on",
                                             " à",   " in",  " en", NULL}; /* "modèle sur https://…" */
  for (guint i = 0; ended_with_link && prepositions[i] != NULL; i++) {
    if (g_str_has_suffix(words, prepositions[i])) {
      words[strlen(words) - strlen(prepositions[i])] = '\0';
      break;
    }
  }
  return text_squeeze(words + strspn(words, " :-,;.)"));
}

/* ", et " between two addresses. */
static bool is_between_links(const char *text) {
  static const char *const words[] = {"", "et", "ou", "puis", "and", "or", "y", "o", NULL};
  g_autofree char *folded = strlen(text) < 12 ? text_fold(text) : NULL;
  return folded != NULL && g_strv_contains(words, folded);
}

char *links_take(const char *text, GPtrArray *list) {
  g_autoptr(GString) out = g_string_new(NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  Links links = {list, seen};
  for (guint i = 0; i < list->len; i++) {
    g_hash_table_add(seen, list->pdata[i]);
  }
  guint taken = 0;
  bool last_at_end = false; /* the text ended with a bare address */
  gsize after_last = 0;     /* where `out` goes on after the address before */
  for (const char *p = text; *p != '\0';) {
    const char *words_end = NULL, *address = NULL;
    bool at_word = p == text || !g_ascii_isalnum(p[-1]);
    if (*p == '[' && markdown_link(p, &words_end, &address)) {
      const char *end = address_end(address);
      g_string_append_len(out, p + 1, words_end - p - 1);
      add_link(&links, address, (gsize)(end - address));
      const char *title = *end == ' ' && end[1] == '"' ? strstr(end, "\")") : NULL; /* (address "title") */
      end = title != NULL ? title + 1 : end;
      p = *end == ')' ? end + 1 : end;
      after_last = out->len;
      taken++;
    } else if (at_word && strchr("hHfFwW", *p) != NULL && scheme_at(p) != NULL) {
      const char *end = address_end(p);
      add_link(&links, p, (gsize)(end - p));
      if (taken > 0 && is_between_links(out->str + after_last)) {
        g_string_truncate(out, after_last);
      }
      p = tidy_gap(out, end);
      last_at_end = *p == '\0';
      after_last = out->len;
      taken++;
    } else {
      g_string_append_c(out, *p++);
    }
  }
  return taken > 0 ? tidy_ends(out->str, last_at_end) : g_strdup(text);
}

char *links_host(const char *link) {
  const char *host = strstr(link, "://");
  host = host != NULL ? host + 3 : link;
  host += g_ascii_strncasecmp(host, "www.", 4) == 0 ? 4 : 0;
  return g_strndup(host, strcspn(host, "/?#:"));
}
