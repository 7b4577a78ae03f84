/* The words of the pages, by the language of what is published (not the reader's locale: a page is one for all). */
#ifndef CARNET_PODCAST_WORDS_H
#define CARNET_PODCAST_WORDS_H

#include <glib.h>

typedef enum {
  WORD_LISTEN,
  WORD_LIVE,
  WORD_LATEST,
  WORD_EPISODES,
  WORD_ALL_EPISODES,
  WORD_SEARCH,
  WORD_SUBSCRIBE,
  WORD_SUBSCRIBE_HOW,
  WORD_TRANSCRIPT,
  WORD_CONTENTS,
  WORD_DOWNLOAD,
  WORD_CHANGED,
  WORD_SKIP,
  WORD_HOME,
  WORD_PLAY_FROM,
  WORD_MINUTES,
  WORD_NOTHING,
  WORD_MADE_BY,
  WORD_MEGABYTES,
  WORD_DECIMAL_MARK,
  WORD_EMBED,
  WORD_EMBED_HOW,
  WORD_READ_ALOUD,
  WORD_READ_ALOUD_HOW,
  WORD_QR,
  WORD_ON_AIR,
  WORD_MONTHS,
  WORD_OPEN_IN,
  WORD_WHOLE,
  WORD_COLON,
  WORD_COUNT
} Word;

const char *word_in(const char *language, Word word);
/* "mardi 17 mars 2020", "Tuesday 17 March 2020". Returns (g_free). */
char *word_date(const char *language, GDateTime *date);
/* "mars 2020". Returns (g_free). */
char *word_month(const char *language, GDateTime *date);

#endif
