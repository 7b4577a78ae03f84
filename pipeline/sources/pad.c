#include "sources/pad.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "sources/days.h"
#include "sources/guess.h"
#include "sources/lines.h"
#include "sources/links.h"
#include "sources/outline.h"
#include "sources/remains.h"
#include "sources/saying.h"
#include "sources/speaker.h"
#include "sources/titles.h"

#include <string.h>

#define LINKS_MOST 1000 /* under one thought: no meeting has more, and each line looks at all */

/* What the lines nested deeper hang on. */
typedef struct {
  guint indent;
  Draft *draft;         /* whom they answer; NULL: nobody (a heading) */
  char *author, *place; /* "Marie :" alone: what is nested is said by her */
  int kind;             /* of a heading, or -1 */
  bool collects;        /* "Il faudrait trois choses :": what is nested ends its sentence */
  bool answers;         /* it stands beside what it answers ("Réponse : …") */
} Level;

typedef struct {
  const SourceOptions *options;
  SourceReport *report;
  const GPtrArray *lines;
  const GArray *roles;
  People *people;
  GPtrArray *drafts;
  GHashTable *keys;     /* key → how often seen */
  Draft *last;          /* since the heading, or NULL */
  GArray *levels;       /* Level, from the outside in */
  char *date;           /* of the section */
  char *reference;      /* a date without a year is the nearest up to this day */
  int kind;             /* of the section's heading, or -1 */
  const char *language; /* of most of the pad: what a short thought is in */
  bool has_told_links;
} Reader;

static void level_clear(gpointer data) {
  Level *level = data;
  g_free(level->author);
  g_free(level->place);
}

static Level *top(Reader *r) {
  return r->levels->len > 0 ? &g_array_index(r->levels, Level, r->levels->len - 1) : NULL;
}

static void pop_until(Reader *r, guint indent, bool keep_equal) {
  while (top(r) != NULL && (top(r)->indent > indent || (!keep_equal && top(r)->indent == indent))) {
    g_array_set_size(r->levels, r->levels->len - 1);
  }
}

static void count_heading(Reader *r) {
  if (r->report != NULL) {
    r->report->headings++;
  }
}

/* A year said once holds for the pad: "18 mars" under "17 mars 2020" is of 2020, or of the winter after. */
static void refer_to(Reader *r, const char *text) {
  if (!days_has_year(text)) {
    return;
  }
  g_autofree char *later = days_later(r->date, 180);
  g_free(r->reference);
  r->reference = g_strdup(strcmp(later, r->options->today) < 0 ? later : r->options->today);
}

static void read_heading(Reader *r, const PadLine *line) {
  count_heading(r);
  char *date = r->options->date == NULL ? days_find(line->text, r->reference, NULL) : NULL;
  if (date != NULL) {
    g_free(r->date);
    r->date = date;
    refer_to(r, line->text);
  }
  int kind = guess_heading(line->text);
  r->last = NULL;
  if (line->marker == MARKER_BULLET || line->marker == MARKER_NUMBER) {
    pop_until(r, line->indent, false);
    Level level = {.indent = line->indent, .kind = kind, .draft = top(r) != NULL ? top(r)->draft : NULL};
    g_array_append_val(r->levels, level);
  } else {
    g_array_set_size(r->levels, 0);
    r->kind = kind;
  }
}

static void read_participants(Reader *r, const PadLine *line, LineRole role) {
  if (r->report == NULL) {
    return;
  }
  if (role == ROLE_PARTICIPANT) {
    r->report->participants++;
    return;
  }
  count_heading(r);
  const char *row = title_of_participants(line->text);
  g_auto(GStrv) names = g_strsplit_set(row != NULL ? row : "", ",;", -1);
  for (guint i = 0; names[i] != NULL; i++) {
    r->report->participants += *g_strstrip(names[i]) != '\0' ? 1 : 0;
  }
}

static void endorse(Reader *r, Draft *draft, guint count, guint line) {
  if (draft == NULL) {
    source_report_note(r->report, line, _("an agreement that follows nothing was left out"));
    return;
  }
  draft->entry->endorsements += count;
  if (r->report != NULL) {
    r->report->endorsements += count;
  }
}

/* Agreements count for the line that they follow at their level, or are nested under. */
static Draft *endorsed(Reader *r, guint indent) {
  pop_until(r, indent, true);
  if (top(r) != NULL && top(r)->draft != NULL) {
    return top(r)->draft;
  }
  return r->levels->len > 0 ? NULL : r->last;
}

