/* What is written the same way in every language. These rules come first, so
 * that no later one looks into an address. */
#include "speech/rules.h"

#include <string.h>

/* A web address, an e-mail address, a bare domain of a usual kind. */
#define WEB "(?:https?://|ftp://|mailto:|www\\.)[^\\s<>()\\[\\]{}|,]*+"
#define MAIL "[\\p{L}\\d._%+-]{1,64}@[\\p{L}\\d-]{1,63}(?:\\.[\\p{L}\\d-]{1,63}){1,6}"
#define DOMAIN                                                                                                         \
  "(?:[\\p{L}\\d-]{1,63}\\.){1,6}(?:fr|org|com|net|eu|bzh|info|io|coop|es|cat|uk|be|ch|ca|de|it|app|tv|radio|pad)"     \
  "(?![\\p{L}\\d.]?[\\p{L}\\d])(?:/[^\\s<>()\\[\\]{}|,]*+)?"
#define ADDRESS "(?:" WEB "|" NO_WORD_BEFORE "(?:" MAIL "|" DOMAIN "))"
/* "sur x.fr", "on the site x.org": what is there is online. */
#define ON_LEADS "(?:sur|à|via|depuis|on|at|en|in|through|por)"
#define THE_SITE                                                                                                       \
  "(?:l[ae]s?\\s+|the\\s+|el\\s+|notre\\s+|our\\s+)?(?:(?:site|page|blog|web|adresse|website|página|sitio)(?:\\s+(?:" \
  "web|internet))?\\s*:?\\s+)?(?:l'adresse\\s+)?"
#define ALREADY "(?:(?:en ligne|online|en línea)\\s+)?"
#define NO_MAIL "(?!mailto:)"
/* Words that lead to an address: without it they would hang in the air. */
#define LEADS "(?:sur|à|a|via|par|de|depuis|voir|cf\\.?|vers|chez|at|on|see|via|by|from|visit|to|en|ver|desde|por|@)"
/* What people say of an address: a name of at most two dots, no path. */
#define LABEL "[\\p{L}\\d](?:[\\p{L}\\d-]{0,22}[\\p{L}\\d])?"
#define TOP "(?:fr|org|com|net|eu|bzh|info|io|coop|es|cat|uk|be|ch|ca|de|it|app|tv|radio)"
#define SHORT_HOST "(?:" LABEL "\\.){1,2}"
#define SHORT_MAIL "(?:mailto:)?([\\p{L}\\d](?:[\\p{L}\\d._-]{0,18}[\\p{L}\\d])?)@(" SHORT_HOST "\\p{L}{2,5})"
#define SHORT_SITE                                                                                                     \
  "()(?|https?://(?:www\\.)?(" SHORT_HOST "\\p{L}{2,5})/?|www\\.(" SHORT_HOST "\\p{L}{2,5})/?|(" SHORT_HOST TOP "))"
#define SHORT_ENDS "(?=[\\s,;:!?)\\]>]|\\.(?:\\s|$)|$)"
#define AFTER_ADDRESS "(?=[\\s.,;:!?)]|$)"

/* What ends an address in its sentence is not part of it: "www.x.fr." keeps its full stop. */
static void append_ending(const char *address, GString *out) {
  gsize n = strlen(address);
  if (n > 0 && strchr(".!?;", address[n - 1])) {
    g_string_append_c(out, address[n - 1]);
  }
}

bool rule_address(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *whole = match_text(match, 0);
  g_string_append_printf(out, ", %s", set->address);
  append_ending(whole, out);
  gsize n = strlen(whole);
  if (n == 0 || !strchr(".!?;", whole[n - 1])) {
    g_string_append(out, ", ");
  }
  return true;
}

bool rule_online(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *lead = match_text(match, 1);
  g_string_append_printf(out, "%s%s", lead, set->online);
  return rule_address(set, match, out);
}

#define MOST_SHORT_BYTES 32

/* "contact@pays-brest.fr" → "contact arobase pays tiret brest point fr": a listener writes it down. */
static void append_dotted(const RuleSet *set, const char *name, GString *out) {
  g_string_append(out, AS_WRITTEN);
  for (const char *p = name; *p; p++) {
    const char *sign = *p == '.' ? set->dot : *p == '-' ? set->hyphen : *p == '_' ? set->underscore : NULL;
    if (sign) {
      g_string_append_printf(out, " %s " AS_WRITTEN, sign);
    } else {
      g_string_append_c(out, *p);
    }
  }
}

