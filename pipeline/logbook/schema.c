#include "logbook/schema.h"

#include <stddef.h>

/* Also put back by entries_add_end. */
#define SEARCH_ADD                                                                                                     \
  "CREATE TRIGGER IF NOT EXISTS entries_search_add AFTER INSERT ON entries BEGIN"                                      \
  "  INSERT INTO entries_search(rowid, title, text) VALUES (new.id, new.title, new.text);"                             \
  "END;"

/* IF NOT EXISTS: a file whose user_version was lost is mended, not refused.
 *
 * Two indexes serve the choice of highlights (candidates.c), and hold all that
 * it reads, so that entries are fetched only once chosen:
 *   entries_by_expiry: those that never expire (expires_us = 0) come in order
 *     of rank; those that still live are found among any number of expired ones.
 *   entries_by_rank: all of a day in order of rank.
 *
 * OR, where IN would do: of a list of more than two SQLite makes a tree, filled and thrown away at each INSERT. */
static const char entries_and_revisions[] =
    "CREATE TABLE IF NOT EXISTS entries ("
    "  id INTEGER PRIMARY KEY,"
    "  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),"
    "  kind TEXT NOT NULL CHECK (kind = 'question' OR kind = 'problem' OR kind = 'experience' OR kind = 'resource'"
    "    OR kind = 'idea' OR kind = 'feeling' OR kind = 'announcement' OR kind = 'alert'),"
    "  title TEXT,"
    "  text TEXT NOT NULL CHECK (text <> ''),"
    "  language TEXT NOT NULL,"
    "  place TEXT,"
    "  place_id TEXT,"
    "  author TEXT,"
    "  attribution TEXT NOT NULL CHECK (attribution = 'none' OR attribution = 'place'"
    "    OR attribution = 'first-name' OR attribution = 'full'),"
    "  status TEXT NOT NULL CHECK (status = 'draft' OR status = 'pending' OR status = 'approved'"
    "    OR status = 'rejected' OR status = 'withdrawn'),"
    "  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 2)," /* normal, high, urgent: it is ordered by */
    "  expires_us INTEGER NOT NULL CHECK (expires_us >= 0),"        /* 0: never */
    "  endorsements INTEGER NOT NULL CHECK (endorsements >= 0),"
    "  source_name TEXT,"
    "  source_url TEXT,"
    "  source_key TEXT CHECK (source_key IS NULL OR source_name IS NOT NULL),"
    "  links TEXT," /* one a line */
    "  parent INTEGER REFERENCES entries(id) CHECK (parent <> id),"
    "  sound TEXT,"
    "  created_us INTEGER NOT NULL,"
    "  changed_us INTEGER NOT NULL,"
    "  place_folded TEXT" /* without case and accents */
    ") STRICT;"
    "CREATE INDEX IF NOT EXISTS entries_by_date ON entries(date);"
    "CREATE INDEX IF NOT EXISTS entries_by_rank ON entries"
    "  (status, date, priority DESC, endorsements DESC, created_us DESC, id, expires_us);"
    "CREATE INDEX IF NOT EXISTS entries_by_expiry ON entries"
    "  (status, date, expires_us, priority DESC, endorsements DESC, created_us DESC);"
    "CREATE INDEX IF NOT EXISTS entries_by_place ON entries(place_folded, date) WHERE place_folded IS NOT NULL;"
    "CREATE INDEX IF NOT EXISTS entries_by_parent ON entries(parent) WHERE parent IS NOT NULL;"
    "CREATE UNIQUE INDEX IF NOT EXISTS entries_by_source ON entries(source_name, source_key)"
    "  WHERE source_key IS NOT NULL;"
    "CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE DELETE ON entries BEGIN"
    "  SELECT RAISE(ABORT, 'entries are withdrawn, never deleted');"
    "END;"

    /* The whole entry as it became, as JSON. `restores`, of an undo: the revision
     * whose content it brought back, 0 when it took the adding itself back. */
    "CREATE TABLE IF NOT EXISTS revisions ("
    "  id INTEGER PRIMARY KEY,"
    "  entry_id INTEGER NOT NULL REFERENCES entries(id),"
    "  at_us INTEGER NOT NULL,"
    "  who TEXT NOT NULL,"
    "  what TEXT NOT NULL,"
    "  restores INTEGER,"
    "  content TEXT NOT NULL CHECK (json_valid(content))"
    ") STRICT;"
    "CREATE INDEX IF NOT EXISTS revisions_by_entry ON revisions(entry_id, id);"
    "CREATE TRIGGER IF NOT EXISTS revisions_stay BEFORE DELETE ON revisions BEGIN"
    "  SELECT RAISE(ABORT, 'revisions are never deleted');"
    "END;"
    "CREATE TRIGGER IF NOT EXISTS revisions_keep BEFORE UPDATE ON revisions BEGIN"
    "  SELECT RAISE(ABORT, 'revisions are never changed');"
    "END;"

    /* External content: the words are kept once, in entries. No trigger for
     * DELETE, which is refused above. */
    "CREATE VIRTUAL TABLE IF NOT EXISTS entries_search USING fts5"
    "  (title, text, content='entries', content_rowid='id', tokenize='unicode61 remove_diacritics 2');" SEARCH_ADD
    "CREATE TRIGGER IF NOT EXISTS entries_search_change AFTER UPDATE ON entries"
    "  WHEN old.id <> new.id OR old.title IS NOT new.title OR old.text <> new.text BEGIN"
    "  INSERT INTO entries_search(entries_search, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);"
    "  INSERT INTO entries_search(rowid, title, text) VALUES (new.id, new.title, new.text);"
    "END;";