/* Digest of what is said and by whom; the second same line of a pad ends in "-2". */
static char *key_of(Reader *r, const char *author, const char *text) {
  g_autofree char *who = text_fold(author != NULL ? author : "");
  g_autofree char *what = text_fold(text);
  g_autofree char *digest = text_digest(who, what, NULL);
  char *key = g_strndup(digest, 20);
  guint seen = GPOINTER_TO_UINT(g_hash_table_lookup(r->keys, key)) + 1;
  g_hash_table_insert(r->keys, g_strdup(key), GUINT_TO_POINTER(seen));
  if (seen > 1) {
    g_autofree char *first = key;
    key = g_strdup_printf("%s-%u", first, seen);
  }
  return key;
}

static char **links_strv(GPtrArray *links) {
  if (links->len == 0) {
    return NULL;
  }
  g_ptr_array_add(links, NULL);
  return g_strdupv((char **)links->pdata);
}

/* Addresses alone, line after line, go to what they are nested under. */
static void add_links(Reader *r, guint line, Entry *entry, GPtrArray *links) {
  guint n = entry->links != NULL ? g_strv_length(entry->links) : 0;
  if (n + links->len > LINKS_MOST) {
    if (!r->has_told_links) {
      source_report_note(r->report, line, _("more than %u addresses under one thought: the others were left out"),
                         LINKS_MOST);
    }
    r->has_told_links = true;
    return;
  }
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
  for (char **link = entry->links; link != NULL && *link != NULL; link++) {
    g_ptr_array_add(all, g_strdup(*link));
  }
  for (guint i = 0; i < links->len; i++) {
    const char *link = g_ptr_array_index(links, i);
    if (!g_ptr_array_find_with_equal_func(all, link, g_str_equal, NULL)) {
      g_ptr_array_add(all, g_strdup(link));
    }
  }
  char **joined = links_strv(all);
  g_strfreev(entry->links);
  entry->links = joined;
}

/* For a note. */
static char *shorten(const char *text) {
  g_autofree char *shown = text_printable(text);
  return text_ellipsize(shown, 60);
}

static void push_speaker(Reader *r, const PadLine *line, const Speaker *speaker) {
  Level level = {
      .indent = line->indent, .kind = -1, .author = g_strdup(speaker->author), .place = g_strdup(speaker->place)};
  level.draft = top(r) != NULL ? top(r)->draft : NULL;
  g_array_append_val(r->levels, level);
}

/* An emoji before the words is their author's own label, but for a question or a danger. */
static EntryKind kind_of(const PadLine *line, const Entry *entry, int heading, const char **why) {
  int sign = line->sign != 0 ? guess_sign(line->sign) : -1;
  EntryKind kind = guess_kind(entry->text, entry->language, entry->links != NULL, sign >= 0 ? sign : heading, why);
  if (sign >= 0 && kind != KIND_QUESTION && kind != KIND_ALERT) {
    *why = N_("emoji");
    return (EntryKind)sign;
  }
  return kind;
}

/* The draft of a thought whose parts are known; it becomes what the nested lines answer. */
static Draft *add_draft(Reader *r, const PadLine *line, const Speaker *speaker, const char *text, GPtrArray *links) {
  const Level *level = top(r);
  Draft *draft = g_new0(Draft, 1);
  Entry *entry = entry_new();
  bool inherits = speaker->author == NULL && level != NULL && level->author != NULL;
  entry->status = STATUS_PENDING;
  entry->date = g_strdup(r->date);
  entry->text = g_strdup(text);
  entry->author = g_strdup(inherits ? level->author : speaker->author);
  entry->place = g_strdup(inherits ? level->place : speaker->place);
  entry->language = g_strdup(guess_language(text, r->language));
  entry->links = links_strv(links);
  entry->source_name = g_strdup(r->options->source_name);
  entry->source_url = g_strdup(r->options->source_url);
  entry->source_key = key_of(r, entry->author, text);
  int heading = level != NULL && level->kind >= 0 ? level->kind : level == NULL || level->draft == NULL ? r->kind : -1;
  const char *why = speaker->why;
  entry->kind = speaker->kind >= 0 ? (EntryKind)speaker->kind : kind_of(line, entry, heading, &why);
  draft->entry = entry;
  draft->line = line->number;
  draft->why = g_strdup(why);
  draft->parent_key = level != NULL && level->draft != NULL ? g_strdup(level->draft->entry->source_key) : NULL;
  g_ptr_array_add(r->drafts, draft);
  r->last = draft;
  Level own = {.indent = line->indent,
               .draft = draft,
               .kind = -1,
               .answers = speaker->answers,
               .collects = g_str_has_suffix(text, ":")};
  g_array_append_val(r->levels, own);
  return draft;
}

