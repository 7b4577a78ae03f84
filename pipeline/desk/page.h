/* What every page of the desk has: its head, where one can go, a word of what was done; and the pieces of forms. Inside
 * desk/ only. Texts of people are escaped by base/xml.h; what stands here as markup is ours. */
#ifndef CARNET_DESK_PAGE_H
#define CARNET_DESK_PAGE_H

#include "desk/visit.h"

typedef struct {
  const char *title;   /* translated */
  const char *section; /* "logbook": where one is; NULL: nowhere */
  guint refresh_s;     /* the page is asked for again (without JavaScript); 0: no */
  bool is_bare;        /* no navigation: before one has logged in, and to read from */
} DeskPage;

/* Opens <main>. */
Xml *page_open(Visit *visit, const DeskPage *page);
/* Closes the page and answers with it. Takes `xml`. */
void page_close(Visit *visit, Xml *xml, unsigned status);

/* A form that changes something: POST, with the session's word. Closed by xml_close. */
void page_form(Xml *xml, const Visit *visit, const char *action, const char *class);
void page_hidden(Xml *xml, const char *name, const char *value);
typedef struct {
  const char *name, *label; /* label: translated */
  const char *type;         /* "text", "password", "search", "date"… */
  const char *value, *hint; /* NULL: none */
  const char *complete;     /* autocomplete (WCAG 1.3.5), NULL: none */
  bool is_required;
} Field;
void page_field(Xml *xml, const Field *field);
void page_area(Xml *xml, const char *name, const char *label, const char *text, guint rows);
/* A choice of `n` names as the program has them, shown translated; `any`: the one of none of them (NULL: there is none). */
void page_choice(Xml *xml, const char *name, const char *label, const char *const *names, guint n, const char *chosen,
                 const char *any);
/* The same of names that stand for `texts` (translated; NULL: for themselves). */
void page_select(Xml *xml, const char *name, const char *label, const char *const *names, const char *const *texts,
                 guint n, const char *chosen, const char *any);
/* Something that is so ("yes") or not; `label`: translated. */
void page_check(Xml *xml, const char *name, const char *label);
/* A sound to listen to; `preload`: "none", "metadata". */
void page_audio(Xml *xml, const char *src, const char *label, const char *preload);
/* `class`: "main" (the one next thing), "quiet", "bad", or NULL. */
void page_button(Xml *xml, const char *text, const char *class);
void page_button_named(Xml *xml, const char *text, const char *class, const char *name, const char *value);
/* Of an icon, or of a word that stands many times: `label` says which one is meant; `key`: by which the script knows it
 * (NULL: it need not). */
void page_button_labelled(Xml *xml, const char *text, const char *class, const char *label, const char *key);
/* A table's first row: `n` headings, translated here. */
void page_headings(Xml *xml, const char *const *headings, guint n);
void page_link(Xml *xml, const char *class, const char *href, const char *text);
/* An icon of static/icons.svg, which is but an ornament: a word stands beside it. */
void page_icon(Xml *xml, const char *name);
/* A paragraph with a class. */
void page_words(Xml *xml, const char *class, const char *text);
/* Nothing is here, and what to do about it. */
void page_empty(Xml *xml, const char *what, const char *href, const char *action);
/* "mardi 17 mars 2020"; "17 mars, 18:05" (g_free), in the page's language and the station's zone. */
char *page_day(const Visit *visit, const char *day);
char *page_instant(const Visit *visit, gint64 at_us);
/* "5:00", of frames. Returns (g_free). */
char *page_length(gint64 frames);
/* Names of the files of one of the station's folders that end so, in order, as people say them: without the ending; no
 * lexicons. Returns (g_ptr_array_unref). */
GPtrArray *page_files(const Visit *visit, const char *subfolder, const char *ending);
/* The day of "date" (today when it was not given). Returns (g_free), or NULL. */
char *page_asked_day(const Visit *visit, GError **error);

#endif
