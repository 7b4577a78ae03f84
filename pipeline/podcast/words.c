#include "podcast/words.h"

#include <string.h>

enum { ENGLISH, FRENCH, SPANISH, LANGUAGES };

static const char *const words[WORD_COUNT][LANGUAGES] = {
    [WORD_LISTEN] = {"Listen", "Écouter", "Escuchar"},
    [WORD_LIVE] = {"Listen live", "Écouter en direct", "Escuchar en directo"},
    [WORD_LATEST] = {"The latest bulletin", "Le dernier bulletin", "El último boletín"},
    [WORD_EPISODES] = {"Earlier bulletins", "Les bulletins précédents", "Boletines anteriores"},
    [WORD_ALL_EPISODES] = {"All bulletins", "Tous les bulletins", "Todos los boletines"},
    [WORD_SEARCH] = {"Search in the bulletins", "Chercher dans les bulletins", "Buscar en los boletines"},
    [WORD_SUBSCRIBE] = {"Subscribe", "S’abonner", "Suscribirse"},
    [WORD_SUBSCRIBE_HOW] = {"Give this address to your podcast app:",
                            "Donnez cette adresse à votre application de podcasts :",
                            "Dé esta dirección a su aplicación de pódcast:"},
    [WORD_TRANSCRIPT] = {"Transcript", "Transcription", "Transcripción"},
    [WORD_CONTENTS] = {"In this bulletin", "Au sommaire", "En este boletín"},
    [WORD_DOWNLOAD] = {"Download", "Télécharger", "Descargar"},
    [WORD_CHANGED] = {"Corrected", "Corrigé", "Corregido"},
    [WORD_SKIP] = {"Skip to the content", "Aller au contenu", "Ir al contenido"},
    [WORD_HOME] = {"Home", "Accueil", "Inicio"},
    [WORD_PLAY_FROM] = {"Play from", "Écouter à partir de", "Escuchar desde"},
    [WORD_MINUTES] = {"min", "min", "min"},
    [WORD_NOTHING] = {"Nothing has been published yet.", "Rien n’est encore publié.", "Aún no se ha publicado nada."},
    [WORD_MADE_BY] = {"Made with Carnet d’ondes, free software", "Fait avec Carnet d’ondes, un logiciel libre",
                      "Hecho con Carnet d’ondes, software libre"},
    [WORD_MEGABYTES] = {"MB", "Mo", "MB"},
    [WORD_DECIMAL_MARK] = {".", ",", ","},
    [WORD_EMBED] = {"Put this bulletin on your site", "Mettre ce bulletin sur votre site",
                    "Poner este boletín en su sitio"},
    [WORD_EMBED_HOW] = {"Copy this into your page:", "Copiez ceci dans votre page :", "Copie esto en su página:"},
    [WORD_READ_ALOUD] = {"To be read aloud", "À lire à voix haute", "Para leer en voz alta"},
    [WORD_READ_ALOUD_HOW] = {"Read aloud, it takes some %d:%02d.", "Lu à voix haute, cela dure environ %d min %02d.",
                             "Leído en voz alta, dura unos %d min %02d."},
    [WORD_QR] = {"QR code: this page, on a phone", "Code QR : cette page, sur un téléphone",
                 "Código QR: esta página, en un teléfono"},
    [WORD_ON_AIR] = {"On the air now:", "À l’antenne :", "Ahora en antena:"},
    [WORD_MONTHS] = {"By month", "Par mois", "Por mes"},
    [WORD_OPEN_IN] = {"In an app:", "Dans une application :", "En una aplicación:"},
    [WORD_WHOLE] = {"The whole bulletin, with its transcript", "Le bulletin entier et sa transcription",
                    "El boletín entero y su transcripción"},
    [WORD_COLON] = {":", "\302\240:", ":"}, /* French: after a no-break space (U+00A0) */
};

static const char *const days[LANGUAGES][7] = {
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
    {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"},
};

static const char *const months[LANGUAGES][12] = {
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
     "décembre"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
     "diciembre"},
};

/* What is in none of ours has English words around it. */
static int index_of(const char *language) {
  return strncmp(language, "fr", 2) == 0 ? FRENCH : strncmp(language, "es", 2) == 0 ? SPANISH : ENGLISH;
}

const char *word_in(const char *language, Word word) {
  return words[word][index_of(language)];
}

char *word_month(const char *language, GDateTime *date) {
  int in = index_of(language);
  return g_strdup_printf(in == SPANISH ? "%s de %d" : "%s %d", months[in][g_date_time_get_month(date) - 1],
                         g_date_time_get_year(date));
}

char *word_date(const char *language, GDateTime *date) {
  int in = index_of(language), day = g_date_time_get_day_of_month(date);
  g_autofree char *month = word_month(language, date);
  const char *name = days[in][g_date_time_get_day_of_week(date) - 1];
  if (in == SPANISH)
    return g_strdup_printf("%s %d de %s", name, day, month);
  return g_strdup_printf(in == FRENCH && day == 1 ? "%s %der %s" : "%s %d %s", name, day, month);
}
