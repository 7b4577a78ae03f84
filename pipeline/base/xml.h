/* XML and pages, written in order; what writes by libxml2 (schedule/ reads by it). Names and attributes are ours, texts may be
 * anybody's: they are escaped, and what no XML may hold is left out. */
#ifndef CARNET_BASE_XML_H
#define CARNET_BASE_XML_H

#include <glib.h>
#include <stdbool.h>

typedef struct Xml Xml;
/* An XML file, or a page (HTML 5 as XML). Ends with xml_end. */
Xml *xml_new(bool is_page);
/* Closes what is open. Returns the text (g_free). */
char *xml_end(Xml *xml);

void xml_open(Xml *xml, const char *name);
/* `value` NULL: none. */
void xml_attribute(Xml *xml, const char *name, const char *value);
void xml_text(Xml *xml, const char *text);
/* The same with its line ends, which xml_text makes spaces of: for a textarea, or <pre>. */
void xml_lines(Xml *xml, const char *text);
/* Text of our own that is markup, as it stands. */
void xml_raw(Xml *xml, const char *markup);
void xml_close(Xml *xml);
/* An element that holds a text alone; `text` NULL: nothing is written. */
void xml_element(Xml *xml, const char *name, const char *text);
/* Opens an element with a class (a page's). */
void xml_open_class(Xml *xml, const char *name, const char *class);

#endif
