/* Which words of a text eSpeak NG is likely to misread. Words that a rule or the
 * lexicon settles are none; what is doubtful of the others are const tables, a
 * row for each language. It guesses by a word's letters alone, and would rather
 * miss one than cry wolf: plain French gives nothing, nor does a person's name
 * but for letters that French has not. */
#ifndef CARNET_SPEECH_DOUBT_H
#define CARNET_SPEECH_DOUBT_H

#include "speech/lexicon.h"

typedef enum {
  DOUBT_SIGLE,    /* it is spelled, but could be a word: ARS, CAF */
  DOUBT_LETTER,   /* a letter that the language has not: Fañch */
  DOUBT_MIXED,    /* a capital inside: iPhone */
  DOUBT_DIGITS,   /* digits inside: B2B */
  DOUBT_VOWEL,    /* no vowel: tlj */
  DOUBT_SPELLING, /* spelled as in another language: meeting */
  DOUBT_REGIONAL, /* a name of Breton, Basque or Occitan shape: Penmarc'h */
  DOUBT_COUNT
} DoubtReason;

typedef struct {
  char *word; /* as it is written */
  DoubtReason reason;
  char *detail;         /* the letters that raise it ("ñ", "oo"), "" none */
  guint line, column;   /* of its first place in the text, from 1, in characters */
  guint times;          /* how often it is said */
  char *context;        /* some words around it */
  const char *language; /* that may say it well ("en", "eu"), NULL: none is known */
} Doubt;
void doubt_free(Doubt *doubt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Doubt, doubt_free)

/* In the text's order, each word once. Any bytes are taken. `lexicon` may be NULL. Returns Doubt* (g_ptr_array_unref). */
GPtrArray *doubts_find(const char *text, const char *language, const Lexicon *lexicon);
/* Does eSpeak read it well after all? `ipa` is what it says: it knows some foreign words, and
 * says them in their language ("(en)mˈiːtɪŋ(fr)"). */
bool doubt_is_settled(const Doubt *doubt, const char *ipa);
/* "digits inside a word", in the reader's language. */
const char *doubt_reason(const Doubt *doubt);
/* "sigle", "letter", "mixed", "digits", "vowel", "spelling", "regional": for programs. */
const char *doubt_reason_name(DoubtReason reason);
/* How `carnet lexicon add` may settle it: "--spell", "--language en", "--say \"i phone\"". Returns (g_free). */
char *doubt_remedy(const Doubt *doubt);

#endif
