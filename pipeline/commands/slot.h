/* Which bulletin a verb is about: --date and --script, or an edition's name; and how long it is to be. */
#ifndef CARNET_COMMANDS_SLOT_H
#define CARNET_COMMANDS_SLOT_H

#include "commands/command.h"

#define SLOT_DEFAULT_SCRIPT "midi"

typedef struct {
  char *date, *script;
  char *edition; /* NULL: DATE-SCRIPT */
} Slot;
void slot_clear(Slot *slot);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Slot, slot_clear)

/* From options, any of which may be NULL: today, and the script "midi". */
bool slot_from_options(Session *session, const char *date, const char *script, Slot *slot, GError **error);
/* From "2020-03-17-midi", or "2020-03-17-midi@1800" (of a second slot that day): the script is what stands before the @. */
bool slot_from_edition(const char *edition, Slot *slot, GError **error);
/* --length's value; 0 and INPUT when it is none, or less than a frame. */
gint64 slot_frames(const char *length, GError **error);
/* The edition that was produced last. False without an error when there is none. */
bool slot_latest(Session *session, Slot *slot, GError **error);

#endif