/* What is nested under "Il faudrait trois choses :" ends that sentence. */
static bool collect(Reader *r, guint line, const Speaker *speaker, const char *text, GPtrArray *links) {
  Level *level = top(r);
  if (level == NULL || !level->collects || speaker->author != NULL || speaker->kind >= 0 ||
      level->draft->entry->text == NULL || strlen(level->draft->entry->text) > 4000) {
    return false;
  }
  Entry *entry = level->draft->entry;
  char *joined = g_strdup_printf("%s%s%s", entry->text, g_str_has_suffix(entry->text, ":") ? " " : " ; ", text);
  g_free(entry->text);
  entry->text = joined;
  add_links(r, line, entry, links);
  return true;
}

/* Nothing to say is left: an address alone goes to what it is nested under. Returns the text, or NULL. */
static char *text_for_links(Reader *r, guint line, GPtrArray *links) {
  Level *level = top(r);
  if (level != NULL && level->draft != NULL) {
    add_links(r, line, level->draft->entry, links);
    return NULL;
  }
  return links_host(g_ptr_array_index(links, 0));
}

static bool is_told_too_long(const PadLine *line, const char *text, GError **error) {
  if (strlen(text) < ENTRY_MAX_TEXT) {
    return false;
  }
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("line %u: one thought of %zu bytes is too long for an entry (at most %u): cut it into lines"),
              line->number, strlen(text), ENTRY_MAX_TEXT);
  return true;
}

/* Leaves the levels that a thought at `indent` hangs on; an answer hangs on what stands beside it. */
static void make_room(Reader *r, guint indent, bool answers) {
  pop_until(r, indent, answers);
  while (answers && top(r) != NULL && top(r)->indent == indent && (top(r)->answers || top(r)->draft == NULL)) {
    g_array_set_size(r->levels, r->levels->len - 1);
  }
}

/* The words of a saying that is no mere agreement become a draft, or are told in a note. */
static void keep_thought(Reader *r, const PadLine *line, Saying *saying) {
  Speaker *speaker = &saying->speaker;
  const char *thought = saying->thought;
  bool words = remains_words(thought);
  g_autofree char *host = NULL;
  if (saying->links->len > 0 && (!words || remains_bare_pointer(thought) || remains_pointer(thought))) {
    thought = host = text_for_links(r, line->number, saying->links);
    if (host == NULL) {
      return;
    }
  } else if (!words && speaker->author != NULL) {
    push_speaker(r, line, speaker);
    return;
  } else if (!words || remains_pointer(thought)) {
    g_autofree char *shown = shorten(thought);
    source_report_note(r->report, line->number, _("\"%s\" says nothing by itself: left out"), shown);
    return;
  }
  if (!collect(r, line->number, speaker, thought, saying->links)) {
    Draft *draft = add_draft(r, line, speaker, thought, saying->links);
    if (saying->after > 0) {
      endorse(r, draft, saying->after, line->number);
    }
  }
}

/* One whole thought, its wrapped lines joined. `answers`: it stands after an arrow on the line of a question. */
static bool read_thought(Reader *r, guint i, char *text, bool answers, GError **error) {
  const PadLine *line = g_ptr_array_index(r->lines, i);
  if (is_told_too_long(line, text, error)) {
    return false;
  }
  g_autofree char *time = remains_take_time(text);
  if (time != NULL) {
    source_report_note(r->report, line->number, _("the time \"%s\" glued to its end was left out"), time);
  }
  g_auto(Saying) saying = {0};
  saying_read(text, r->people, &saying);
  if (saying.before > 0) {
    Draft *draft = endorsed(r, line->indent);
    endorse(r, draft, saying.before, line->number);
    if (saying.only_agrees && draft != NULL) {
      add_links(r, line->number, draft->entry, saying.links);
    }
  }
  if (!saying.only_agrees) {
    saying.speaker.answers = saying.speaker.answers || answers;
    make_room(r, line->indent, saying.speaker.answers);
    keep_thought(r, line, &saying);
  }
  return true;
}