static bool short_address(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *person = match_text(match, 1);
  g_autofree char *host = match_text(match, 2);
  if (!set->dot || strlen(person) + strlen(host) > MOST_SHORT_BYTES) {
    return false;
  }
  if (*person) {
    append_dotted(set, person, out);
    g_string_append_printf(out, " %s ", set->at);
  }
  append_dotted(set, host, out);
  return true;
}

static bool address_told(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *whole = match_text(match, 0);
  g_string_append_printf(out, ": %s", set->address);
  append_ending(whole, out);
  return true;
}

/* "x.fr et y.fr." → "x.fr." */
static bool first_address(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *first = match_text(match, 1);
  g_autofree char *whole = match_text(match, 0);
  g_string_append(out, first);
  append_ending(whole, out);
  return true;
}

/* "ContinuitéPédagogique2020" → "Continuité Pédagogique 2020". */
bool rule_hashtag(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *whole = match_text(match, 0);
  g_autofree char *tag = match_text(match, 1);
  const char *mark = *whole == '@' && set->short_forms ? AS_WRITTEN : "";
  g_string_append(out, mark);
  gunichar last = ' ';
  for (const char *p = tag; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    bool starts_word = (g_unichar_isupper(c) && g_unichar_islower(last)) ||
                       (g_unichar_isdigit(c) != g_unichar_isdigit(last) && last != ' ' && last != '_');
    if (starts_word || c == '_') {
      g_string_append_printf(out, " %s", mark);
    }
    if (c != '_') {
      g_string_append_unichar(out, c);
    }
    last = c;
  }
  return true;
}

/* "S.N.C.F." → "SNCF", for the lexicon. */
static bool dotted_sigle(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *dotted = match_text(match, 0);
  for (const char *p = dotted; *p; p++) {
    if (*p != '.') {
      g_string_append_c(out, *p);
    }
  }
  return true;
}

/* "WWW.BREST.FR" of a poster. */
static bool small_address(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *shouted = match_text(match, 0), *small = g_utf8_strdown(shouted, -1);
  g_string_append(out, small);
  return true;
}

