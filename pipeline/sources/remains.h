/* What is left of a line when its parts are taken out: does it still say something? */
#ifndef CARNET_SOURCES_REMAINS_H
#define CARNET_SOURCES_REMAINS_H

#include <glib.h>
#include <stdbool.h>

/* Cuts the hour that an export glued to the end ("…l'étoffer.12.11"). Returns it (g_free),
    or NULL when there is none. */
char *remains_take_time(char *text);
/* A letter or a figure is in it. */
bool remains_words(const char *text);
/* It only points at something: "(cf texte ci-dessus)", "voir plus haut". */
bool remains_pointer(const char *text);
/* "voir", "lien :" before an address that was taken out. */
bool remains_bare_pointer(const char *text);

#endif
