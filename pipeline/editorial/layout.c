#include "editorial/layout.h"

#include "base/i18n.h"
#include "base/language.h"
#include "base/text.h"
#include "base/wav.h"
#include "editorial/phrases.h"
#include "editorial/wording.h"

#include <string.h>

/* What was heard last decides how long the silence before the next item is. */
typedef enum { SEAT_START, SEAT_MUSIC, SEAT_SILENCE, SEAT_WORDS, SEAT_ENTRY } Seat;

/* Silences that do not stretch, in milliseconds. */
#define GAP_WORDS_MS 450
#define GAP_AFTER_MUSIC_MS 250
#define GAP_BEFORE_MUSIC_MS 400

/* A running order being written down. */
typedef struct {
  const Layout *layout;
  const Script *script;
  GPtrArray *items;
  Seat last;
  PhraseMemory memory;
  GPtrArray *waiting;  /* RundownItem*: music between sections, kept back until somebody speaks again */
  bool waiting_closed; /* a section without a word came: what music follows is one too many */
  char *title;         /* the bulletin's */
  char *place;         /* what {place} stands for */
} Writer;

void layout_init(Layout *layout, const ComposeInput *input, GPtrArray *candidates) {
  int year = 0, month = 0, day = 0;
  g_auto(GStrv) parts = g_strsplit(input->date, "-", 3);
  if (g_strv_length(parts) == 3) {
    year = (int)g_ascii_strtoll(parts[0], NULL, 10);
    month = (int)g_ascii_strtoll(parts[1], NULL, 10);
    day = (int)g_ascii_strtoll(parts[2], NULL, 10);
  }
  *layout = (Layout){.input = input, .candidates = candidates, .headlines_most = G_MAXUINT};
  layout->date = language_date(input->script->language, year, month, day);
  layout->time = language_time(input->script->language, input->hour, input->minute);
}

void layout_clear(Layout *layout) {
  g_free(layout->date);
  g_free(layout->time);
}

guint layout_count(const Layout *layout) {
  guint n = 0;
  for (guint i = 0; i < layout->candidates->len; i++)
    n += ((const Candidate *)layout->candidates->pdata[i])->is_in;
  return n;
}

/* --- seats: which section each entry is heard in ---------------------------------- */

static int free_block(const Script *script, const guint *taken, EntryKind kind) {
  for (guint i = 0; i < script->n_blocks; i++) {
    const ScriptBlock *block = &script->blocks[i];
    if (block->type == BLOCK_ENTRIES && block->kinds[kind] && taken[i] < block->most)
      return (int)i;
  }
  return BLOCK_NONE;
}

/* The entry it follows, when both are heard. */
static const Candidate *heard_parent(const Candidate *candidate) {
  return candidate->parent != NULL && candidate->parent->is_in ? candidate->parent : NULL;
}

static guint depth_of(const Candidate *candidate) {
  guint depth = 0;
  while ((candidate = heard_parent(candidate)) != NULL)
    depth++;
  return depth;
}

/* Seats those that answer `depth` others above them; sets how deep the answers go. */
static bool seat_depth(const Layout *layout, guint *taken, guint depth, guint *deepest, Candidate **unseated) {
  const Script *script = layout->input->script;
  for (guint i = 0; i < layout->candidates->len; i++) {
    Candidate *candidate = layout->candidates->pdata[i];
    if (!candidate->is_in || candidate->is_urgent)
      continue;
    guint own_depth = depth_of(candidate);
    *deepest = MAX(*deepest, own_depth);
    if (own_depth != depth)
      continue;
    const Candidate *parent = heard_parent(candidate);
    bool beside = parent != NULL && taken[parent->block] < script->blocks[parent->block].most;
    candidate->block = beside ? parent->block : free_block(script, taken, candidate->entry->kind);
    if (candidate->block == BLOCK_NONE) {
      if (unseated != NULL)
        *unseated = candidate;
      return false;
    }
    taken[candidate->block]++;
  }
  return true;
}

