#include "sources/titles.h"

#include "base/text.h"

#include <string.h>

/* A list is searched by its words, "|" between. */
static bool is_one_of(const char *folded, const char *const *names) {
  for (guint i = 0; names[i] != NULL; i++) {
    if (strcmp(folded, names[i]) == 0) {
      return true;
    }
  }
  return false;
}

/* "les présents", "liste des présents", "3. Présents (12)" → "presents". */
static const char *bare_title(char *folded) {
  /* clang-format off */
  static const char *const before[] = {"liste des ",  "la liste des ", "noms des ",   "lista de ",    "list of ",
                                       "les ", "the ",        "los ",          "las ",        "nos ", "ont ete ",
                                       "etaient ", "etait ",      "sont ",         "personnes ", "membres ",
                                       "elus ",    "people ", "membres elus ", NULL};
  /* clang-format on */
  gsize last = strlen(folded);
  while (last > 0 && (g_ascii_isdigit(folded[last - 1]) || folded[last - 1] == ' ')) {
    folded[--last] = '\0';
  }
  const char *start = folded + strspn(folded, "0123456789 ");
  for (guint i = 0; before[i] != NULL; i++) {
    if (g_str_has_prefix(start, before[i])) {
      start += strlen(before[i]);
      i = (guint)-1;
    }
  }
  return start;
}

/* Titles of lists of people are made of these words (folded), "absente excusée" as "présent.e.s". */
/* clang-format off */
static const char *const people_words[] = {
  "participant", "participante", "participants", "participantes", "participan", "present", "presente", "presents",
  "presentes", "excuse", "excusee", "excuses", "excusees", "excusado", "excusada", "excusados", "excusadas", "absent",
  "absente", "absents", "absentes", "ausente", "ausentes", "invite", "invitee", "invites", "invitees", "attendees",
  "attendance", "attending", "apologies", "regrets", "asistentes", "asistencia", "asisten", "presence", "presences",
  NULL};
/* clang-format on */
static const char *const joining_words[] = {"e", "s", "es", "ee", "et", "and", "y", "ou", NULL};

/* clang-format off */
static const char *const people_titles[] = {
  "qui est la", "qui etait la", "etaient la", "la", "autour de la table", "en visio", "equipe presente", "participent",
  "participaient", "in attendance", "participants list", "who was there", "who is here", "who was here",
  "present at the meeting", "presentes en la reunion", "presents a la reunion", "presents en visio", NULL};
/* clang-format on */

static bool is_people_title(const char *folded) {
  g_auto(GStrv) words = g_strsplit(folded, " ", -1);
  bool named = false;
  for (guint i = 0; words[i] != NULL; i++) {
    bool people = is_one_of(words[i], people_words);
    if (!people && !is_one_of(words[i], joining_words)) {
      return is_one_of(folded, people_titles);
    }
    named = named || people;
  }
  return named;
}

/* Titles that may stand before the names with no colon: a sentence, not a lone adjective. */
/* clang-format off */
static const char *const people_openings[] = {
  "etaient presents", "etaient presentes", "etaient present e s", "etaient la", "etaient excuses", "sont presents",
  "sont presentes", "personnes presentes", "presents", "presentes", "present e s", "participants", "participant e s",
  "excuses", "excusees", "excuse e s", "attendees", "asistentes", "il y avait", "nous etions", "there were",
  "estabamos", NULL};
/* clang-format on */

/* Where `text` goes on after its first `count` words. */
static const char *after_words(const char *text, guint count) {
  bool inside = false;
  for (; *text != '\0'; text = g_utf8_next_char(text)) {
    bool alnum = g_unichar_isalnum(g_utf8_get_char(text));
    if (inside && !alnum && --count == 0) {
      break;
    }
    inside = alnum;
  }
  return text + strspn(text, " ");
}

/* "Jean-Yves, Marguerite, Driss et moi": each part begins with a capital, and there are two at least. */
static bool is_row_of_names(const char *text) {
  g_auto(GStrv) parts = g_strsplit_set(text, ",;", -1);
  if (parts[0] == NULL || parts[1] == NULL) {
    return false;
  }
  for (guint i = 0; parts[i] != NULL; i++) {
    const char *part = g_strstrip(parts[i]);
    part += g_str_has_prefix(part, "et ") ? 3 : g_str_has_prefix(part, "and ") ? 4 : 0;
    if (*part != '\0' && !g_unichar_isupper(g_utf8_get_char(part)) && strcmp(part, "moi") != 0) {
      return false;
    }
  }
  return true;
}

