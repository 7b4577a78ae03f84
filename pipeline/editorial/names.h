/* Does a text that is to be anonymous seem to hold a name? A guess for the
 * editor's eyes: nothing is changed, and both errors are possible. */
#ifndef CARNET_EDITORIAL_NAMES_H
#define CARNET_EDITORIAL_NAMES_H

#include "logbook/entry.h"

#include <stdbool.h>

/* The first piece of `text` that looks like a person's name ("M. Kerdoncuff",
 * "Maryvonne Le Gall"), or that is a part of `author` (may be NULL). `place`
 * (may be NULL) is never taken for a name. Returns (g_free), or NULL. */
char *names_find(const char *text, const char *author, const char *place);
/* True when `text` holds a part of the author's name, whatever its case. */
bool names_hold_author(const char *text, const char *author);
/* names_find over the entry's title and text, when its attribution is none or
 * place; otherwise NULL. */
char *names_in_anonymous(const Entry *entry);

#endif
