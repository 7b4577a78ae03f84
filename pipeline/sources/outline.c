#include "sources/outline.h"

#include "base/text.h"
#include "sources/agree.h"
#include "sources/days.h"
#include "sources/guess.h"
#include "sources/titles.h"
#include "sources/words.h"

#include <string.h>

/* A wrapped thought is no longer than this; beyond, each line stands alone. */
#define WRAPPED_MOST 200
/* A sender's name, role and addresses take no more lines than this. */
#define SIGNATURE_MOST 12

typedef struct {
  const GPtrArray *lines;
  const char *today;
  People *people;
  GArray *roles;
  bool in_participants, participants_bulleted;
  guint participants_line; /* its heading */
  bool seen_thought, any_bullet;
  guint start; /* first line of the present thought */
  bool in_agenda, in_signature;
  guint agenda_line; /* its heading */
  Marker agenda_marker;
  GHashTable *agenda; /* its items, folded */
} Outline;

static const PadLine *line_at(const GPtrArray *lines, guint i) {
  return i < lines->len ? g_ptr_array_index(lines, i) : NULL;
}

bool outline_has_children(const GPtrArray *lines, guint i) {
  const PadLine *line = line_at(lines, i), *next = line_at(lines, i + 1);
  return next != NULL && next->marker != MARKER_HEADING && next->indent > line->indent;
}

static guint word_count(const char *text) {
  guint words = 1;
  for (const char *p = text; *p != '\0'; p++) {
    /* The blank before a colon is French typography, not a word. */
    words += *p == ' ' && p[1] != ':' ? 1 : 0;
  }
  return words;
}

static bool ends_with_colon(const char *text) {
  return g_str_has_suffix(text, ":");
}

static bool ends_sentence(const char *text) {
  gsize n = strlen(text);
  return (n > 0 && strchr(".!?;", text[n - 1]) != NULL) || g_str_has_suffix(text, "…");
}

static bool has_speaker(const Outline *o, const char *text) {
  Speaker speaker = {.kind = -1};
  const char *end = NULL;
  speaker_read(text, o->people, &speaker, &end);
  bool found = speaker.author != NULL;
  speaker_clear(&speaker);
  return found;
}

static bool starts_upper(const char *text) {
  return g_unichar_isupper(g_utf8_get_char(text));
}

/* A line without a marker that stands above others. */
static bool is_plain_heading(const Outline *o, guint i, const PadLine *line) {
  const PadLine *next = line_at(o->lines, i + 1);
  guint words = word_count(line->text);
  bool dated_alone = false;
  if (words > 15 || strlen(line->text) > 160 || ends_sentence(line->text) || agree_alone(line->text) > 0) {
    return false;
  }
  if (!o->seen_thought && title_about_meeting(line->text)) {
    return true;
  }
  g_autofree char *date = days_find(line->text, o->today, &dated_alone);
  if (date != NULL && dated_alone) {
    return true;
  }
  if (ends_with_colon(line->text)) {
    return words <= 8 && !has_speaker(o, line->text);
  }
  g_autofree char *folded = text_fold(line->text);
  if ((date != NULL || i == 0) && title_of_meeting(folded) && (i > 0 || words <= 15) &&
      strchr(line->text, '?') == NULL) {
    return true;
  }
  if (strstr(line->text, " : ") != NULL || strstr(line->text, ": ") != NULL) {
    return false;
  }
  bool above_list =
      next != NULL && (next->marker == MARKER_BULLET || next->marker == MARKER_NUMBER) && next->indent >= line->indent;
  if (i == 0 && (date != NULL || above_list || (o->any_bullet && next != NULL))) {
    return !has_speaker(o, line->text);
  }
  bool announces = words <= 4 && starts_upper(line->text) && guess_heading(line->text) >= 0; /* "Questions" */
  if (above_list && ((line->blank_before && words <= 6) || announces)) {
    return !has_speaker(o, line->text);
  }
  return words <= 3 && line->blank_before && next != NULL && guess_heading(line->text) >= 0 &&
         next->marker != MARKER_HEADING;
}

static bool has_verb(const char *text) {
  g_autofree char *folded = text_fold(text);
  g_auto(GStrv) words = g_strsplit(folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    if (strlen(words[i]) > 2 && word_is(WORD_VERB, words[i])) {
      return true;
    }
  }
  return false;
}

/* A bullet that only gathers those nested under it, or announces a day. */
static bool is_listed_heading(const Outline *o, guint i, const PadLine *line) {
  bool dated_alone = false;
  guint words = word_count(line->text);
  if (words > 8 || ends_sentence(line->text) || agree_alone(line->text) > 0) {
    return false;
  }
  g_autofree char *date = days_find(line->text, o->today, &dated_alone);
  if (date != NULL && dated_alone) {
    return true;
  }
  bool children = outline_has_children(o->lines, i);
  bool label = ends_with_colon(line->text) && words <= 4;
  bool bare = children && strchr(line->text, ':') == NULL &&
              (line->marker == MARKER_NUMBER ? words <= 2 : words <= 3 && guess_heading(line->text) >= 0);
  const PadLine *child = line_at(o->lines, i + 1);
  if (bare && line->marker == MARKER_BULLET && child != NULL && agree_alone(child->text) > 0) {
    return false;
  }
  bool gathers = (label && !has_verb(line->text)) || (bare && (words <= 2 || !has_verb(line->text)));
  return gathers && strstr(line->text, "://") == NULL && !has_speaker(o, line->text);
}