const char *title_of_participants(const char *text) {
  gsize n = strcspn(text, ":(|");
  if (text[n] == '|' && n < 40) { /* the first row of a table */
    static const char *const columns[] = {"nom", "noms", "prenom", "nom prenom", "prenom nom", "name", "nombre", NULL};
    g_autofree char *cell = g_strndup(text, n);
    g_autofree char *column = text_fold(cell);
    return is_one_of(column, columns) || is_people_title(bare_title(column)) ? "" : NULL;
  }
  if (text[n] == '\0' || n > 60) {
    g_autofree char *folded = text_fold(text);
    for (guint i = 0; people_openings[i] != NULL; i++) {
      gsize length = strlen(people_openings[i]);
      guint words = 1;
      for (const char *p = people_openings[i]; *p != '\0'; p++) {
        words += *p == ' ' ? 1 : 0;
      }
      if (strncmp(folded, people_openings[i], length) == 0 && folded[length] == ' ' &&
          is_row_of_names(after_words(text, words))) {
        return after_words(text, words);
      }
    }
  }
  if (n > 60 || (text[n] == '\0' && n > 0 && strchr(".!?;", text[n - 1]) != NULL)) {
    return NULL;
  }
  g_autofree char *head = g_strndup(text, n);
  g_autofree char *folded = text_fold(head);
  if (!is_people_title(bare_title(folded)) || (text[n] == '\0' && strcmp(folded, "la") == 0)) {
    return NULL;
  }
  const char *colon = strchr(text, ':');
  return colon != NULL ? colon + 1 + strspn(colon + 1, " ") : "";
}

bool title_is_key(const char *text) {
  g_auto(GStrv) parts = g_strsplit_set(text, ",;", -1);
  guint pairs = 0;
  for (guint i = 0; parts[i] != NULL; i++) {
    const char *part = g_strstrip(parts[i]);
    gsize n = strspn(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *sign = part + n + strspn(part + n, " ");
    const char *name = *sign == '=' ? sign + 1 + strspn(sign + 1, " ") : "";
    if (n < 1 || n > 4 || !g_unichar_isupper(g_utf8_get_char(name))) {
      return false;
    }
    pairs++;
  }
  return pairs > 0;
}

bool title_of_meeting(const char *folded) {
  /* clang-format off */
  static const char *const titles[] = {
    "notes", "note", "compte rendu", "cr", "pv", "reunion", "pad", "point", "journee", "seance", "semaine", "releve",
    "carnet", "journal", "atelier", "visio", "conseil", "assemblee", "ordre du jour", "rencontre", "comite",
    "commission", "cellule", "meeting", "minutes", "agenda", "weekly", "daily", "log", "logbook", "notes of", "retro",
    "call", "acta", "notas", "orden del dia", "diario", "cuaderno", "suite", "releve de decisions", NULL};
  /* clang-format on */
  for (guint i = 0; titles[i] != NULL; i++) {
    gsize n = strlen(titles[i]);
    if (strncmp(folded, titles[i], n) == 0 && (folded[n] == ' ' || folded[n] == '\0')) {
      return true;
    }
  }
  return false;
}

bool title_about_meeting(const char *text) {
  /* clang-format off */
  static const char *const names[] = {
    "date", "lieu", "heure", "horaire", "duree", "animation", "animateur", "animatrice", "anime par", "secretaire",
    "secretariat", "secretaire de seance", "secretaire de la seance", "president de seance", "presidente de seance",
    "redaction", "prise de notes", "prise de note", "preneur de notes", "preneuse de notes", "notes",
    "notes prises par", "objet", "ordre du jour", "odj", "redacteur", "redactrice", "scripte", "gardien du temps",
    "gardienne du temps", "lien visio", "visio", "facilitation", "facilitateur", "facilitatrice", "location", "place",
    "time", "chair", "notetaker", "note taker", "notes by", "facilitator", "scribe", "moderator", "lugar", "hora",
    "fecha", "moderacion", "modera", "asunto", "acta de", NULL};
  /* clang-format on */
  const char *colon = strchr(text, ':');
  g_autofree char *head = colon != NULL && colon - text < 40 ? g_strndup(text, (gsize)(colon - text)) : NULL;
  g_autofree char *folded = head != NULL ? text_fold(head) : NULL;
  return folded != NULL && is_one_of(folded, names);
}

bool title_of_agenda(const char *text) {
  /* clang-format off */
  static const char *const names[] = {"ordre du jour", "odj", "l ordre du jour", "rappel de l ordre du jour",
                                      "points a l ordre du jour", "order of the day", "orden del dia", NULL};
  /* clang-format on */
  g_autofree char *folded = strlen(text) < 60 ? text_fold(text) : NULL;
  return folded != NULL && is_one_of(folded + strspn(folded, "0123456789 "), names);
}

bool title_of_section(const char *text) {
  /* clang-format off */
  static const char *const names[] = {
    "tour de table", "tour d horizon", "tour de parole", "le tour de parole", "a faire", "todo", "to do", "todo list",
    "actions", "actions a mener", "action items", "plan d actions", "divers", "questions diverses", "points divers",
    "introduction", "discussion", "discussions", "echanges", "debat", "debats", "bilan", "actualites", "suites",
    "suites a donner", "prochaines etapes", "next steps", "decisions", "releve de decisions", "decisions prises",
    "en bref", "synthese", "conclusion", "besoins", "besoins exprimes", "constats", "intentions", "meteo du jour",
    "meteo", "news", "updates", "any other business", "aob", "temas", "varios", "ronda", "acciones", "proximos pasos",
    "fin de seance", "fin", NULL};
  /* clang-format on */
  g_autofree char *folded = strlen(text) < 60 ? text_fold(text) : NULL;
  return folded != NULL && is_one_of(folded + strspn(folded, "0123456789 "), names);
}

bool title_in_capitals(const char *text) {
  guint letters = 0, words = 1;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (g_unichar_islower(c)) {
      return false;
    }
    letters += g_unichar_isalpha(c) ? 1 : 0;
    words += c == ' ' ? 1 : 0;
  }
  return letters >= 4 && words <= 10;
}

