/* An edition becomes an episode of the podcast. Shared by the files of `carnet publish`. */
#ifndef CARNET_COMMANDS_PUBLISHING_H
#define CARNET_COMMANDS_PUBLISHING_H

#include "base/background.h"
#include "commands/command.h"
#include "podcast/catalogue.h"

typedef struct {
  char **retract, **keep;
  char *note;
  gboolean all, refresh, json;
} PublishOptions;

typedef struct {
  Session *session;
  const Station *station;
  Store *store;
  Catalogue *catalogue;
  const PublishOptions *options;
  guint new_marks; /* a bit for each thing to be done once files have changed, of this run */
} Publishing;

/* Puts it into the catalogue. What was withdrawn, or has expired, is left out: the edition is made anew first. */
bool publish_edition(const Publishing *publishing, const char *edition, GError **error);

/* An entry of a published episode that was withdrawn since, or has expired; 0: none, -1 with an error: the store cannot
 * tell. `asked` (gint64 ids) holds those that may be heard, and gets more. */
gint64 publish_taken_back(const Publishing *publishing, const Episode *episode, GHashTable *asked, GError **error);

/* Waits for a program's end, or Ctrl-C (AGAIN). `*why` (g_free): what it said last, NULL when it ended well. False with an
 * error when it was not started, or was interrupted. */
bool publish_wait(Background *background, char **why, GError **error);

/* Before the first file: what changes is to be told and sent, also by a later run when this one is killed or fails. */
bool publish_expect_change(Publishing *publishing, GError **error);
/* After all: nothing did. */
void publish_nothing_changed(Publishing *publishing);
/* After the files: tells the hub that feeds have changed, and has the station's own program carry public/ elsewhere. What
 * could not be told or sent is told or sent by the next run (podcast/.to-tell, .to-send). AGAIN when it could not be sent;
 * a hub that does not answer is a warning. */
bool publish_tell(const Publishing *publishing, GError **error);

#endif