/* Shouted, but heard: "COUPURE D'EAU, DANGER". */
static bool warns(const char *text) {
  const char *why = NULL;
  EntryKind kind = guess_kind(text, "fr", false, -1, &why);
  return kind == KIND_ALERT || kind == KIND_PROBLEM || kind == KIND_QUESTION;
}

static bool starts_lower(const char *text) {
  return g_unichar_islower(g_utf8_get_char(text));
}

/* A line that cannot be the end of a thought. */
static bool hangs(const char *text) {
  static const char *const words[] = {
      " de",  " du",   " des",  " la",   " le",  " les", " un",  " une",  " et",  " ou", " à",   " au", " aux",
      " en",  " pour", " avec", " dans", " sur", " que", " qui", " the",  " a",   " of", " and", " to", " in",
      " for", " with", " y",    " el",   " los", " las", " con", " para", " por", ",",   " (",   NULL};
  for (guint i = 0; words[i] != NULL; i++) {
    if (g_str_has_suffix(text, words[i])) {
      return true;
    }
  }
  return false;
}

static bool continues(const Outline *o, guint i, const PadLine *line) {
  if (i == 0 || line->marker != MARKER_NONE || line->checkbox || line->sign != 0 || line->table ||
      i - o->start > WRAPPED_MOST) {
    return false;
  }
  LineRole before = g_array_index(o->roles, LineRole, i - 1);
  const PadLine *first = line_at(o->lines, o->start), *last = line_at(o->lines, i - 1);
  if ((before != ROLE_THOUGHT && before != ROLE_CONTINUES) || agree_alone(line->text) > 0 ||
      agree_alone(last->text) > 0) {
    return false;
  }
  bool listed = first->marker != MARKER_NONE;
  if (line->blank_before) {
    return listed && line->indent > first->indent && !has_speaker(o, line->text);
  }
  if (g_str_has_prefix(line->text, "http")) {
    return true;
  }
  if (listed && line->indent > first->indent) {
    return !has_speaker(o, line->text);
  }
  if (line->indent < last->indent && !listed && line->indent < first->indent) {
    return false;
  }
  if (ends_sentence(last->text) || has_speaker(o, line->text)) {
    return false;
  }
  return hangs(last->text) ||
         (starts_lower(line->text) && (!starts_lower(first->text) || strlen(last->text) >= 50 || listed));
}

/* Does the list of participants go on with this line? */
static bool still_participants(const Outline *o, guint i, const PadLine *line) {
  const PadLine *head = line_at(o->lines, o->participants_line);
  bool first = i == o->participants_line + 1;
  bool bulleted = line->marker == MARKER_BULLET || line->marker == MARKER_NUMBER;
  if (line->marker == MARKER_HEADING || (head->marker == MARKER_BULLET && line->indent <= head->indent)) {
    return false;
  }
  if (first) {
    return strlen(line->text) < 400 &&
           !(ends_with_colon(line->text) && word_count(line->text) <= 8 && !speaker_is_name(line->text, o->people));
  }
  if (!bulleted && ends_with_colon(line->text) && !speaker_is_name(line->text, o->people)) {
    return false;
  }
  if (!bulleted && o->participants_bulleted) {
    return false;
  }
  if (line->blank_before) {
    return bulleted == o->participants_bulleted && word_count(line->text) <= 10 && !ends_sentence(line->text) &&
           strchr(line->text, ':') == NULL && speaker_is_name(line->text, o->people);
  }
  return true;
}

/* "2. MARCHÉ" when the agenda says "2. Marché". */
static bool is_of_agenda(const Outline *o, const char *text) {
  g_autofree char *folded = text_fold(text);
  return g_hash_table_contains(o->agenda, folded);
}

/* A heading by its form or its words, whatever its marker. */
static bool is_title(const Outline *o, guint i, const PadLine *line) {
  const PadLine *next = line_at(o->lines, i + 1);
  if (agree_alone(line->text) > 0 || ends_sentence(line->text)) {
    return false;
  }
  bool above_plain = next != NULL && line->marker == MARKER_NUMBER && next->indent >= line->indent &&
                     (next->marker == MARKER_NONE ? starts_upper(next->text)
                                                  : next->marker == MARKER_BULLET && next->indent == line->indent) &&
                     agree_alone(next->text) == 0;
  bool numbered =
      above_plain && word_count(line->text) <= 6 && strchr(line->text, ':') == NULL && !has_verb(line->text);
  bool capitals = title_in_capitals(line->text) && strchr(line->text, ':') == NULL && !warns(line->text) &&
                  (line->marker != MARKER_BULLET || outline_has_children(o->lines, i));
  bool section =
      title_of_section(line->text) && (next == NULL || line->marker == MARKER_NONE || next->indent > line->indent);
  return (numbered || capitals || section || is_of_agenda(o, line->text)) && !has_speaker(o, line->text);
}

