#include "editorial/layout.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/text.h"
#include "editorial/phrases.h"
#include "editorial/rundown_file.h"
#include "editorial/seats.h"
#include "editorial/wording.h"
#include "editorial/writer.h"

#include <string.h>

/* A bulletin being laid out. */
typedef struct {
  const Layout *layout;
  const Script *script;
  Writer writer;
  PhraseMemory memory;
  char *title; /* the bulletin's */
  guint n_in;  /* how many entries are heard in it */
} Bulletin;

void layout_init(Layout *layout, const ComposeInput *input, GPtrArray *candidates) {
  int year = 0, month = 0, day = 0;
  day_split(input->date, &year, &month, &day);
  *layout = (Layout){.input = input, .candidates = candidates, .headlines_most = G_MAXUINT};
  layout->date = language_date(input->script->language, year, month, day);
  layout->time = language_time(input->script->language, input->hour, input->minute);
}

void layout_clear(Layout *layout) {
  g_free(layout->date);
  g_free(layout->time);
}

/* --- sentences of the script ----------------------------------------------------------- */

static guint count_in(const Layout *layout) {
  guint n = 0;
  for (guint i = 0; i < layout->candidates->len; i++)
    n += ((const Candidate *)layout->candidates->pdata[i])->is_in;
  return n;
}

static bool is_heard_in(const Candidate *candidate, const ScriptBlock *section) {
  return candidate->is_in && !candidate->is_urgent && candidate->block == (int)section->index;
}

/* What {place} stands for: the first place that may be said among the entries
 * of `section` (NULL: of all), else the station. */
static const char *place_of(const Layout *layout, const ScriptBlock *section) {
  for (guint i = 0; i < layout->candidates->len; i++) {
    const Candidate *candidate = layout->candidates->pdata[i];
    const char *place = entry_said_place(candidate->entry);
    if (place != NULL && (section == NULL ? candidate->is_in : is_heard_in(candidate, section)))
      return place;
  }
  return layout->input->station_name;
}

/* `wording` with its placeholders filled. Returns (g_free). */
static char *fill(const Layout *layout, const char *wording, const ScriptBlock *section) {
  WordingValues values = {.language = layout->input->script->language,
                          .date = layout->date,
                          .time = layout->time,
                          .station = layout->input->station_name,
                          .place = place_of(layout, section),
                          .count = count_in(layout)};
  g_autofree char *filled = wording_fill(wording, &values);
  return text_squeeze(filled);
}

char *layout_title(const Layout *layout) {
  return fill(layout, layout->input->script->title, NULL);
}

static void add_wording(Bulletin *bulletin, const char *wording, const char *role, const ScriptBlock *section) {
  const Script *script = bulletin->script;
  g_autofree char *text = fill(bulletin->layout, wording, section);
  if (*text == '\0')
    return;
  RundownItem *item =
      writer_speech(bulletin->title, g_steal_pointer(&text), script->language, script_voice(script, role));
  writer_add(&bulletin->writer, item, HEARD_WORDS);
}

/* --- entries --------------------------------------------------------------------------- */

/* The role that reads it: alerts have a voice of their own when the script names one. */
static const char *role_of(const Script *script, const Candidate *candidate) {
  int index = candidate->is_urgent ? choose_block(script, candidate->entry->kind) : candidate->block;
  const char *role = index == BLOCK_NONE ? NULL : script->blocks[index].voice;
  bool is_alert = candidate->is_urgent || candidate->entry->kind == KIND_ALERT;
  return is_alert && script_has_role(script, "alerts") ? "alerts" : role;
}

/* Its words as a person left them; how they are said is found anew, unless a person wrote that too. NULL: it is said as
 * the entry is (what was kept was a sound, where one cannot be heard). */
static RundownItem *kept_copy(const Candidate *candidate, const char *voice) {
  const RundownItem *kept = candidate->kept;
  if (kept == NULL || candidate->kept_is_old || candidate->no_sound)
    return NULL;
  RundownItem *item = rundown_item_copy(kept);
  item->start_frame = item->frames = 0;
  if (!item->own_spoken)
    g_clear_pointer(&item->spoken, g_free);
  if (item->type == ITEM_SPEECH && item->voice == NULL)
    item->voice = g_strdup(voice);
  g_strfreev(item->links);
  item->links = NULL;
  return item;
}