bool layout_seat(const Layout *layout, Candidate **unseated) {
  g_autofree guint *taken = g_new0(guint, layout->input->script->n_blocks);
  guint deepest = 0;
  for (guint depth = 0; depth <= deepest; depth++)
    if (!seat_depth(layout, taken, depth, &deepest, unseated))
      return false;
  return true;
}

/* --- one item after the other --------------------------------------------------------- */

static void add_pause(Writer *writer, gint64 least, gint64 most) {
  if (most <= 0)
    return;
  RundownItem *item = rundown_item_new(ITEM_PAUSE);
  item->least_frames = item->frames = least;
  item->most_frames = most;
  g_ptr_array_add(writer->items, item);
}

static void add_gap(Writer *writer, Seat next) {
  const Script *script = writer->script;
  Seat last = writer->last;
  if (last == SEAT_START || last == SEAT_SILENCE || next == SEAT_SILENCE)
    return;
  if (last == SEAT_ENTRY && next != SEAT_MUSIC) {
    add_pause(writer, script->pause_least_frames, script->pause_most_frames);
    return;
  }
  if (last == SEAT_MUSIC && next == SEAT_MUSIC)
    return;
  gint64 ms = last == SEAT_MUSIC ? GAP_AFTER_MUSIC_MS : next == SEAT_MUSIC ? GAP_BEFORE_MUSIC_MS : GAP_WORDS_MS;
  gint64 frames = MIN(us_to_frames(ms * 1000), script->pause_most_frames);
  add_pause(writer, frames, frames);
}

static void flush_waiting(Writer *writer) {
  for (guint i = 0; i < writer->waiting->len; i++) {
    RundownItem *item = writer->waiting->pdata[i];
    Seat seat = item->type == ITEM_PAUSE ? SEAT_SILENCE : SEAT_MUSIC;
    add_gap(writer, seat);
    g_ptr_array_add(writer->items, item);
    writer->last = seat;
  }
  g_ptr_array_set_size(writer->waiting, 0);
  writer->waiting_closed = false;
}

/* Adds something that is listened to (takes `item`). */
static void add_item(Writer *writer, RundownItem *item, Seat seat) {
  flush_waiting(writer);
  add_gap(writer, seat);
  g_ptr_array_add(writer->items, item);
  writer->last = seat;
}

static RundownItem *sound_item(ItemType type, const char *title, const char *file) {
  RundownItem *item = rundown_item_new(type);
  item->title = g_strdup(title);
  item->file = g_strdup(file);
  return item;
}

/* Takes `text`. */
static RundownItem *speech_item(const char *title, char *text, const char *language, const char *voice) {
  RundownItem *item = rundown_item_new(ITEM_SPEECH);
  item->title = g_strdup(title);
  item->text = text;
  item->language = g_strdup(language);
  item->voice = g_strdup(voice);
  return item;
}

/* A sentence of the script. */
static void add_wording(Writer *writer, const char *wording, const char *role, const char *place) {
  const ComposeInput *input = writer->layout->input;
  WordingValues values = {.language = writer->script->language,
                          .date = writer->layout->date,
                          .time = writer->layout->time,
                          .station = input->station_name,
                          .place = place,
                          .count = layout_count(writer->layout)};
  g_autofree char *filled = wording_fill(wording, &values);
  g_autofree char *text = text_squeeze(filled);
  if (*text == '\0')
    return;
  add_item(
      writer,
      speech_item(writer->title, g_steal_pointer(&text), writer->script->language, script_voice(writer->script, role)),
      SEAT_WORDS);
}

/* --- entries --------------------------------------------------------------------------- */

/* The role that reads it: alerts have a voice of their own when the script names one. */
static const char *role_of(const Script *script, const Candidate *candidate) {
  int index = candidate->is_urgent ? choose_block(script, candidate->entry->kind) : candidate->block;
  const char *role = index == BLOCK_NONE ? NULL : script->blocks[index].voice;
  bool is_alert = candidate->is_urgent || candidate->entry->kind == KIND_ALERT;
  return is_alert && script_has_role(script, "alerts") ? "alerts" : role;
}