/* One of the list; or a whole row of them: three names or more, each with its capital. */
static void learn_listed(Outline *o, const PadLine *line) {
  g_auto(GStrv) parts = g_strsplit_set(line->text, ",;", -1);
  bool row = line->marker == MARKER_NONE && !line->table && g_strv_length(parts) >= 3;
  for (guint i = 0; row && parts[i] != NULL; i++) {
    row = starts_upper(g_strstrip(parts[i]));
  }
  if (row) {
    people_learn_participants(o->people, line->text);
  } else {
    people_learn_participant(o->people, line->text);
  }
}

static LineRole start_participants(Outline *o, guint i, const char *names) {
  o->participants_line = i;
  o->in_participants = *names == '\0';
  o->participants_bulleted = false;
  people_learn_participants(o->people, names);
  return ROLE_PARTICIPANTS;
}

/* The lines under "Ordre du jour": short, nobody's, each told again below when it was spoken of. */
static bool is_agenda_item(Outline *o, guint i, const PadLine *line) {
  bool first = i == o->agenda_line + 1;
  if (first) {
    o->agenda_marker = line->marker;
  }
  const char *colon = strstr(line->text, " : ");
  bool goes_on = line->marker == o->agenda_marker && (first || !line->blank_before) && line->marker != MARKER_HEADING &&
                 !outline_has_children(o->lines, i);
  return goes_on && word_count(line->text) <= 12 && colon == NULL && strchr(line->text, '?') == NULL &&
         agree_alone(line->text) == 0 && !has_speaker(o, line->text);
}

/* "Bien cordialement" or "--": the sender's address follows to the end of the letter. */
static bool starts_signature(const Outline *o, guint i, const PadLine *line) {
  return o->lines->len - i <= SIGNATURE_MOST && line->marker == MARKER_NONE &&
         (line->signature || title_is_farewell(line->text));
}

/* The furniture of a letter or of a meeting that is no thought and no heading; false when it is something else. */
static bool is_aside(Outline *o, guint i, const PadLine *line) {
  o->in_signature = o->in_signature || starts_signature(o, i, line);
  o->in_agenda = o->in_agenda && is_agenda_item(o, i, line);
  if (o->in_agenda) {
    g_hash_table_add(o->agenda, text_fold(line->text));
  }
  return o->in_signature || o->in_agenda || title_is_procedure(line->text) ||
         (!o->seen_thought && title_is_greeting(line->text)) ||
         (line->marker == MARKER_NONE && strlen(line->text) < 30 && title_is_farewell(line->text));
}

static LineRole role_of(Outline *o, guint i, const PadLine *line) {
  const char *names = title_of_participants(line->text);
  if (names != NULL) {
    return start_participants(o, i, names);
  }
  if (title_is_key(line->text)) {
    people_learn_key(o->people, line->text);
    return ROLE_PARTICIPANT;
  }
  if (o->in_participants && still_participants(o, i, line)) {
    if (i == o->participants_line + 1) {
      o->participants_bulleted = line->marker != MARKER_NONE;
    }
    learn_listed(o, line);
    return ROLE_PARTICIPANT;
  }
  o->in_participants = false;
  if (title_of_agenda(line->text)) {
    o->in_agenda = true;
    o->agenda_line = i;
    return ROLE_HEADING;
  }
  if (is_aside(o, i, line)) {
    return ROLE_ASIDE;
  }
  if (line->marker == MARKER_HEADING) {
    return ROLE_HEADING;
  }
  if (continues(o, i, line)) {
    return ROLE_CONTINUES;
  }
  if (line->checkbox) {
    return ROLE_THOUGHT;
  }
  bool titled = is_title(o, i, line);
  bool heading = line->marker == MARKER_NONE ? is_plain_heading(o, i, line) : is_listed_heading(o, i, line);
  return titled || heading ? ROLE_HEADING : ROLE_THOUGHT;
}

GArray *outline_read(const GPtrArray *lines, const char *today, People *people) {
  Outline o = {.lines = lines, .today = today, .people = people};
  o.agenda = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  o.roles = g_array_sized_new(FALSE, TRUE, sizeof(LineRole), lines->len);
  for (guint i = 0; i < lines->len && !o.any_bullet; i++) {
    o.any_bullet = line_at(lines, i)->marker == MARKER_BULLET;
  }
  for (guint i = 0; i < lines->len; i++) {
    LineRole role = role_of(&o, i, line_at(lines, i));
    g_array_append_val(o.roles, role);
    if (role == ROLE_THOUGHT) {
      o.start = i;
      o.seen_thought = true;
      Speaker speaker = {.kind = -1};
      const char *end = NULL;
      if (speaker_read(line_at(lines, i)->text, people, &speaker, &end) && speaker.author != NULL) {
        people_learn(people, speaker.author, speaker.place);
      }
      speaker_clear(&speaker);
    }
  }
  g_hash_table_unref(o.agenda);
  return o.roles;
}
