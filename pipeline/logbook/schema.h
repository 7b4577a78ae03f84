/* The logbook's tables, as the steps that lead to them. */
#ifndef CARNET_LOGBOOK_SCHEMA_H
#define CARNET_LOGBOOK_SCHEMA_H

/* "carn": PRAGMA application_id, by which a logbook is told from other SQLite files. */
#define SCHEMA_APPLICATION_ID 0x6361726e

/* Step n leads from user_version n to n + 1; NULL ended. A step that was
 * released is never changed: a new one follows it. */
extern const char *const schema_steps[];
/* The trigger that puts each new entry into the search index. */
extern const char schema_search_add[];
/* The user_version that this program reads and writes. */
int schema_version(void);

#endif
