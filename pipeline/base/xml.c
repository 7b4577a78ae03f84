#include "base/xml.h"

#include "base/text.h"

#include <libxml/xmlwriter.h>
#include <string.h>

#define DEEP 64

struct Xml {
  xmlBufferPtr buffer;
  xmlTextWriterPtr writer;
  bool is_page;
  const char *open[DEEP];
  guint depth;
};

Xml *xml_new(bool is_page) {
  Xml *xml = g_new0(Xml, 1);
  xml->is_page = is_page;
  xml->buffer = xmlBufferCreate();
  xml->writer = xmlNewTextWriterMemory(xml->buffer, 0);
  if (!xml->buffer || !xml->writer)
    g_error("libxml2: no memory"); /* base/memory.h ends the program before */
  if (is_page)
    xmlTextWriterWriteRaw(xml->writer, BAD_CAST "<!DOCTYPE html>\n");
  else
    xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", NULL);
  return xml;
}

char *xml_end(Xml *xml) {
  while (xml->depth > 0)
    xml_close(xml);
  xmlTextWriterEndDocument(xml->writer);
  xmlFreeTextWriter(xml->writer);
  GString *text = g_string_new((const char *)xmlBufferContent(xml->buffer));
  xmlBufferFree(xml->buffer);
  g_free(xml);
  if (text->len == 0 || text->str[text->len - 1] != '\n')
    g_string_append_c(text, '\n');
  return g_string_free(text, FALSE);
}

void xml_open(Xml *xml, const char *name) {
  g_assert(xml->depth < DEEP);
  xml->open[xml->depth++] = name;
  xmlTextWriterStartElement(xml->writer, BAD_CAST name);
}

void xml_open_class(Xml *xml, const char *name, const char *class) {
  xml_open(xml, name);
  xml_attribute(xml, "class", class);
}

void xml_attribute(Xml *xml, const char *name, const char *value) {
  g_autofree char *printable = value ? text_printable(value) : NULL;
  if (printable)
    xmlTextWriterWriteAttribute(xml->writer, BAD_CAST name, BAD_CAST printable);
}

void xml_text(Xml *xml, const char *text) {
  g_autofree char *printable = text_printable(text ? text : "");
  xmlTextWriterWriteString(xml->writer, BAD_CAST printable);
}

void xml_raw(Xml *xml, const char *markup) {
  xmlTextWriterWriteRaw(xml->writer, BAD_CAST markup);
}

/* HTML: these have no end tag, all others have one, empty or not. */
static bool is_void(const char *name) {
  static const char *const names[] = {"meta", "link", "img", "input", "br", "hr", "source"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (strcmp(name, names[i]) == 0)
      return true;
  return false;
}

void xml_close(Xml *xml) {
  const char *name = xml->open[--xml->depth];
  if (xml->is_page && !is_void(name))
    xmlTextWriterFullEndElement(xml->writer);
  else
    xmlTextWriterEndElement(xml->writer);
}

void xml_element(Xml *xml, const char *name, const char *text) {
  if (!text)
    return;
  xml_open(xml, name);
  xml_text(xml, text);
  xml_close(xml);
}

void xml_lines(Xml *xml, const char *text) {
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (i > 0 || !*lines[i]) /* the first newline of a textarea does not count (WHATWG HTML, 13.1.2.5) */
      xmlTextWriterWriteRaw(xml->writer, BAD_CAST "\n");
    xml_text(xml, lines[i]);
  }
}