static void entry_items(const Script *script, const Candidate *candidate, bool is_reply, PhraseMemory *memory,
                        RundownItem **intro, RundownItem **main) {
  const Entry *entry = candidate->entry;
  const char *voice = script_voice_for(script, role_of(script, candidate), entry->language);
  g_autofree char *title = phrase_title(entry);
  *intro = NULL;
  if (entry->sound != NULL && !candidate->no_sound) {
    g_autofree char *words = phrase_intro(entry, candidate->is_urgent, is_reply, memory);
    if (*words != '\0')
      *intro = speech_item(title, g_steal_pointer(&words), entry->language, voice);
    *main = sound_item(ITEM_SOUND, title, entry->sound);
  } else {
    *main = speech_item(title, phrase_entry(entry, candidate->is_urgent, is_reply, memory), entry->language, voice);
  }
  (*main)->entry = entry->id;
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

static void add_entry(Writer *writer, const Candidate *candidate, bool is_reply) {
  RundownItem *intro, *main;
  entry_items(writer->script, candidate, is_reply, &writer->memory, &intro, &main);
  if (intro != NULL)
    add_item(writer, intro, SEAT_WORDS);
  add_item(writer, main, SEAT_ENTRY);
}

/* `parent`, or the section's entries that answer nobody in it (NULL), each with its answers. */
static void add_answers(Writer *writer, int block, const Candidate *parent) {
  const GPtrArray *candidates = writer->layout->candidates;
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *candidate = candidates->pdata[i];
    if (!candidate->is_in || candidate->is_urgent || candidate->block != block)
      continue;
    const Candidate *above = heard_parent(candidate);
    if (above != NULL && above->block != block)
      above = NULL;
    if (above != parent)
      continue;
    add_entry(writer, candidate, parent != NULL);
    add_answers(writer, block, candidate);
  }
}

static void add_urgent(Writer *writer) {
  const GPtrArray *candidates = writer->layout->candidates;
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *candidate = candidates->pdata[i];
    if (candidate->is_in && candidate->is_urgent)
      add_entry(writer, candidate, false);
  }
}

/* The first place that may be named among those heard in `block` (-2: anywhere), else the station. */
static const char *place_of(const Writer *writer, int block) {
  const GPtrArray *candidates = writer->layout->candidates;
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *candidate = candidates->pdata[i];
    const Entry *entry = candidate->entry;
    if (candidate->is_in && entry->place != NULL && entry->attribution != ATTRIBUTION_NONE &&
        (block < BLOCK_NONE || (candidate->block == block && !candidate->is_urgent)))
      return entry->place;
  }
  return writer->layout->input->station_name;
}

static bool has_entries(const Writer *writer, int block) {
  const GPtrArray *candidates = writer->layout->candidates;
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *candidate = candidates->pdata[i];
    if (candidate->is_in && !candidate->is_urgent && candidate->block == block)
      return true;
  }
  return false;
}

static void add_section(Writer *writer, const ScriptBlock *block, guint n_in) {
  int index = (int)block->index;
  if (has_entries(writer, index)) {
    if (block->lead != NULL)
      add_wording(writer, block->lead, NULL, place_of(writer, index));
    add_answers(writer, index, NULL);
  } else if (n_in > 0 && block->empty != NULL) {
    add_wording(writer, block->empty, NULL, writer->place);
  }
}

/* --- the other blocks -------------------------------------------------------------------- */

static bool same_language(const char *a, const char *b) {
  gsize n = strcspn(a, "-_");
  return n == strcspn(b, "-_") && g_ascii_strncasecmp(a, b, n) == 0;
}

/* Headlines of one sort (those that stand on their own feet, or the others), up to `most` in all. */
static void add_headlines_of(Writer *writer, const ScriptBlock *block, bool clean, guint most, guint *n) {
  const GPtrArray *candidates = writer->layout->candidates;
  for (guint i = 0; i < candidates->len && *n < most; i++) {
    const Candidate *candidate = candidates->pdata[i];
    if (!candidate->is_in || !same_language(candidate->entry->language, writer->script->language) ||
        (candidate->is_urgent || phrase_headline_is_clean(candidate->entry)) != clean)
      continue;
    char *headline = phrase_headline(candidate->entry);
    if (headline == NULL)
      continue;
    if ((*n)++ == 0 && block->lead != NULL)
      add_wording(writer, block->lead, block->voice, writer->place);
    add_item(writer,
             speech_item(writer->title, headline, writer->script->language, script_voice(writer->script, block->voice)),
             SEAT_WORDS);
  }
}

