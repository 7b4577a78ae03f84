#include "sources/agree.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Signs at the end of one line beyond this are left: each is searched from the end. */
#define MOST_TRAILING 200

/* Whole lines that only agree, folded: French, English, Spanish. */
/* clang-format off */
static const char *const phrases[] = {
  "d accord", "je suis d accord", "tout a fait d accord", "entierement d accord", "bien d accord",
  "completement d accord", "je suis tout a fait d accord", "tout a fait", "absolument", "exactement", "exact", "idem",
  "idem pour moi", "pareil", "pareil pour moi", "moi aussi", "nous aussi", "ok", "ok pour moi", "ok pour nous",
  "ok pour tous", "ok pour toutes", "ok pour tout le monde", "tous d accord", "toutes d accord",
  "tout le monde est d accord", "100 d accord", "a l unanimite", "all agreed", "everybody agrees", "todos de acuerdo",
  "okay", "oui", "oui oui", "oui merci", "bien dit", "je plussoie", "plussoie", "je soutiens", "je confirme",
  "meme chose", "meme chose ici", "valide", "approuve", "ca marche", "agreed", "i agree", "i agree with this",
  "totally agree", "fully agree", "me too", "same", "same here", "same for me", "yes", "exactly", "absolutely",
  "seconded", "de acuerdo", "estoy de acuerdo", "totalmente de acuerdo", "yo tambien", "nosotros tambien", "igual",
  "lo mismo", "si", "claro", "vale", NULL,
};
/* clang-format on */

/* Agreements that may name whom they agree with; short lines only. */
static const char *const with[] = {"d accord avec ",
                                   "100 d accord avec ",
                                   "tout a fait d accord avec ",
                                   "entierement d accord avec ",
                                   "je suis d accord avec ",
                                   "agree with ",
                                   "i agree with ",
                                   "de acuerdo con ",
                                   "idem ",
                                   "moi aussi ",
                                   NULL};

static const char *const signs[] = {":+1:", ":thumbsup:", ":thumbs_up:", "👍", "👏", "💯", "👌", NULL};

/* One agreement sign at `p`: its length and count. "+1" to "+20"; "++" is one. */
static gsize sign_at(const char *p, guint *count) {
  bool may_be = *p == ':' || (guchar)*p == 0xF0; /* how all of them begin: this is asked at each byte of a pad */
  for (guint i = 0; may_be && signs[i] != NULL; i++) {
    if (g_str_has_prefix(p, signs[i])) {
      gsize n = strlen(signs[i]);
      const char *rest = p + n;
      /* Skin tones and variation selectors belong to the sign. */
      while (*rest != '\0' && ((g_utf8_get_char(rest) >= 0x1F3FB && g_utf8_get_char(rest) <= 0x1F3FF) ||
                               g_utf8_get_char(rest) == 0xFE0F)) {
        rest = g_utf8_next_char(rest);
      }
      *count = 1;
      return (gsize)(rest - p);
    }
  }
  if (*p != '+') {
    return 0;
  }
  const char *q = p + 1;
  if (*q == '+') {
    *count = 1;
    return 1 + strspn(q, "+");
  }
  while (*q == ' ') {
    q++;
  }
  gsize digits = strspn(q, "0123456789");
  int n = digits > 0 && digits <= 2 ? atoi(q) : 0;
  if (n < 1 || n > 20 ||
      (q[digits] != '\0' && (g_ascii_isalnum(q[digits]) || strchr("%,:", q[digits]) != NULL) &&
       !(q[digits] == ',' && !g_ascii_isdigit(q[digits + 1])) && q[digits] != ':')) {
    return 0;
  }
  *count = (guint)n;
  return (gsize)(q - p) + digits;
}

static bool is_capitalised(const char *p) {
  return g_unichar_isupper(g_utf8_get_char(p));
}

/* "Marie", "(Paul)", "de Marie Le Goff", "Marie, Paul": at most five words, each a name or a link word. */
static bool only_names(const char *text) {
  g_auto(GStrv) words = g_strsplit_set(text, " ,()[]&.!/:;", -1);
  guint count = 0;
  static const char *const links[] = {"de",   "by", "from", "et",    "and", "y", "pour",
                                      "avec", "le", "la",   "aussi", "moi", NULL};
  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] == '\0') {
      continue;
    }
    count++;
    if (!is_capitalised(words[i]) && !g_strv_contains(links, words[i])) {
      return false;
    }
  }
  return count <= 5;
}

guint agree_leading(const char *text, const char **rest) {
  guint total = 0;
  const char *p = text;
  for (;;) {
    while (*p == ' ' || *p == ',' || *p == '(' || *p == ')' || *p == '.' || *p == '!') {
      p++;
    }
    guint count = 0;
    gsize n = sign_at(p, &count);
    if (n == 0) {
      break;
    }
    total += count;
    p += n;
  }
  if (total > 0) {
    while (*p != '\0' && (*p == ' ' || strchr(",.:;!-()", *p) != NULL)) {
      p++;
    }
    *rest = p;
  }
  return total;
}

