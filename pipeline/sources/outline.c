#include "sources/outline.h"

#include "base/text.h"
#include "sources/agree.h"
#include "sources/days.h"
#include "sources/guess.h"
#include "sources/words.h"

#include <string.h>

/* A wrapped thought is no longer than this; beyond, each line stands alone. */
#define WRAPPED_MOST 200

typedef struct {
  const GPtrArray *lines;
  const char *today;
  People *people;
  GArray *roles;
  bool in_participants, participants_bulleted;
  guint participants_line; /* its heading */
  bool seen_thought, any_bullet;
  guint start;             /* first line of the present thought */
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

/* Headings of lists of people, folded. */
static bool is_participants(const char *text) {
  static const char *const names[] = {
    "participant e s", "participants", "participant", "participantes", "participant es", "participant e", "participant s",
    "participants et participantes", "participantes et participants", "liste des participants", "liste des participant e s",
    "liste des presents", "presents", "present e s", "present es", "presentes", "presentes et presents", "etaient presents",
    "etaient present e s", "etaient presentes", "personnes presentes", "personnes presentes et excusees", "sont presents",
    "excuse", "excusee", "absente", "presente", "etait present", "excuses", "excuse e s", "excusees", "absents", "absent e s", "absents excuses", "presents et excuses", "invites", "invite e s",
    "membres presents", "qui est la", "attendees", "attendance", "present", "in attendance", "apologies", "regrets", "absent",
    "people present", "attending", "who was there", "who is here", "participants list", "list of participants",
    "asistentes", "asistencia", "presentes en la reunion", "ausentes", "excusados", "lista de asistentes", "lista de participantes", NULL};
  gsize n = strcspn(text, ":(");
  if (n > 60 || (text[n] == '\0' && ends_sentence(text))) {
    return false;
  }
  g_autofree char *head = g_strndup(text, n);
  g_autofree char *folded = text_fold(head);
  gsize last = strlen(folded);
  while (last > 0 && (g_ascii_isdigit(folded[last - 1]) || folded[last - 1] == ' ')) {
    folded[--last] = '\0';
  }
  const char *start = folded + strspn(folded, "0123456789 ");
  return g_strv_contains(names, start);
}

/* Words with which the title of a meeting's notes begins. */
static bool opens_as_title(const char *folded) {
  static const char *const titles[] = {"notes", "note", "compte rendu", "cr", "pv", "reunion", "pad", "point", "journee", "seance", "semaine",
                                       "releve", "carnet", "journal", "atelier", "visio", "conseil", "assemblee", "ordre du jour",
                                       "rencontre", "meeting", "minutes", "agenda", "weekly", "daily", "log", "logbook", "notes of", "acta",
                                       "notas", "orden del dia", "diario", "cuaderno", "suite", "releve de decisions", NULL};
  for (guint i = 0; titles[i] != NULL; i++) {
    gsize n = strlen(titles[i]);
    if (strncmp(folded, titles[i], n) == 0 && (folded[n] == ' ' || folded[n] == '\0')) {
      return true;
    }
  }
  return false;
}

/* "Lieu : visio", "Animation : Marie": about the meeting, above the first thought. */
static bool is_about_meeting(const char *text) {
  static const char *const names[] = {"date", "lieu", "heure", "horaire", "duree", "animation", "animateur", "animatrice", "secretaire",
                                      "secretariat", "redaction", "prise de notes", "notes", "objet", "ordre du jour", "redacteur",
                                      "redactrice", "lien visio", "visio", "facilitation", "location", "place", "time", "chair", "notetaker",
                                      "note taker", "facilitator", "scribe", "lugar", "hora", "fecha", "moderacion", "asunto", NULL};
  const char *colon = strchr(text, ':');
  g_autofree char *head = colon != NULL && colon - text < 40 ? g_strndup(text, (gsize)(colon - text)) : NULL;
  g_autofree char *folded = head != NULL ? text_fold(head) : NULL;
  return folded != NULL && g_strv_contains(names, folded);
}

/* A line without a marker that stands above others. */
static bool is_plain_heading(const Outline *o, guint i, const PadLine *line) {
  const PadLine *next = line_at(o->lines, i + 1);
  guint words = word_count(line->text);
  bool dated_alone = false;
  if (words > 15 || strlen(line->text) > 160 || ends_sentence(line->text) || agree_alone(line->text) > 0) {
    return false;
  }
  if (!o->seen_thought && is_about_meeting(line->text)) {
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
  if ((date != NULL || i == 0) && opens_as_title(folded) && (i > 0 || words <= 15) && strchr(line->text, '?') == NULL) {
    return true;
  }
  if (strstr(line->text, " : ") != NULL || strstr(line->text, ": ") != NULL) {
    return false;
  }
  bool above_list = next != NULL && (next->marker == MARKER_BULLET || next->marker == MARKER_NUMBER) && next->indent >= line->indent;
  if (i == 0 && (date != NULL || above_list || (o->any_bullet && next != NULL))) {
    return !has_speaker(o, line->text);
  }
  if (above_list && line->blank_before && words <= 6) {
    return !has_speaker(o, line->text);
  }
  return words <= 3 && line->blank_before && next != NULL && guess_heading(line->text) >= 0 && next->marker != MARKER_HEADING;
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
  return ((label && !has_verb(line->text)) || (bare && (words <= 2 || !has_verb(line->text)))) && strstr(line->text, "://") == NULL && !has_speaker(o, line->text);
}

static bool starts_lower(const char *text) {
  return g_unichar_islower(g_utf8_get_char(text));
}

/* A line that cannot be the end of a thought. */
static bool hangs(const char *text) {
  static const char *const words[] = {" de", " du", " des", " la", " le", " les", " un", " une", " et", " ou", " à", " au", " aux", " en",
                                      " pour", " avec", " dans", " sur", " que", " qui", " the", " a", " of", " and", " to", " in", " for",
                                      " with", " y", " el", " los", " las", " con", " para", " por", ",", " (", NULL};
  for (guint i = 0; words[i] != NULL; i++) {
    if (g_str_has_suffix(text, words[i])) {
      return true;
    }
  }
  return false;
}

static bool continues(const Outline *o, guint i, const PadLine *line) {
  if (i == 0 || line->marker != MARKER_NONE || line->checkbox || i - o->start > WRAPPED_MOST) {
    return false;
  }
  LineRole before = g_array_index(o->roles, LineRole, i - 1);
  const PadLine *first = line_at(o->lines, o->start), *last = line_at(o->lines, i - 1);
  if ((before != ROLE_THOUGHT && before != ROLE_CONTINUES) || agree_alone(line->text) > 0 || agree_alone(last->text) > 0) {
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
  return hangs(last->text) || (starts_lower(line->text) && (!starts_lower(first->text) || strlen(last->text) >= 50 || listed));
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
    return strlen(line->text) < 400 && !(ends_with_colon(line->text) && word_count(line->text) <= 8 && !speaker_is_name(line->text, o->people));
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

static LineRole role_of(Outline *o, guint i, const PadLine *line) {
  if (is_participants(line->text)) {
    const char *colon = strchr(line->text, ':');
    o->participants_line = i;
    o->in_participants = colon == NULL || colon[1] == '\0';
    o->participants_bulleted = false;
    g_auto(GStrv) names = g_strsplit(colon != NULL ? colon + 1 : "", ",", 200);
    for (guint n = 0; names[n] != NULL; n++) {
      people_learn_participant(o->people, g_strstrip(names[n]));
    }
    return ROLE_PARTICIPANTS;
  }
  if (o->in_participants && still_participants(o, i, line)) {
    if (i == o->participants_line + 1) {
      o->participants_bulleted = line->marker != MARKER_NONE;
    }
    people_learn_participant(o->people, line->text);
    return ROLE_PARTICIPANT;
  }
  o->in_participants = false;
  if (line->marker == MARKER_HEADING) {
    return ROLE_HEADING;
  }
  if (continues(o, i, line)) {
    return ROLE_CONTINUES;
  }
  bool heading = line->checkbox ? false : line->marker == MARKER_NONE ? is_plain_heading(o, i, line) : is_listed_heading(o, i, line);
  return heading ? ROLE_HEADING : ROLE_THOUGHT;
}

GArray *outline_read(const GPtrArray *lines, const char *today, People *people) {
  Outline o = {.lines = lines, .today = today, .people = people};
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
  return o.roles;
}