/* clang-format off */
const Rule rules_common[] = {
    {"address in capitals", "WH@", "(?<![\\p{L}\\d._%+/@-])(?:WWW\\.|HTTPS?://|[A-Z\\d._%+-]{1,64}@)[A-Z\\d-]{1,63}(?:\\.[A-Z\\d-]{1,63}){1,4}(?![\\p{L}\\d])", NULL, small_address},
    {"highlight of Markdown", "=", "==(?=[^\\s=])([^=]{1,300})==", "\\1", NULL},
    /* Markdown: the words of a link stay, its address goes. */
    {"picture or link of Markdown", "[", "!?\\[([^\\[\\]]{0,200})\\]\\([^()\\s]{0,500}(?:\\s[^()]{0,200})?\\)", "\\1", NULL},
    {"reference link of Markdown", "[", "\\[([^\\[\\]]{1,200})\\]\\[[^\\[\\]]{0,100}\\]", "\\1", NULL},
    /* A picture's name, a footnote's mark. */
    {"<address>", "<", "<((?:https?://|www\\.)[^\\s<>]{1,500})>", "\\1", NULL},
    {"footnote mark", "[", "\\[\\^?\\d{1,3}\\]", "", NULL},

    /* A short address is said as people say it. */
    {"short e-mail address", "@", "(?<![\\p{L}\\d._%+/@-])" SHORT_MAIL SHORT_ENDS, NULL, short_address},
    {"short web address", ".", "(?<![\\p{L}\\d._%+/@:-])" SHORT_SITE SHORT_ENDS, NULL, short_address},

    /* A long one is never read; where it leaves a hole, a phrase fills it. */
    {"address in parentheses", ".@:/", "(?i)[(\\[]\\s?(?:" LEADS "\\s*:?\\s+)?(?:<\\s?)?" ADDRESS "\\s?>?\\s?[)\\]]", "", NULL},
    {"one address stands for several", ":.", "(" ADDRESS ")(?:\\s*(?:,|;|et|ou|and|or|y|o|puis)\\s+" ADDRESS "){1,20}", NULL, first_address},
    {"its address is", ".@:/", "(?i)(?<=\\s|^)(?:l'adresse|le lien|the address|the link|la dirección|el enlace) (?:est|is|es|:)\\s*:?\\s*" ADDRESS AFTER_ADDRESS, NULL, rule_address},
    {"is an address", ".@:/", "(?i)(?<=\\s|^)((?:est|is|es) )(?:à l'adresse )?" NO_MAIL "(?:" WEB "|" NO_WORD_BEFORE DOMAIN ")" AFTER_ADDRESS, NULL, rule_online},
    {"online", ".:/", "(?i)(?<=\\s|^)()" ALREADY ON_LEADS "\\s+" THE_SITE NO_MAIL "(?:" WEB "|" NO_WORD_BEFORE DOMAIN ")" AFTER_ADDRESS, NULL, rule_online},
    {"address that a word leads to", ".@:/", "(?i)(?<=\\s|^)" LEADS "\\s+(?:l'adresse\\s+)?" ADDRESS AFTER_ADDRESS, NULL, rule_address},
    {"address after a colon", ".@:/", "\\s?:\\s*" ADDRESS "(?=\\s*(?:$|[.;!?](?:\\s|$)))", NULL, address_told},
    {"address at the end", ".@:/", "(?:\\s?[\\x{2013}-])?\\s*" ADDRESS "(?=\\s*(?:$|[.;!?](?:\\s|$)))", NULL, rule_address},
    {"address at the beginning", ".@:/", "^" ADDRESS "\\s*[:,\\x{2013}-]?(?=\\s)", "", NULL},
    {"address elsewhere", ".@:/", ADDRESS AFTER_ADDRESS, NULL, rule_address},
    {"remains of an address", ":/", "(?:https?|ftp)://\\S*", "", NULL},

    {"arrow", ">", "\\s?<?[-\\x{2013}]+>\\s?", ", ", NULL},
    {"hashtag", "#", "(?<![\\p{L}\\d])#(?=[\\d_]{0,60}\\p{L})([\\p{L}\\d_]{2,60})", NULL, rule_hashtag},
    {"mention", "@", "(?<![\\p{L}\\d])@([\\p{L}\\d_]{2,60})", NULL, rule_hashtag},
    {"short name of an emoji", ":", ":[a-z_]{3,30}:", "", NULL},
    {"smiley", ":;", "(?<![\\p{L}\\d])[:;]['-]?[()DPpoO|/](?![\\p{L}\\d])", "", NULL},

    /* Punctuation: repeated, or stuck to the next word. */
    {"exclamation", "!?", "[!?]*![!?]*\\?[!?]*|\\?[!?]*![!?]*", "?", NULL},
    {"repeated exclamation", "!?", "([!?])(?:\\s?\\1)+", "\\1", NULL},
    {"ellipsis that ends", ".", "\\.(?:\\s?\\.)+(?=\\s+\\p{Lu}|\\s*$)", ".", NULL},
    {"ellipsis that goes on", ".", "\\.(?:\\s?\\.)+", ",", NULL},
    {"dotted sigle", ".", NO_WORD_BEFORE "(?:\\p{Lu}\\.){2,100}(?!\\p{L})", NULL, dotted_sigle},
    {"stop before a comma", ",", "(?<=\\p{L}{5})\\.\\s?,(?=\\s*\\p{Ll})", ",", NULL},
    {"missing space after punctuation", ".!?;:,", "(?<=\\p{Ll}{2}|\\)|\\d)([.!?;:])(?=\\p{Lu}[\\p{Ll} '])", "\\1 ", NULL},
    {"missing space after a comma", ",;", "(?<=[\\p{L}\\d])([,;])(?=\\p{L})", "\\1 ", NULL},
    {"table or alternatives", "|", "\\s*\\|+\\s*", ", ", NULL},
    {"at most", "\342", "≤", "<", NULL},
    {"at least", "\342", "≥", ">", NULL},
    {"emphasis", "*_~", "\\*+|~{2,}|~(?!\\s?\\d)|(?<![\\p{L}\\d])_+|_+(?![\\p{L}\\d])", "", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */
