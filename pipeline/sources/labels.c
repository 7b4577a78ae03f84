#include "sources/labels.h"

#include "base/i18n.h"
#include "base/text.h"
#include "logbook/entry.h"

#include <string.h>

static const Label labels[] = {
    {"retour d experience", KIND_EXPERIENCE, true, false, N_("label \"retour d'expérience\"")},
    {"retours d experience", KIND_EXPERIENCE, true, false, N_("label \"retour d'expérience\"")},
    {"experience", KIND_EXPERIENCE, true, false, N_("label \"expérience\"")},
    {"temoignage", KIND_EXPERIENCE, true, false, N_("label \"témoignage\"")},
    {"experiencia", KIND_EXPERIENCE, true, false, N_("label \"experiencia\"")},
    {"questionnement", KIND_QUESTION, true, false, N_("label \"question\"")},
    {"questions", KIND_QUESTION, true, false, N_("label \"question\"")},
    {"question", KIND_QUESTION, true, false, N_("label \"question\"")},
    {"pregunta", KIND_QUESTION, true, false, N_("label \"pregunta\"")},
    {"duda", KIND_QUESTION, true, false, N_("label \"duda\"")},
    {"problemes", KIND_PROBLEM, true, false, N_("label \"problème\"")},
    {"probleme", KIND_PROBLEM, true, false, N_("label \"problème\"")},
    {"difficulte", KIND_PROBLEM, true, false, N_("label \"difficulté\"")},
    {"problem", KIND_PROBLEM, true, false, N_("label \"problem\"")},
    {"problema", KIND_PROBLEM, true, false, N_("label \"problema\"")},
    {"remarque", KIND_IDEA, true, false, N_("label \"remarque\"")},
    {"commentaire", KIND_IDEA, true, false, N_("label \"commentaire\"")},
    {"remark", KIND_IDEA, true, false, N_("label \"remark\"")},
    {"comment", KIND_IDEA, true, false, N_("label \"comment\"")},
    {"proposition", KIND_IDEA, true, false, N_("label \"proposition\"")},
    {"suggestion", KIND_IDEA, true, false, N_("label \"suggestion\"")},
    {"proposal", KIND_IDEA, true, false, N_("label \"proposal\"")},
    {"propuesta", KIND_IDEA, true, false, N_("label \"propuesta\"")},
    {"idee", KIND_IDEA, true, false, N_("label \"idée\"")},
    {"idea", KIND_IDEA, true, false, N_("label \"idea\"")},
    {"ressource", KIND_RESOURCE, true, false, N_("label \"ressource\"")},
    {"resource", KIND_RESOURCE, true, false, N_("label \"resource\"")},
    {"recurso", KIND_RESOURCE, true, false, N_("label \"recurso\"")},
    {"annonce", KIND_ANNOUNCEMENT, true, false, N_("label \"annonce\"")},
    {"announcement", KIND_ANNOUNCEMENT, true, false, N_("label \"announcement\"")},
    {"anuncio", KIND_ANNOUNCEMENT, true, false, N_("label \"anuncio\"")},
    {"humeur", KIND_FEELING, true, false, N_("label \"humeur\"")},
    {"ressenti", KIND_FEELING, true, false, N_("label \"ressenti\"")},
    {"reponse", -1, true, true, NULL},
    {"answer", -1, true, true, NULL},
    {"respuesta", -1, true, true, NULL},
    {"ajout", -1, false, false, NULL},
    {"complement", -1, false, false, NULL},
    {"precision", -1, false, false, NULL},
    {"intervention", -1, false, false, NULL},
    {"reaction", -1, false, false, NULL},
    {"avis", -1, false, false, NULL},
    {"note", -1, false, false, NULL},
    {"pb", KIND_PROBLEM, true, false, N_("label \"problème\"")},
    {"souci", KIND_PROBLEM, true, false, N_("label \"problème\"")},
    {"solution", KIND_IDEA, true, false, N_("label \"solution\"")},
    {"solucion", KIND_IDEA, true, false, N_("label \"solution\"")},
    {"info", KIND_ANNOUNCEMENT, true, false, N_("label \"info\"")},
    {"infos", KIND_ANNOUNCEMENT, true, false, N_("label \"info\"")},
    {"r", -1, true, true, NULL},
    {"q", KIND_QUESTION, true, false, N_("label \"question\"")},
    {"lien", KIND_RESOURCE, true, false, N_("label \"lien\"")},
    {"liens", KIND_RESOURCE, true, false, N_("label \"lien\"")},
    {"link", KIND_RESOURCE, true, false, N_("label \"link\"")},
    {"links", KIND_RESOURCE, true, false, N_("label \"link\"")},
    {"enlace", KIND_RESOURCE, true, false, N_("label \"enlace\"")},
    {"enlaces", KIND_RESOURCE, true, false, N_("label \"enlace\"")},
    {"alerte", KIND_ALERT, false, false, N_("label \"alerte\"")},
    {"alert", KIND_ALERT, false, false, N_("label \"alert\"")},
    {"alerta", KIND_ALERT, false, false, N_("label \"alerta\"")},
    {"urgent", KIND_ALERT, false, false, N_("label \"urgent\"")},
    {"attention", KIND_ALERT, false, false, N_("label \"attention\"")},
    {"warning", KIND_ALERT, false, false, N_("label \"warning\"")},
    {"rappel", KIND_ANNOUNCEMENT, false, false, N_("label \"rappel\"")},
    {"reminder", KIND_ANNOUNCEMENT, false, false, N_("label \"reminder\"")},
};

/* Length in `text` of the words of `label`, 0 when it does not begin so. */
static gsize label_length(const char *text, const char *label) {
  guint words = 1;
  for (const char *p = label; *p != '\0'; p++) {
    words += *p == ' ' ? 1 : 0;
  }
  const char *p = text;
  for (guint seen = 0; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (!g_unichar_isalnum(c) && ++seen == words) {
      break;
    }
  }
  g_autofree char *start = g_strndup(text, (gsize)(p - text));
  g_autofree char *folded = text_fold(start);
  return strcmp(folded, label) == 0 ? (gsize)(p - text) : 0;
}

const Label *label_find(const char *text, gsize *length) {
  if (strlen(text) < 3) {
    return NULL;
  }
  bool ascii = (*text & 0x80) == 0;
  for (guint i = 0; i < G_N_ELEMENTS(labels); i++) {
    *length = ascii && g_ascii_tolower(*text) != *labels[i].words ? 0 : label_length(text, labels[i].words);
    if (*length > 0) {
      return &labels[i];
    }
  }
  return NULL;
}
