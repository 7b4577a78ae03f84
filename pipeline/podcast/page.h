/* What every public page has: its head, its masthead, its foot. Inside podcast/ only. */
#ifndef CARNET_PODCAST_PAGE_H
#define CARNET_PODCAST_PAGE_H

#include "podcast/pages.h"
#include "podcast/words.h"
#include "base/xml.h"

typedef struct {
  const Site *site;
  const char *language, *title, *description;
  const char *path;  /* below the site's address: "episodes/…" */
  const char *up;    /* from the page to the site's root: "" or "../" */
  const char *class; /* of its body: NULL, or one that stands alone, without masthead and foot */
} Page;

/* Opens <main>. */
Xml *page_begin(const Page *page);
/* Closes the page. Returns (g_free). */
char *page_end(Xml *xml, const Page *page);
/* `class` NULL: none. */
void page_anchor(Xml *xml, const char *class, const char *href, const char *text);
/* WCAG 3.1.2: what is in another language than its page says so. On the element that is open. */
void page_language(Xml *xml, const char *of_page, const char *own);
/* "mardi 17 mars 2020", in the episode's language and the station's zone. Returns (g_free). */
char *page_date(const Site *site, const Episode *episode);
/* "1:05". Returns (g_free). */
char *page_clock(gint64 ms);
/* The sound, Opus first: less to carry. */
void page_player(Xml *xml, const Episode *episode, const char *up);

#endif
