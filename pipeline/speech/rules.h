/* Rules of saying: const tables, tried in their order on each line of clean
 * text. A rule is a pattern (PCRE2, compiled at its first use) with either a replacement or
 * a function that writes what is said; `needs` lists characters of which a line must
 * hold at least one, so that most rules cost a line nothing. In a pattern, {unit}
 * stands for the symbols of the set's units.
 *
 * To teach the station to read something new, add a row (and a line to
 * tests/spoken/LANG.tsv). A word or a sigle belongs in the lexicon instead. */
#ifndef CARNET_SPEECH_RULES_H
#define CARNET_SPEECH_RULES_H

#include <glib.h>
#include <stdbool.h>

typedef struct RuleSet RuleSet;

/* Writes what `match` is said as. Returns false to leave the text as it is. */
typedef bool (*RuleFunction)(const RuleSet *set, const GMatchInfo *match, GString *out);

typedef struct {
  const char *name;  /* what it is about */
  const char *needs; /* bytes; "" always tried */
  const char *pattern;
  const char *say; /* replacement (\1…), or NULL when `function` says it */
  RuleFunction function;
} Rule;

/* "km" → "kilomètre", "kilomètres". */
typedef struct {
  const char *symbol, *one, *many;
  bool feminine;
} Unit;

/* Where a short form is one; elsewhere the text is left as it is. */
typedef enum {
  ANYWHERE,
  BEFORE_NUMBER, /* "p. 12" */
  AFTER_NUMBER,  /* "8 pers." */
  BEFORE_NAME,   /* a capital follows: "Dr Martin" */
  BEFORE_WORD,   /* any letter follows: "bd de la Mer" */
  INSIDE,        /* the sentence goes on, in small letters or a number: "mer. 4 mai" */
  AT_THE_END,    /* of a sentence, or before punctuation */
  GOES_ON,       /* anywhere, and what follows belongs to it, a name as well: "p. ex. Paul" */
} Place;

/* "env." → "environ". `written` is literal. A small first letter stands for its
 * capital too; a space for a space, a no-break space, or nothing. Whole words
 * only. The full stop after a form is taken along unless it ends a sentence. */
typedef struct {
  const char *written, *said;
  Place place;
  const char *example; /* a sentence that has it */
} ShortForm;

struct RuleSet {
  const char *language;         /* two letters */
  const Rule *first;            /* before the common ones, what they would take for an address; or NULL */
  const ShortForm *short_forms; /* after the common rules; ended by a NULL `written`; or NULL */
  const ShortForm *notes;       /* more of them, of hurried writers: one table with short_forms; or NULL */
  const Rule *rules;            /* after those; ended by a NULL name */
  const Unit *units;            /* ended by a NULL symbol */
  const char *const *letters;   /* the 26 names by which sigles are spelled */
  const char *address;          /* said where an address left a hole */
  const char *online;           /* said for "on ADDRESS": "en ligne" */
  const char *dot, *at;         /* of a short address: "point", "arobase"; NULL: none is said */
  const char *hyphen, *underscore;
  const char *minus, *plus;                      /* "moins", "plus" */
  const char *plural;                            /* heard after a sigle's last letter: "MPs"; NULL: nothing is */
  char decimal_mark;                             /* ',' or '.' */
  bool singular_below_two;                       /* 1,5 takes the singular (French) */
  bool decimals_as_number;                       /* 3,14 is "trois virgule quatorze", not "un quatre" */
  const char *decimal_word;                      /* "virgule"; NULL: ICU says decimals */
  void (*agree)(GString *number, bool feminine); /* "vingt-et-un" before a noun; NULL: never changes */
  void (*alone)(GString *number);                /* where no noun follows ("uno"); NULL: as before one */
};

/* Addresses, Markdown's links, hashtags, repeated signs: the same everywhere. */
extern const Rule rules_common[];
extern const RuleSet rules_fr, rules_en, rules_es;
/* For a language of which only the common rules are known. */
extern const RuleSet rules_plain;

/* The set for a BCP 47 tag; never NULL. */
const RuleSet *rules_find(const char *language);
/* Applies `rules` to one line in place. */
void rules_apply(const RuleSet *set, const Rule *rules, GString *line);
/* Says the short forms of one line in full, of both tables the longest first (short_forms.c). */
void short_forms_apply(const RuleSet *set, GString *line);

/* --- what rule functions say things with (say.c) --- */

/* Group `group` of the match, "" when it took no part. Returns (g_free). */
char *match_text(const GMatchInfo *match, gint group);
/* Group `group` as a number, -1 when it is absent or longer than nine digits. */
int match_int(const GMatchInfo *match, gint group);

/* Appends ICU's words without the soft hyphens that mark where they may be broken: "nove\u00adcientos". */
void say_words(const char *words, GString *out);
/* "21" → "vingt-et-une". */
void say_cardinal(const RuleSet *set, gint64 number, bool feminine, GString *out);
/* A number that no noun follows: "veintiuno", not "veintiún". `written` as for say_number. */
void say_alone(const RuleSet *set, const char *written, GString *out);
/* Digits as written, with group marks and a decimal mark: "1 234,5". A number
 * with a leading zero, or of more than 15 digits, is said digit by digit (40 at most). */
void say_number(const RuleSet *set, const char *written, bool feminine, GString *out);
/* Digit by digit, or by pairs with a comma between them ("02 98" → "zéro deux, quatre-vingt-dix-huit"). */
void say_digits(const RuleSet *set, const char *written, bool pairs, GString *out);
/* True when the amount takes the plural in this language. */
bool say_is_plural(const RuleSet *set, const char *written);
/* A sigle, letter by letter, at most 12: "SNCF" → "esse enne cé effe". */
void say_letters(const RuleSet *set, const char *sigle, GString *out);
/* 1 to 3999 from a well-formed Roman numeral, 0 when it is none. */
int roman_parse(const char *text);

/* Rule functions that several languages share. */
bool rule_number(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1: sign or "", 2: number */
bool rule_unit(const RuleSet *set, const GMatchInfo *match, GString *out);   /* 1: sign or "", 2: number, 3: symbol */
bool rule_phone(const RuleSet *set, const GMatchInfo *match, GString *out);  /* 0: the number, by pairs */
bool rule_phone_digits(const RuleSet *set, const GMatchInfo *match, GString *out);
bool rule_address(const RuleSet *set, const GMatchInfo *match, GString *out);
bool rule_online(const RuleSet *set, const GMatchInfo *match, GString *out);  /* 1: what leads to it, kept */
bool rule_hashtag(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1: the tag */

/* Pieces of patterns. NBSP is U+00A0, to which clean.c brings every no-break space. */
#define NBSP "\302\240"
/* Before a word of an address or an account, which no short form may touch ("asso@…" is no "association");
 * short_forms.c takes it away again. clean.c lets none in. */
#define AS_WRITTEN "\342\201\240"
/* The digits, of which a line must hold one; a space or none; a dash between two of a kind. */
#define DIGITS "0123456789"
#define GAP "[ " NBSP "]?"
#define DASH "\\s?[-\\x{2013}]\\s?"
#define NO_WORD_BEFORE "(?<![\\p{L}\\d])"
#define NO_WORD_AFTER "(?![\\p{L}\\d])"
/* A number: 12 / 1 234,5 / 1.234,5; not part of a word, a version or a longer number. */
#define NUMBER_BEFORE "(?<![\\p{L}\\d])(?<![\\d\\p{L}][.,:/'_-])"
#define NUMBER_AFTER "(?![\\p{L}\\d]|[.,:/_-][\\d\\p{L}])"

#endif
