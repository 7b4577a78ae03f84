#include "sources/saying.h"

#include "base/text.h"
#include "sources/agree.h"
#include "sources/links.h"
#include "sources/remains.h"

#include <string.h>

void saying_clear(Saying *saying) {
  speaker_clear(&saying->speaker);
  g_clear_pointer(&saying->links, g_ptr_array_unref);
  g_clear_pointer(&saying->thought, g_free);
}

/* "Marie : https://…" or "Marie 👍": the colon went with what was taken, and the name is all that is left. */
static bool is_lone_name(const char *words, const People *people, Speaker *speaker) {
  g_autofree char *again = g_strdup_printf("%s : -", words);
  Speaker lone = {.kind = -1};
  const char *end = NULL;
  bool found = speaker_read(again, people, &lone, &end) && lone.author != NULL && strcmp(lone.rest, "-") == 0;
  if (found) {
    speaker_clear(speaker);
    *speaker = lone;
  } else {
    speaker_clear(&lone);
  }
  return found;
}

/* Takes the speaker out of `words`. Returns what is said (g_free). */
static char *take_speaker(const char *words, const People *people, bool taken, Speaker *speaker) {
  const char *end = NULL;
  g_autofree char *said = NULL;
  speaker_read(words, people, speaker, &end);
  if (speaker->author != NULL) {
    said = end != NULL ? g_strndup(speaker->rest, (gsize)(end - speaker->rest)) : g_strdup(speaker->rest);
  } else {
    said = speaker_take_topic(speaker->rest, people, speaker);
    said = said != NULL ? said : g_strdup(speaker->rest);
  }
  if (taken && speaker->author == NULL && is_lone_name(words, people, speaker)) {
    g_clear_pointer(&said, g_free);
    said = g_strdup("");
  }
  speaker->rest = NULL;
  return text_squeeze(said);
}

/* "Marie : +1", "+1, il faudrait…", "D'accord avec Paul, il faut…" once the speaker is known. */
static void take_agreement(Saying *saying) {
  const char *rest = saying->thought;
  if (!remains_words(saying->thought)) {
    saying->only_agrees = saying->after > 0 && (saying->links->len == 0 || saying->speaker.author != NULL);
    saying->before += saying->only_agrees ? saying->after : 0;
    return;
  }
  guint alone = saying->links->len == 0 ? agree_alone(saying->thought) : 0;
  saying->only_agrees = alone > 0;
  guint count = alone > 0 ? alone : agree_with_someone(saying->thought, &rest);
  count = count > 0 ? count : agree_leading(saying->thought, &rest);
  saying->before += count;
  memmove(saying->thought, rest, strlen(rest) + 1);
}

void saying_read(const char *text, const People *people, Saying *saying) {
  *saying = (Saying){.speaker = {.kind = -1}, .links = g_ptr_array_new_with_free_func(g_free)};
  saying->before = agree_alone(text);
  if (saying->before > 0) {
    saying->only_agrees = true;
    saying->thought = g_strdup("");
    return;
  }
  const char *from = text;
  saying->before = agree_leading(text, &from);
  g_autofree char *said = g_strdup(from);
  saying->after = agree_trailing(said);
  g_autofree char *words = links_take(said, saying->links);
  saying->after += agree_trailing(words);
  Speaker *speaker = &saying->speaker;
  saying->thought = take_speaker(words, people, saying->links->len > 0 || saying->after > 0, speaker);
  if (speaker->author != NULL && speaker->place == NULL) {
    speaker->place = g_strdup(people_place(people, speaker->author));
  } else if (speaker->author == NULL && speaker->place == NULL) {
    speaker->place = speaker_take_place(saying->thought, people);
  }
  take_agreement(saying);
}
