/* What answers at each address (routes.c), a function each. Inside desk/ only. */
#ifndef CARNET_DESK_ANSWERS_H
#define CARNET_DESK_ANSWERS_H

#include "desk/visit.h"
#include "logbook/entry.h"

void answer_home(Visit *visit);
void page_login(Visit *visit);
void page_join(Visit *visit);
void page_contribute(Visit *visit);
void answer_static(Visit *visit);
void page_account(Visit *visit);
void page_logbook(Visit *visit);
void page_entry(Visit *visit);
void page_import(Visit *visit);
void page_rundown(Visit *visit);
void page_read(Visit *visit);
void page_schedule(Visit *visit);
void page_air(Visit *visit);
void page_podcast(Visit *visit);
void page_station(Visit *visit);
void answer_login(Visit *visit);
void answer_join(Visit *visit);
void answer_contribute(Visit *visit);
void answer_logout(Visit *visit);
void answer_logout_all(Visit *visit);
void answer_password(Visit *visit);
void answer_token(Visit *visit);
void answer_token_revoke(Visit *visit);
void answer_me(Visit *visit);
void answer_entries(Visit *visit);
void answer_entry_add(Visit *visit);
void answer_entry(Visit *visit);
void answer_entry_edit(Visit *visit);
void answer_entry_status(Visit *visit);
void answer_entry_undo(Visit *visit);
void answer_import(Visit *visit);
void answer_rundown(Visit *visit);
void answer_choose(Visit *visit);
void answer_item_move(Visit *visit);
void answer_item_drop(Visit *visit);
void answer_item_words(Visit *visit);
void answer_item_voice(Visit *visit);
void answer_item_sound(Visit *visit);
void page_downloads(Visit *visit);
void answer_downloads(Visit *visit);
void page_jingles(Visit *visit);
void answer_sound_keep(Visit *visit);
void answer_sound(Visit *visit);
void page_entry_new(Visit *visit);
void answer_jingles(Visit *visit);
void answer_jingle(Visit *visit);
void answer_jingle_add(Visit *visit);
void answer_item_put(Visit *visit);
void answer_item_keep(Visit *visit);
void answer_rundown_undo(Visit *visit);
void answer_rundown_lock(Visit *visit);
void answer_produce(Visit *visit);
void answer_explain(Visit *visit);
void answer_edition_file(Visit *visit);
void answer_making(Visit *visit);
void answer_say(Visit *visit);
void answer_lexicon(Visit *visit);
void answer_job(Visit *visit);
void answer_status(Visit *visit);
void answer_events(Visit *visit);
void answer_air_now(Visit *visit);
void answer_air_end(Visit *visit);
void answer_schedule(Visit *visit);
void answer_slot_add(Visit *visit);
void answer_episodes(Visit *visit);
void answer_publish(Visit *visit);
void answer_retract(Visit *visit);
void answer_users(Visit *visit);
void answer_user_add(Visit *visit);
void answer_user_change(Visit *visit);
void answer_user_reset(Visit *visit);
void answer_audit(Visit *visit);
void answer_openapi(Visit *visit);
void page_explain(Visit *visit);
void page_edit_script(Visit *visit);
void page_doctor(Visit *visit);
void page_settings(Visit *visit);
void answer_settings(Visit *visit);
void answer_settings_change(Visit *visit);
void answer_entry_merge(Visit *visit);
void answer_slot_cancel(Visit *visit);
void answer_calendar(Visit *visit);
void answer_script(Visit *visit);
void answer_backup(Visit *visit);
void answer_doctor(Visit *visit);

/* Pages that several show. `wrong` (translated; may be NULL) stands above the form. */
void show_login(Visit *visit, const char *wrong, unsigned status);
void show_join(Visit *visit, const char *wrong, unsigned status);
void show_account(Visit *visit, const char *token); /* `token`: one that was just made, NULL: none */
/* Who one is, as JSON, or on to `where`. */
void answer_me_at(Visit *visit, const char *where);
/* The form of an entry as it was sent, with what is wrong; of a conflict, with what stands there now (`there`, may be NULL). */
void show_entry(Visit *visit, const Entry *entry, const Entry *there, const char *wrong, unsigned status);
/* A stranger's form, as it was sent. */
void show_contribute(Visit *visit, const char *wrong, unsigned status);
/* `code`: a one-time code that was just made; NULL: none. */
void show_station(Visit *visit, const char *code);
/* `drafts`: what an import would make, as `carnet import --json` prints it; NULL: nothing was asked. */
void show_import(Visit *visit, const char *drafts, const char *wrong);

#endif
