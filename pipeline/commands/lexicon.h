/* What the verbs of `carnet lexicon` share. */
#ifndef CARNET_COMMANDS_LEXICON_H
#define CARNET_COMMANDS_LEXICON_H

#include "base/nursery.h"
#include "commands/command.h"
#include "speech/lexicon.h"
#include "speech/voice.h"

extern const Command command_lexicon_list, command_lexicon_add, command_lexicon_test, command_lexicon_check;

/* Somebody who says words of one language, by eSpeak NG. */
typedef struct {
  NurseryPool *speakers; /* borrowed */
  Voice *voice;
  char *language;
} Teller;

/* `voice_name` NULL: the language's usual voice. Forget with teller_clear. */
bool teller_open(Teller *teller, const Station *station, NurseryPool *speakers, const char *language,
                 const char *voice_name, GError **error);
void teller_clear(Teller *teller);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Teller, teller_clear)

/* What is heard of `text`, in IPA on one line; `in_full`: as at its first mention. Returns (g_free), or NULL. */
char *teller_ipa(const Teller *teller, const Lexicon *lexicon, const char *text, bool in_full, GError **error);
/* The same sounds, stress and pauses apart? */
bool teller_same(const char *ipa, const char *other);

/* "say \"épade\"", "language en, first \"…\"". Returns (g_free). */
char *lexicon_way(const LexiconEntry *entry);
/* Where it holds: "paul; before: …", "" everywhere. Returns (g_free). */
char *lexicon_where(const LexiconEntry *entry);
/* The languages of the station's lexicons in order ("en", "fr"); `only`: that one alone. Returns
 * char* (g_ptr_array_unref), or NULL. */
GPtrArray *lexicon_languages(const Station *station, const char *only, GError **error);
/* "fr": letters, since it names a file. USAGE otherwise. */
bool lexicon_check_language(const char *option, const char *language, GError **error);

#endif