guint agree_alone(const char *text) {
  gsize length = strlen(text);
  if (length > 80) {
    return 0;
  }
  const char *rest = text;
  guint signs_count = agree_leading(text, &rest);
  if (signs_count > 0 && (only_names(rest) || agree_alone(rest) > 0)) {
    return signs_count;
  }
  if (strchr(text, '?') != NULL) {
    return 0;
  }
  g_autofree char *folded = text_fold(text);
  if (g_strv_contains(phrases, folded)) {
    return 1;
  }
  for (guint i = 0; with[i] != NULL; i++) {
    if (g_str_has_prefix(folded, with[i])) {
      gsize n = 0;
      for (const char *p = folded + strlen(with[i]); *p != '\0'; p++) {
        n += *p == ' ' ? 1 : 0;
      }
      const char *last = strrchr(text, ' ');
      /* "idem à Kervalan" tells something; "d'accord avec Marie" does not. */
      return n <= 2 && last != NULL && is_capitalised(last + 1) && strstr(folded, " a ") == NULL &&
                     strstr(folded, " in ") == NULL && strstr(folded, " en ") == NULL &&
                     strstr(folded, " pour ") == NULL
                 ? 1
                 : 0;
    }
  }
  /* "d'accord +1", "OK 👍" */
  g_autofree char *copy = g_strdup(text);
  guint trailing = agree_trailing(copy);
  return trailing > 0 && *copy != '\0' && strlen(copy) < length ? (agree_alone(copy) > 0 ? trailing : 0) : 0;
}

/* Where the last sign of `text` begins, when it ends with one. */
static char *last_sign(char *text, guint *count) {
  gsize length = strlen(text);
  char *from = length > 16 ? text + length - 16 : text;
  for (char *p = text + length; p-- > from;) {
    bool free_before = p == text || strchr(" .!?…)(,;:/1234567890", p[-1]) != NULL || (p[-1] & 0x80) != 0;
    gsize n = free_before ? sign_at(p, count) : 0;
    if (n > 0 && p + n == text + length) {
      return p > text && *p == '+' && p[-1] == '+' ? NULL : p;
    }
  }
  return NULL;
}

static void trim_end(char *text, const char *closing) {
  gsize n = strlen(text);
  while (n > 0 && strchr(closing, text[n - 1]) != NULL) {
    text[--n] = '\0';
  }
}

/* "(+1 Marie)" and "+1 Marie" at the end: the name goes with its agreement. */
static void cut_named(char *text) {
  char *plus = strrchr(text, '+');
  guint count = 0;
  gsize n = plus != NULL && plus > text && (plus[-1] == ' ' || plus[-1] == '(') ? sign_at(plus, &count) : 0;
  gsize gap = n > 0 ? strspn(plus + n, " (") : 0; /* "+1 (Marie)" */
  if (gap > 0 && strlen(plus + n) < 40 && only_names(plus + n) && is_capitalised(plus + n + gap)) {
    plus[n] = '\0';
  }
}

guint agree_trailing(char *text) {
  guint total = 0;
  g_strchomp(text);
  for (;;) {
    cut_named(text);
    char *end = text + strlen(text);
    while (end > text && strchr(" )].!,", end[-1]) != NULL) {
      end--;
    }
    char saved[2] = {*end, '\0'};
    *end = '\0';
    guint count = 0;
    char *sign = last_sign(text, &count);
    g_autofree char *before = sign != NULL ? g_ascii_strdown(sign - MIN(sign - text, 5), MIN(sign - text, 5)) : NULL;
    bool level = before != NULL && *sign == '+' && (strstr(before, "bac ") != NULL || strstr(before, " j ") != NULL);
    if (sign == NULL || level || total >= MOST_TRAILING) {
      *end = saved[0];
      return total;
    }
    total += count;
    *sign = '\0';
    trim_end(text, " (,[;-");
    if (g_str_has_suffix(text, " –") || g_str_has_suffix(text, " —")) {
      text[strlen(text) - strlen(" –")] = '\0';
    }
  }
}

guint agree_with_someone(const char *text, const char **rest) {
  gsize n = strcspn(text, ",.;:");
  const char *after = text + n + strspn(text + n, " ,.;:");
  if (n > 60 || text[n] == '\0' || strchr(after, ' ') == NULL) {
    return 0;
  }
  g_autofree char *head = g_strndup(text, n);
  bool named = strstr(head, " avec ") != NULL || strstr(head, " with ") != NULL || strstr(head, " con ") != NULL;
  if (!named || agree_alone(head) == 0) {
    return 0;
  }
  *rest = after;
  return 1;
}
