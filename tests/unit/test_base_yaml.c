/* What is wrong in a YAML file is told at its very place. */
#include "base/yaml.h"

#include "base_folder.h"

typedef struct {
  char *a;
  int z;
} Sub;

typedef struct {
  char *name;
  int kind;
  unsigned n;
  int *i;
  double *f;
  bool b, free;
  char *word;
  char **list;
  unsigned list_count;
  Sub sub;
} Top;

static const cyaml_strval_t kinds[] = {{"aa", 0}, {"bb", 1}};

static const cyaml_schema_field_t sub_fields[] = {
    CYAML_FIELD_STRING_PTR("a", CYAML_FLAG_POINTER, Sub, a, 0, 10),
    CYAML_FIELD_INT("z", CYAML_FLAG_OPTIONAL, Sub, z),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t word = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, 10)};

static const cyaml_schema_field_t top_fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, Top, name, 0, 10),
    CYAML_FIELD_ENUM("kind", CYAML_FLAG_STRICT | CYAML_FLAG_OPTIONAL, Top, kind, kinds, CYAML_ARRAY_LEN(kinds)),
    CYAML_FIELD_UINT("n", CYAML_FLAG_OPTIONAL, Top, n),
    CYAML_FIELD_INT_PTR("i", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, Top, i),
    CYAML_FIELD_FLOAT_PTR("f", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, Top, f),
    CYAML_FIELD_BOOL("b", CYAML_FLAG_OPTIONAL, Top, b),
    YAML_SWITCH("free", Top, free),
    CYAML_FIELD_STRING_PTR("word", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, Top, word, 2, 10),
    CYAML_FIELD_SEQUENCE("list", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, Top, list, &word, 1, 3),
    CYAML_FIELD_MAPPING("sub", CYAML_FLAG_OPTIONAL, Top, sub, sub_fields),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t schema = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, Top, top_fields)};

static YamlFile *parse(const char *text, GError **error) {
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
  return yaml_file_parse("f.yaml", bytes, &schema, error);
}

static void test_good(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(YamlFile) file =
      parse("\xef\xbb\xbfname: é\r\nkind: bb\nn: 3\ni: -7\nf: -16.5\nb: yes\nfree: YES\nlist:\n  - x\n  - \"y: z\"\n"
            "sub: {a: q, z: -1}\n",
            &error);
  g_assert_no_error(error);
  const Top *top = file->data;
  g_assert_cmpstr(top->name, ==, "é");
  g_assert_cmpint(top->kind, ==, 1);
  g_assert_cmpuint(top->n, ==, 3);
  g_assert_cmpint(*top->i, ==, -7);
  g_assert_cmpfloat(*top->f, ==, -16.5);
  g_assert_true(top->b && top->free);
  g_assert_cmpuint(top->list_count, ==, 2);
  g_assert_cmpstr(top->list[1], ==, "y: z");
  g_assert_cmpint(top->sub.z, ==, -1);
}