static void entry_items(const Script *script, const Candidate *candidate, bool is_reply, PhraseMemory *memory,
                        RundownItem **intro, RundownItem **main) {
  const Entry *entry = candidate->entry;
  const char *voice = script_voice_for(script, role_of(script, candidate), entry->language);
  g_autofree char *title = phrase_title(entry);
  RundownItem *kept = kept_copy(candidate, voice);
  *intro = NULL;
  if (kept != NULL && !(kept->type == ITEM_SOUND && entry->sound != NULL)) {
    *main = kept;
  } else if (entry->sound != NULL && !candidate->no_sound) {
    g_autofree char *words = phrase_intro(entry, candidate->is_urgent, is_reply, memory);
    if (*words != '\0')
      *intro = writer_speech(title, g_steal_pointer(&words), entry->language, voice);
    *main = kept != NULL ? kept : writer_sound(ITEM_SOUND, title, entry->sound);
  } else {
    *main = writer_speech(title, phrase_entry(entry, candidate->is_urgent, is_reply, memory), entry->language, voice);
    (*main)->headline = memory->headline;
  }
  (*main)->entry = entry->id;
  if (candidate->kept_is_old) { /* from now on as it is said now */
    (*main)->kept = true;
    (*main)->kept_sum = kept_sum_of(entry);
  }
  (*main)->links = g_strdupv(entry->links);
}

void layout_alone(const Layout *layout, const Candidate *candidate, GPtrArray *items) {
  PhraseMemory memory = {0};
  RundownItem *intro, *main;
  Candidate seated = *candidate;
  if (seated.block == BLOCK_NONE)
    seated.block = choose_block(layout->input->script, candidate->entry->kind);
  entry_items(layout->input->script, &seated, false, &memory, &intro, &main);
  if (intro != NULL)
    g_ptr_array_add(items, intro);
  g_ptr_array_add(items, main);
}

static void add_entry(Bulletin *bulletin, const Candidate *candidate, bool is_reply) {
  RundownItem *intro, *main;
  entry_items(bulletin->script, candidate, is_reply, &bulletin->memory, &intro, &main);
  if (intro != NULL)
    writer_add(&bulletin->writer, intro, HEARD_WORDS);
  writer_add(&bulletin->writer, main, HEARD_ENTRY);
}

/* Those of the section that answer `parent` (NULL: nobody in it), each with its own answers. */
static void add_answers(Bulletin *bulletin, const ScriptBlock *section, const Candidate *parent) {
  const GPtrArray *candidates = bulletin->layout->candidates;
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *candidate = candidates->pdata[i];
    if (!is_heard_in(candidate, section))
      continue;
    const Candidate *above = seats_parent(candidate);
    if (above != NULL && above->block != candidate->block)
      above = NULL;
    if (above != parent)
      continue;
    add_entry(bulletin, candidate, parent != NULL);
    add_answers(bulletin, section, candidate);
  }
}

static void add_urgent(Bulletin *bulletin) {
  const GPtrArray *candidates = bulletin->layout->candidates;
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *candidate = candidates->pdata[i];
    if (candidate->is_in && candidate->is_urgent)
      add_entry(bulletin, candidate, false);
  }
}

static bool has_entries(const Layout *layout, const ScriptBlock *section) {
  for (guint i = 0; i < layout->candidates->len; i++)
    if (is_heard_in(layout->candidates->pdata[i], section))
      return true;
  return false;
}

static void add_section(Bulletin *bulletin, const ScriptBlock *section) {
  if (has_entries(bulletin->layout, section)) {
    if (section->lead != NULL)
      add_wording(bulletin, section->lead, NULL, section);
    add_answers(bulletin, section, NULL);
  } else if (bulletin->n_in > 0 && section->empty != NULL) {
    add_wording(bulletin, section->empty, NULL, NULL);
  }
}

/* --- headlines --------------------------------------------------------------------------- */

/* Another's headline would tell what a person has corrected. */
static bool is_reworded(const Candidate *candidate) {
  const RundownItem *kept = candidate->kept_is_old ? NULL : candidate->kept;
  const char *text = candidate->entry->text;
  return kept != NULL && (text == NULL || kept->text == NULL || strstr(kept->text, text) == NULL);
}

