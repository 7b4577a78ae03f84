/* Between the lexicon's reader (lexicon_file.c) and its lookup (lexicon.c). */
#ifndef CARNET_SPEECH_LEXICON_PRIVATE_H
#define CARNET_SPEECH_LEXICON_PRIVATE_H

#include "base/yaml.h"
#include "speech/lexicon.h"

/* Takes `file` (may be NULL). */
Lexicon *lexicon_new(YamlFile *file);
/* Takes `entry`. Returns (borrowed) all entries of the same words, small letters and capitals alike. */
GPtrArray *lexicon_add(Lexicon *lexicon, LexiconEntry *entry);

#endif