/* heard: which entries were on the air in which edition, however many mounts
 * took it, by the entry's day, so that choosing need not read the whole log. */
static const char as_run[] =
    "CREATE TABLE IF NOT EXISTS asrun ("
    "  id INTEGER PRIMARY KEY,"
    "  edition TEXT NOT NULL,"
    "  mount TEXT NOT NULL,"
    "  item INTEGER NOT NULL CHECK (item >= 0),"
    "  title TEXT,"
    "  entry_id INTEGER," /* no foreign key: the log says what was aired, even from a rundown that names a wrong id */
    "  start_us INTEGER NOT NULL,"
    "  end_us INTEGER NOT NULL,"
    "  sent_frames INTEGER NOT NULL,"
    "  planned_frames INTEGER NOT NULL,"
    "  result TEXT NOT NULL CHECK (result IN ('aired','partial','missed'))"
    ") STRICT;"
    "CREATE INDEX IF NOT EXISTS asrun_by_edition ON asrun(edition);"
    "CREATE INDEX IF NOT EXISTS asrun_by_start ON asrun(start_us);"
    "CREATE TABLE IF NOT EXISTS heard ("
    "  entry_id INTEGER NOT NULL REFERENCES entries(id),"
    "  edition TEXT NOT NULL,"
    "  date TEXT NOT NULL,"
    "  PRIMARY KEY (entry_id, edition)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS heard_by_date ON heard(date);"
    "CREATE TRIGGER IF NOT EXISTS asrun_heard AFTER INSERT ON asrun WHEN new.result <> 'missed' BEGIN"
    "  INSERT OR IGNORE INTO heard(entry_id, edition, date)"
    "    SELECT id, new.edition, date FROM entries WHERE id = new.entry_id;"
    "END;"
    "CREATE TRIGGER IF NOT EXISTS heard_follows AFTER UPDATE OF date ON entries WHEN new.date <> old.date BEGIN"
    "  UPDATE heard SET date = new.date WHERE entry_id = new.id;"
    "END;";