static void test_wrong(void) {
  static const struct {
    const char *text, *wanted;
  } rows[] = {
      {"name: x\nvoicee: y\n", "f.yaml:2:1: unknown key \"voicee\""},
      {"name: x\nsub: {a: x, b: {c: d}}\n", "f.yaml:2:13: unknown key \"b\""},
      {"name: x\n\"\\e[2J\": y\n", "f.yaml:2:1: unknown key \"\\x1B[2J\""},
      {"# c\nkind: aa\n", "f.yaml:2:1: missing key \"name\""},
      {"name: x\nsub:\n  z: 1\n", "f.yaml:3:3: missing key \"a\""},
      {"name: x\nn: 1\nname: y\n", "f.yaml:3:1: the key \"name\" is there twice"},
      {"name: [a]\n", "f.yaml:1:7: a single value is meant here"},
      {"name: x\nlist: a\n", "f.yaml:2:7: a list is meant here"},
      {"name: x\nlist:\n  - a\n  - {b: 1}\n", "f.yaml:4:5: a single value is meant here"},
      {"name: x\nlist: [a, b, c, d]\n", "f.yaml:2:17: too many items (at most 3)"},
      {"name: x\nlist: []\n", "f.yaml:2:7: too few items (at least 1)"},
      {"name: x\nsub: 3\n", "f.yaml:2:6: keys with values are meant here (\"key: value\")"},
      {"- a\n", "f.yaml:1:1: keys with values are meant here (\"key: value\")"},
      {"name: x\nkind: cc\n", "f.yaml:2:7: \"cc\" is none of: aa, bb"},
      {"name: x\nkind: 1\n", "f.yaml:2:7: \"1\" is none of: aa, bb"},
      {"name: x\nn: -1\n", "f.yaml:2:4: \"-1\" is not a whole number from 0, or is out of range"},
      {"name: x\nn: 3.5\n", "f.yaml:2:4: \"3.5\" is not a whole number from 0, or is out of range"},
      {"name: x\nn: 08\n", "f.yaml:2:4: \"08\" is not a whole number from 0, or is out of range"},
      {"name: x\nn: 4294967296\n", "f.yaml:2:4: \"4294967296\" is not a whole number from 0, or is out of range"},
      {"name: x\ni: 2147483648\n", "f.yaml:2:4: \"2147483648\" is not a whole number, or is out of range"},
      {"name: x\ni: \"-\"\n", "f.yaml:2:4: \"-\" is not a whole number, or is out of range"},
      {"name: x\ni: 7x\n", "f.yaml:2:4: \"7x\" is not a whole number, or is out of range"},
      {"name: x\nf: 1e5e5\n", "f.yaml:2:4: \"1e5e5\" is not a number"},
      {"name: x\nf: \"\"\n", "f.yaml:2:4: \"\" is not a number"},
      {"name: x\nf: nan\n", "f.yaml:2:4: \"nan\" is not a number"},
      {"name: x\nf: 1e999\n", "f.yaml:2:4: \"1e999\" is not a number"},
      {"name: x\nf: 0x10\n", "f.yaml:2:4: \"0x10\" is not a number"},
      {"name: x\nf:\n", "f.yaml:2:3: \"\" is not a number"},
      {"name: x\nb: maybe\n", "f.yaml:2:4: \"maybe\" is neither true nor false"},
      {"name: trop long pour moi\n", "f.yaml:1:7: too long (18 bytes, at most 10)"},
      {"name: \"a\\0b\"\n", "f.yaml:1:7: holds a zero byte"},
      {"name: &a x\nlist: [*a]\n", "f.yaml:2:8: YAML aliases are not read here"},
      {"name: x\n---\nname: y\n", "f.yaml:2:1: a second document begins here; only one is read"},
      {"? [a]\n: b\n", "f.yaml:1:3: a key is one word"},
      {"name: &a x\nlist: [&a y]\n", "f.yaml:2:8: this anchor is there twice"},
      {"name: x\nf: 1-2\n", "f.yaml:2:4: \"1-2\" is not a number"},
      {"name: x\nfree: si\n", "f.yaml:2:7: \"si\" is none of: false, no, off, true, yes, on"},
      {"name: x\nword: a\n", "f.yaml:2:7: too short (at least 2 bytes)"},
      {"", "f.yaml:1:1: empty"},
      {"# only a comment\n", "f.yaml:1:1: empty"},
      {"---\n", "f.yaml:1:1: empty"},
      {"name: x\n\tn: 1\n", "f.yaml:2:1: found a tab character that violates indentation"},
      {"name: \"x\n", "f.yaml:2:1: found unexpected end of stream"},
      {"name: a: b\n", "f.yaml:1:8: mapping values are not allowed in this context"},
      {"name: é\nn: 3\nl: \xff\n", "f.yaml:3:4: invalid leading UTF-8 octet"},
      {"name: \x01\n", "f.yaml:1:7: control characters are not allowed"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(parse(rows[i].text, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, rows[i].wanted);
  }
}

/* Each is refused in bounded time and memory. */
static void test_bombs(void) {
  g_autoptr(GError) error = NULL;
  g_assert_null(parse("a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nname: x\n", &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "f.yaml:2:8: YAML aliases");
  g_autofree char *deep = g_strnfill(1u << 20, '[');
  g_assert_null(parse(deep, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "f.yaml:1:51: nested too deeply");
  g_autofree char *many = g_strnfill(4u << 20, '\n');
  g_assert_null(parse(many, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "empty");
  GString *keys = g_string_new("name: x\n");
  while (keys->len < (2u << 20))
    g_string_append_printf(keys, "k%zu: v\n", keys->len);
  g_assert_null(parse(keys->str, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "f.yaml:2:1: unknown key");
  g_string_free(keys, TRUE);
}

static void test_load(void) {
  char *folder = folder_of_test();
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename(folder, "x.yaml", NULL);
  g_assert_null(yaml_file_load(path, &schema, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "x.yaml: ");
  g_autofree char *large = g_strnfill(YAML_MAX_BYTES + 1, ' ');
  g_assert_true(file_write(path, large, -1, 0644, NULL));
  g_assert_null(yaml_file_load(path, &schema, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "too long");
  g_assert_true(file_write(path, "name: ok\n", -1, 0644, NULL));
  g_autoptr(YamlFile) file = yaml_file_load(path, &schema, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(file->path, ==, path);
  remove_folder(folder);
}

static void test_places(void) {
  g_autoptr(YamlFile) file = parse("name: x\nlist:\n  - a\n  - b\nsub:\n  a: q\n", NULL);
  static const struct {
    const char *where;
    unsigned line, column;
  } rows[] = {{"name", 1, 7},       {"list[1]", 4, 5},  {"list", 3, 3},    {"sub.a", 6, 6},
              {"", 1, 1},           {"nothing", 0, 1},  {"list[9]", 0, 3}, {"list[9999999999999]", 0, 3},
              {"sub.b.c[2]", 0, 3}, {"list[]", 0, 3},   {"list[1", 0, 3},  {"list.a", 0, 3},
              {"sub[0]", 0, 3},     {"list[-1]", 0, 3}, {"name.x", 0, 7},  {"list[x]", 0, 3}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    unsigned column = 0;
    g_assert_cmpuint(yaml_line_of(file, rows[i].where, &column), ==, rows[i].line);
    g_assert_cmpuint(column, ==, rows[i].column);
  }
  g_autoptr(YamlFile) odd = parse("name: &a x\nsub:\n  a: q\n", NULL);
  g_assert_cmpuint(yaml_line_of(odd, "sub.a", NULL), ==, 3);
  g_autoptr(GError) elsewhere = NULL;
  g_autoptr(YamlFile) flow = parse("sub: {a: q}\nname: x\n", NULL);
  g_assert_cmpuint(yaml_line_of(flow, "sub.z", NULL), ==, 0);
  yaml_error_in(&elsewhere, "/nowhere/f.yaml", "sub.a", "%s is wrong", "q"); /* it was there when it was read */
  g_assert_nonnull(strstr(elsewhere->message, "/nowhere/f.yaml"));
  g_autoptr(GError) error = NULL;
  yaml_error_at(&error, file, "sub.a", "%s is wrong", "q");
  g_assert_cmpstr(error->message, ==, "f.yaml:6:6: q is wrong");
}

/* A place in a file that has been changed since, into what is no YAML or has other keys. */
static void test_changed_since(void) {
  static const char *const changed[] = {"name: [", "? [a]\n: b\n", "", "- a\n"};
  char *folder = folder_of_test();
  g_autofree char *path = g_build_filename(folder, "x.yaml", NULL);
  g_autofree char *wanted = g_strdup_printf("%s:1:1: q is wrong", path);
  for (gsize i = 0; i < G_N_ELEMENTS(changed); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_true(file_write(path, changed[i], -1, 0644, NULL));
    yaml_error_in(&error, path, "name", "%s is wrong", "q");
    g_assert_cmpstr(error->message, ==, wanted);
  }
  remove_folder(folder);
}

static void test_sequence(void) {
  static const cyaml_schema_value_t words = {
      CYAML_VALUE_SEQUENCE(CYAML_FLAG_POINTER, char *, &word, 0, CYAML_UNLIMITED)};
  g_autoptr(GBytes) bytes = g_bytes_new_static("- a\n- b\n", 8);
  g_autoptr(GError) error = NULL;
  g_autoptr(YamlFile) file = yaml_file_parse("f.yaml", bytes, &words, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(file->count, ==, 2);
  g_assert_cmpstr(((char **)file->data)[1], ==, "b");
  g_autofree unsigned *lines = yaml_item_lines(file);
  g_assert_cmpuint(lines[0], ==, 1);
  g_assert_cmpuint(lines[1], ==, 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/yaml/good", test_good);
  g_test_add_func("/yaml/wrong", test_wrong);
  g_test_add_func("/yaml/bombs", test_bombs);
  g_test_add_func("/yaml/load", test_load);
  g_test_add_func("/yaml/places", test_places);
  g_test_add_func("/yaml/changed-since", test_changed_since);
  g_test_add_func("/yaml/sequence", test_sequence);
  return g_test_run();
}