static void add_headlines(Writer *writer, const ScriptBlock *block) {
  guint most = MIN(block->most, writer->layout->headlines_most), n = 0;
  add_headlines_of(writer, block, true, most, &n);
  add_headlines_of(writer, block, false, most, &n);
}

/* Music and silence between sections wait: two in a row, around a section
 * that stays empty, would only be heard as a hole. Takes `item`. */
static void add_separator(Writer *writer, RundownItem *item) {
  if (writer->waiting_closed && writer->waiting->len > 0)
    rundown_item_free(item);
  else
    g_ptr_array_add(writer->waiting, item);
}

static RundownItem *separator_item(const Writer *writer, const ScriptBlock *block) {
  if (block->type == BLOCK_JINGLE || block->type == BLOCK_SOUND)
    return sound_item(block->type == BLOCK_JINGLE ? ITEM_JINGLE : ITEM_SOUND, writer->title, block->file);
  RundownItem *item = rundown_item_new(ITEM_PAUSE);
  item->least_frames = item->frames = block->least_frames;
  item->most_frames = block->most_frames;
  return item;
}

static void add_close(Writer *writer) {
  flush_waiting(writer);
  add_pause(writer, writer->script->close_least_frames, writer->script->close_most_frames);
  writer->last = SEAT_SILENCE;
}

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

static void add_block(Writer *writer, const ScriptBlock *block, guint n_in) {
  guint before = writer->items->len;
  switch (block->type) {
    case BLOCK_JINGLE:
    case BLOCK_SOUND:
    case BLOCK_PAUSE:
    case BLOCK_BREATH:
      add_separator(writer, separator_item(writer, block));
      return;
    case BLOCK_SAY:
      add_wording(writer, block->say, block->voice, writer->place);
      break;
    case BLOCK_HEADLINES:
      add_headlines(writer, block);
      break;
    case BLOCK_ENTRIES:
      add_section(writer, block, n_in);
      break;
  }
  if (writer->items->len == before && writer->waiting->len > 0)
    writer->waiting_closed = true;
}

static void add_order(Writer *writer) {
  const Script *script = writer->script;
  guint n_in = layout_count(writer->layout), tail = tail_start(script), first = first_section(script);
  for (guint i = 0; i < script->n_blocks; i++) {
    if (i == tail)
      add_close(writer);
    if (i == first && n_in == 0 && !writer->layout->without_quiet)
      add_wording(writer, script->quiet != NULL ? script->quiet : phrase_quiet(script->language), NULL, writer->place);
    if (i == first)
      add_urgent(writer);
    add_block(writer, &script->blocks[i], n_in);
  }
  flush_waiting(writer);
  if (tail == script->n_blocks)
    add_close(writer);
}

char *layout_title(const Layout *layout) {
  const ComposeInput *input = layout->input;
  Writer writer = {.layout = layout, .script = input->script};
  WordingValues values = {.language = input->script->language,
                          .date = layout->date,
                          .time = layout->time,
                          .station = input->station_name,
                          .place = place_of(&writer, BLOCK_NONE - 1),
                          .count = layout_count(layout)};
  g_autofree char *title = wording_fill(input->script->title, &values);
  return text_squeeze(title);
}

GPtrArray *layout_items(const Layout *layout) {
  g_autofree char *title = layout_title(layout);
  Writer writer = {.layout = layout,
                   .script = layout->input->script,
                   .items = g_ptr_array_new_with_free_func((GDestroyNotify)rundown_item_free),
                   .waiting = g_ptr_array_new(),
                   .title = title};
  g_autofree char *place = g_strdup(place_of(&writer, BLOCK_NONE - 1));
  writer.place = place;
  add_order(&writer);
  g_ptr_array_unref(writer.waiting);
  return writer.items;
}