/* A line may hold a question and its answer after an arrow, or two people one after the other. */
static bool read_thoughts(Reader *r, guint i, char *text, GError **error) {
  bool answers = false;
  for (char *part = text; part != NULL;) {
    bool next_answers = false;
    const char *next = speaker_next(part, r->people, &next_answers);
    g_autofree char *one = next != NULL ? g_strndup(part, (gsize)(next - part)) : g_strdup(part);
    for (gsize n = strlen(one); next_answers && n > 0 && one[n - 1] != '?'; n--) {
      one[n - 1] = '\0'; /* the arrow */
    }
    if (!read_thought(r, i, g_strstrip(one), answers, error)) {
      return false;
    }
    part = next != NULL ? part + (next - part) : NULL;
    answers = next_answers;
  }
  return true;
}

static bool read_lines(Reader *r, GError **error) {
  for (guint i = 0; i < r->lines->len;) {
    const PadLine *line = g_ptr_array_index(r->lines, i);
    LineRole role = g_array_index(r->roles, LineRole, i);
    guint first = i++;
    if (role == ROLE_HEADING) {
      read_heading(r, line);
    } else if (role == ROLE_ASIDE) {
      g_autofree char *shown = shorten(line->text);
      source_report_note(r->report, line->number, _("\"%s\" is about the meeting or its letter: left out"), shown);
    } else if (role == ROLE_PARTICIPANTS || role == ROLE_PARTICIPANT) {
      read_participants(r, line, role);
      g_array_set_size(r->levels, 0);
    } else {
      g_autoptr(GString) whole = g_string_new(line->text);
      for (; i < r->lines->len && g_array_index(r->roles, LineRole, i) == ROLE_CONTINUES; i++) {
        g_string_append_printf(whole, " %s", ((PadLine *)g_ptr_array_index(r->lines, i))->text);
      }
      if (!read_thoughts(r, first, whole->str, error)) {
        return false;
      }
    }
  }
  return true;
}

/* The language of most of its thoughts. */
static const char *language_of(const Reader *r) {
  g_autoptr(GString) all = g_string_new(NULL);
  for (guint i = 0; i < r->lines->len && all->len < 4096; i++) {
    g_string_append_printf(all, "%s\n", ((PadLine *)g_ptr_array_index(r->lines, i))->text);
  }
  return guess_language(all->str, r->options->language);
}

/* Before any heading tells the day: a full date in the first lines, then one in the name of the file. */
static void find_first_date(Reader *r) {
  const SourceOptions *options = r->options;
  r->reference = g_strdup(options->today);
  r->date = g_strdup(options->date);
  for (guint i = 0; i < MIN(r->lines->len, 4u) && r->date == NULL; i++) {
    const char *text = ((PadLine *)g_ptr_array_index(r->lines, i))->text;
    r->date = days_has_year(text) ? days_find(text, options->today, NULL) : NULL;
    if (r->date != NULL) {
      refer_to(r, text);
    }
  }
  if (r->date == NULL && options->source_name != NULL) {
    r->date = days_in_name(options->source_name, options->today);
    if (r->date != NULL) {
      refer_to(r, options->source_name);
    }
  }
  r->date = r->date != NULL ? r->date : g_strdup(options->today);
}

static void draft_destroy(gpointer draft) {
  draft_free(draft);
}

GPtrArray *pad_read(const char *text, const SourceOptions *options, SourceReport *report, GError **error) {
  gsize nbytes = strlen(text);
  if (nbytes > PAD_MAX_BYTES) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("a pad of %zu bytes is too long (at most %u)"), nbytes,
                PAD_MAX_BYTES);
    return NULL;
  }
  g_autoptr(People) people = people_new();
  g_autoptr(GPtrArray) lines = lines_read(text);
  g_autoptr(GArray) roles = outline_read(lines, options->today, people);
  Reader r = {.options = options, .report = report, .lines = lines, .roles = roles, .people = people, .kind = -1};
  find_first_date(&r);
  r.language = language_of(&r);
  r.drafts = g_ptr_array_new_with_free_func(draft_destroy);
  r.keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  r.levels = g_array_new(FALSE, TRUE, sizeof(Level));
  g_array_set_clear_func(r.levels, level_clear);
  if (!read_lines(&r, error)) {
    g_clear_pointer(&r.drafts, g_ptr_array_unref);
  } else if (report != NULL) {
    g_free(report->date);
    Draft *first = r.drafts->len > 0 ? g_ptr_array_index(r.drafts, 0) : NULL;
    report->date = g_strdup(first != NULL ? first->entry->date : r.date);
  }
  g_free(r.date);
  g_free(r.reference);
  g_hash_table_unref(r.keys);
  g_array_unref(r.levels);
  return r.drafts;
}
