/* Does a text that is to be anonymous seem to hold a name? A guess for the
 * editor's eyes: nothing is changed, and both errors are possible. */
#ifndef CARNET_EDITORIAL_NAMES_H
#define CARNET_EDITORIAL_NAMES_H

#include "logbook/entry.h"

#include <stdbool.h>

/* Names told of one entry; a list of participants needs no more. */
#define NAMES_MOST 12

/* The first piece of `text` that looks like a person's name ("M. Kerdoncuff",
 * "Maryvonne Le Gall", "Jean-Pierre", "yann.kerbrat@ex.org"), or that is a part
 * of `author` (may be NULL). `place` (may be NULL) is never taken for a name, nor
 * is what follows "rue", "école", "Saint". Returns (g_free), or NULL. */
char *names_find(const char *text, const char *author, const char *place);
/* True when `text` holds a part of the author's name, whatever its case. */
bool names_hold_author(const char *text, const char *author);
/* Every such name of the entry's title and text, each once, at most NAMES_MOST,
 * when its attribution is none or place; otherwise none. Returns strings (g_ptr_array_unref). */
GPtrArray *names_in_anonymous(const Entry *entry);

#endif