/* Headlines of one sort (those that stand on their own feet, or the others), up to `most` in all. */
static void add_headlines_of(Bulletin *bulletin, const ScriptBlock *block, bool clean, guint most, guint *n) {
  const Script *script = bulletin->script;
  const GPtrArray *candidates = bulletin->layout->candidates;
  for (guint i = 0; i < candidates->len && *n < most; i++) {
    const Candidate *candidate = candidates->pdata[i];
    if (!candidate->is_in || is_reworded(candidate) || !language_same(candidate->entry->language, script->language) ||
        (candidate->is_urgent || phrase_headline_is_clean(candidate->entry)) != clean)
      continue;
    char *headline = phrase_headline(candidate->entry);
    if (headline == NULL)
      continue;
    if ((*n)++ == 0 && block->lead != NULL)
      add_wording(bulletin, block->lead, block->voice, NULL);
    RundownItem *item = writer_speech(bulletin->title, headline, script->language, script_voice(script, block->voice));
    item->headline = 1;
    writer_add(&bulletin->writer, item, HEARD_WORDS);
  }
}

static void add_headlines(Bulletin *bulletin, const ScriptBlock *block) {
  guint most = MIN(block->most, bulletin->layout->headlines_most), n = 0;
  add_headlines_of(bulletin, block, true, most, &n);
  add_headlines_of(bulletin, block, false, most, &n);
}

/* --- the running order ------------------------------------------------------------------- */

/* Where the jingles begin that close the bulletin; n_blocks when none does. */
static guint tail_start(const Script *script) {
  guint tail = script->n_blocks, lead = script_leading_sounds(script);
  while (tail > lead && (script->blocks[tail - 1].type == BLOCK_JINGLE || script->blocks[tail - 1].type == BLOCK_SOUND))
    tail--;
  return tail;
}

static guint first_section(const Script *script) {
  guint i = 0;
  while (i < script->n_blocks && script->blocks[i].type != BLOCK_ENTRIES)
    i++;
  return i;
}

/* What separates sections; NULL for what says something. */
static RundownItem *separator(const Bulletin *bulletin, const ScriptBlock *block) {
  if (block->type == BLOCK_JINGLE || block->type == BLOCK_SOUND)
    return writer_sound(block->type == BLOCK_JINGLE ? ITEM_JINGLE : ITEM_SOUND, bulletin->title, block->file);
  if (block->type == BLOCK_PAUSE || block->type == BLOCK_BREATH)
    return writer_pause(block->least_frames, block->most_frames);
  return NULL;
}

static void add_block(Bulletin *bulletin, const ScriptBlock *block) {
  Writer *writer = &bulletin->writer;
  RundownItem *item = separator(bulletin, block);
  if (item != NULL) {
    writer_separate(writer, item);
    return;
  }
  guint before = writer->items->len;
  if (block->type == BLOCK_SAY)
    add_wording(bulletin, block->say, block->voice, NULL);
  else if (block->type == BLOCK_HEADLINES)
    add_headlines(bulletin, block);
  else
    add_section(bulletin, block);
  if (writer->items->len == before)
    writer_skip(writer);
}

/* Before the first section: the sentence of an empty day, and what is urgent. */
static void add_opening(Bulletin *bulletin) {
  const Script *script = bulletin->script;
  if (bulletin->n_in == 0 && !bulletin->layout->without_quiet)
    add_wording(bulletin, script->quiet != NULL ? script->quiet : phrase_quiet(script->language), NULL, NULL);
  add_urgent(bulletin);
}

GPtrArray *layout_items(const Layout *layout) {
  const Script *script = layout->input->script;
  g_autofree char *title = layout_title(layout);
  Bulletin bulletin = {.layout = layout, .script = script, .title = title, .n_in = count_in(layout)};
  writer_init(&bulletin.writer, script);
  guint tail = tail_start(script), first = first_section(script);
  for (guint i = 0; i < script->n_blocks; i++) {
    if (i == tail)
      writer_close(&bulletin.writer);
    if (i == first)
      add_opening(&bulletin);
    add_block(&bulletin, &script->blocks[i]);
  }
  if (tail == script->n_blocks)
    writer_close(&bulletin.writer);
  return writer_end(&bulletin.writer);
}