/* The line is one of `words`, or one of them and a few words to somebody. */
static bool is_formula(const char *text, const char *const *words) {
  g_autofree char *folded = strlen(text) < 70 ? text_fold(text) : NULL;
  for (guint i = 0; folded != NULL && words[i] != NULL; i++) {
    gsize n = strlen(words[i]);
    if (strncmp(folded, words[i], n) == 0 && (folded[n] == '\0' || folded[n] == ' ')) {
      return true;
    }
  }
  return false;
}

bool title_is_greeting(const char *text) {
  /* clang-format off */
  static const char *const words[] = {"bonjour", "bonsoir", "salut", "chers", "cheres", "cher", "chere", "coucou",
                                      "hello", "hi", "dear", "good morning", "hola", "buenos dias", "buenas tardes",
                                      "estimados", NULL};
  /* clang-format on */
  return g_str_has_suffix(text, ",") && is_formula(text, words);
}

bool title_is_procedure(const char *text) {
  /* clang-format off */
  static const char *const words[] = {
    "la seance est levee", "la seance est ouverte", "seance levee", "seance ouverte", "fin de seance",
    "fin de la seance", "debut de seance", "debut de la seance", "fin de la reunion", "fin de reunion",
    "debut de la reunion", "la reunion est close", "la seance est close", "meeting closed", "meeting adjourned",
    "the meeting closed", "end of meeting", "se levanta la sesion", "fin de la sesion", NULL};
  /* clang-format on */
  g_autofree char *folded = strlen(text) < 60 ? text_fold(text) : NULL;
  const char *start = folded != NULL ? folded + strspn(folded, "0123456789 h") : "";
  for (guint i = 0; words[i] != NULL; i++) {
    if (g_str_has_prefix(start, words[i])) {
      return true;
    }
  }
  /* clang-format off */
  static const char *const ends[] = {"a quitte la conversation", "a rejoint la conversation", "a quitte la reunion",
                                     "a rejoint la reunion", "left the chat", "joined the chat", "left the meeting",
                                     "joined the meeting", NULL};
  /* clang-format on */
  for (guint i = 0; folded != NULL && ends[i] != NULL; i++) {
    if (g_str_has_suffix(folded, ends[i])) {
      return true;
    }
  }
  return false;
}

bool title_is_farewell(const char *text) {
  /* clang-format off */
  static const char *const words[] = {
    "cordialement", "bien cordialement", "tres cordialement", "bien a vous", "bien a toi", "amicalement", "amities",
    "a bientot", "bonne journee", "bonne soiree", "bonne reception", "salutations", "sincerement", "bises",
    "best regards", "kind regards", "regards", "best wishes", "yours", "sincerely", "cheers", "un saludo", "saludos",
    "atentamente", "envoye de mon", "sent from my", "enviado desde", NULL};
  /* clang-format on */
  return is_formula(text, words);
}
