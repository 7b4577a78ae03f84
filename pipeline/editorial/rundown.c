/* The plain type of a rundown: make, copy, free, name, add up. */
#include "editorial/rundown.h"

#include "base/i18n.h"

static const char *const TYPE_NAMES[ITEM_TYPE_COUNT] = {N_("jingle"), N_("speech"), N_("sound"), N_("pause")};

RundownItem *rundown_item_new(ItemType type) {
  RundownItem *item = g_new0(RundownItem, 1);
  item->type = type;
  return item;
}

RundownItem *rundown_item_copy(const RundownItem *item) {
  RundownItem *copy = g_memdup2(item, sizeof *item);
  copy->title = g_strdup(item->title);
  copy->text = g_strdup(item->text);
  copy->spoken = g_strdup(item->spoken);
  copy->language = g_strdup(item->language);
  copy->voice = g_strdup(item->voice);
  copy->file = g_strdup(item->file);
  copy->links = g_strdupv(item->links);
  copy->kept_sum = g_strdup(item->kept_sum);
  return copy;
}

void rundown_item_free(RundownItem *item) {
  if (item == NULL)
    return;
  g_free(item->title);
  g_free(item->text);
  g_free(item->spoken);
  g_free(item->language);
  g_free(item->voice);
  g_free(item->file);
  g_strfreev(item->links);
  g_free(item->kept_sum);
  g_free(item);
}

static void free_item(gpointer item) {
  rundown_item_free(item);
}

Rundown *rundown_new(void) {
  Rundown *rundown = g_new0(Rundown, 1);
  rundown->items = g_ptr_array_new_with_free_func(free_item);
  rundown->warnings = g_new0(char *, 1);
  return rundown;
}

void rundown_free(Rundown *rundown) {
  if (rundown == NULL)
    return;
  g_free(rundown->title);
  g_free(rundown->script);
  g_free(rundown->language);
  g_free(rundown->date);
  g_free(rundown->bed.file);
  g_ptr_array_unref(rundown->items);
  g_strfreev(rundown->warnings);
  g_free(rundown);
}

const char *item_type_name(ItemType type) {
  return TYPE_NAMES[type];
}

int item_type_parse(const char *name) {
  for (int type = 0; type < ITEM_TYPE_COUNT; type++)
    if (g_strcmp0(name, TYPE_NAMES[type]) == 0)
      return type;
  return -1;
}

void rundown_add_warning(Rundown *rundown, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *warning = g_strdup_vprintf(format, args);
  va_end(args);
  if (g_strv_contains((const char *const *)rundown->warnings, warning)) {
    g_free(warning);
    return;
  }
  guint n = g_strv_length(rundown->warnings);
  rundown->warnings = g_renew(char *, rundown->warnings, n + 2);
  rundown->warnings[n] = warning;
  rundown->warnings[n + 1] = NULL;
}

guint rundown_opening(const GPtrArray *items) {
  guint n = 0;
  while (n < items->len && ((const RundownItem *)g_ptr_array_index(items, n))->type == ITEM_JINGLE)
    n++;
  const RundownItem *first = items->len > 0 ? g_ptr_array_index(items, 0) : NULL;
  return n == 0 && first != NULL && first->type == ITEM_SPEECH && first->entry == 0 ? 1 : n;
}

const RundownItem *rundown_item_of(const Rundown *rundown, gint64 entry) {
  for (guint i = 0; i < rundown->items->len; i++)
    if (((const RundownItem *)rundown->items->pdata[i])->entry == entry)
      return rundown->items->pdata[i];
  return NULL;
}

void rundown_retime(Rundown *rundown) {
  gint64 at = 0;
  for (guint i = 0; i < rundown->items->len; i++) {
    RundownItem *item = g_ptr_array_index(rundown->items, i);
    item->start_frame = at;
    at += item->frames;
  }
  rundown->frames = at;
}