/* slots_waiting: what the daemon looks at ten times a second, whatever years of slots lie behind. */
static const char slots[] =
    "CREATE TABLE IF NOT EXISTS slots ("
    "  id INTEGER PRIMARY KEY,"
    "  start_us INTEGER NOT NULL,"
    "  occurrence TEXT NOT NULL UNIQUE,"
    "  script TEXT NOT NULL,"
    "  edition TEXT NOT NULL," /* of urgent entries the same each time */
    "  mounts TEXT,"           /* one a line; NULL: all */
    "  priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 9),"
    "  title TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN"
    "    ('planned','rendering','ready','claimed','on-air','done','missed','failed','unknown')),"
    "  why TEXT,"
    "  changed_us INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX IF NOT EXISTS slots_by_edition ON slots(edition);"
    "CREATE INDEX IF NOT EXISTS slots_by_start ON slots(start_us);"
    "CREATE INDEX IF NOT EXISTS slots_waiting ON slots(start_us)"
    "  WHERE state IN ('planned','rendering','ready','claimed','on-air');"
    "CREATE INDEX IF NOT EXISTS slots_by_change ON slots(changed_us);"
    "CREATE TABLE IF NOT EXISTS slot_mounts ("
    "  slot INTEGER NOT NULL REFERENCES slots(id),"
    "  mount TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('claimed','on-air','done','missed','unknown')),"
    "  started_us INTEGER NOT NULL DEFAULT 0,"
    "  ended_us INTEGER NOT NULL DEFAULT 0,"
    "  sent_frames INTEGER NOT NULL DEFAULT 0,"
    "  planned_frames INTEGER NOT NULL,"
    "  heard_frames INTEGER NOT NULL DEFAULT -1,"
    "  why TEXT,"
    "  PRIMARY KEY (slot, mount)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS entries_urgent ON entries(id) WHERE priority = 2 AND status = 'approved';";

/* Words that somebody is known by are here as sums; logins.name: a program's token, which lives until it is taken back. */
static const char users[] = "CREATE TABLE IF NOT EXISTS users ("
                            "  id INTEGER PRIMARY KEY,"
                            "  name TEXT NOT NULL CHECK (name <> ''),"
                            "  name_folded TEXT NOT NULL UNIQUE,"
                            "  password TEXT,"
                            "  role TEXT NOT NULL CHECK (role IN ('contributor','editor','producer','admin')),"
                            "  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),"
                            "  created_us INTEGER NOT NULL,"
                            "  seen_us INTEGER NOT NULL DEFAULT 0"
                            ") STRICT;"
                            "CREATE TABLE IF NOT EXISTS logins ("
                            "  digest TEXT PRIMARY KEY,"
                            "  user INTEGER NOT NULL REFERENCES users(id),"
                            "  csrf TEXT NOT NULL,"
                            "  name TEXT,"
                            "  scope TEXT CHECK (scope IS NULL OR (scope = 'calendar' AND name IS NOT NULL)),"
                            "  created_us INTEGER NOT NULL,"
                            "  seen_us INTEGER NOT NULL,"
                            "  until_us INTEGER NOT NULL"
                            ") STRICT, WITHOUT ROWID;"
                            "CREATE INDEX IF NOT EXISTS logins_by_user ON logins(user);"
                            "CREATE TABLE IF NOT EXISTS invitations ("
                            "  digest TEXT PRIMARY KEY,"
                            "  user INTEGER REFERENCES users(id)," /* NULL: the first one, who is not there yet */
                            "  until_us INTEGER NOT NULL"
                            ") STRICT, WITHOUT ROWID;"
                            "CREATE TABLE IF NOT EXISTS audit ("
                            "  id INTEGER PRIMARY KEY,"
                            "  at_us INTEGER NOT NULL,"
                            "  who TEXT NOT NULL,"
                            "  what TEXT NOT NULL,"
                            "  about TEXT"
                            ") STRICT;"
                            "CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE DELETE ON audit BEGIN"
                            "  SELECT RAISE(ABORT, 'the audit is never deleted');"
                            "END;"
                            "CREATE TRIGGER IF NOT EXISTS audit_keeps BEFORE UPDATE ON audit BEGIN"
                            "  SELECT RAISE(ABORT, 'the audit is never changed');"
                            "END;";

const char schema_search_add[] = SEARCH_ADD;

const char *const schema_steps[] = {entries_and_revisions, as_run, slots, users, NULL};

int schema_version(void) {
  return (int)(sizeof schema_steps / sizeof *schema_steps) - 1;
}
