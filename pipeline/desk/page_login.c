/* The pages of who one is: the first visit, log-in, an invitation, one's account, a stranger's entry. */
#include "desk/answers.h"

#include "base/secret.h"
#include "desk/page.h"

static void close_form(Xml *xml, const char *button) {
  xml_open(xml, "p");
  page_button(xml, button, "main");
  xml_close(xml);
  xml_close(xml);
}

void show_login(Visit *visit, const char *wrong, unsigned status) {
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Log in"), .is_bare = true});
  if (wrong)
    page_words(xml, "bad", wrong);
  page_form(xml, visit, "/api/login", "card");
  page_hidden(xml, "next", visit_value(visit, "next"));
  page_field(xml, &(Field){.name = "name",
                           .label = _("Your name"),
                           .type = "text",
                           .value = visit_value(visit, "name"),
                           .complete = "username",
                           .is_required = true});
  page_field(xml, &(Field){.name = "password",
                           .label = _("Your password"),
                           .type = "password",
                           .complete = "current-password",
                           .is_required = true});
  close_form(xml, _("Log in"));
  page_words(xml, "soft",
             _("Forgotten? An admin of the station gives you a new code, or \"carnet user reset NAME\" does "
               "on the station's computer."));
  if (visit->session->station->desk.takes_contributions) {
    xml_open(xml, "p");
    page_link(xml, NULL, "/contribute", _("Send an entry without an account"));
    xml_close(xml);
  }
  page_close(visit, xml, status);
}

/* Nobody is there yet: the first visit goes on with the code. */
void page_login(Visit *visit) {
  g_autoptr(GError) error = NULL;
  if (visit->user)
    web_reply_see(visit->reply, "/");
  else if (users_count(visit->session->store, &error) == 0)
    web_reply_see(visit->reply, "/join");
  else
    show_login(visit, NULL, 200);
}

void show_join(Visit *visit, const char *wrong, unsigned status) {
  bool is_first = users_count(visit->session->store, NULL) == 0;
  const char *title = is_first ? _("A new desk") : _("Choose a password");
  Xml *xml = page_open(visit, &(DeskPage){.title = title, .is_bare = true});
  if (wrong)
    page_words(xml, "bad", wrong);
  if (is_first)
    page_words(xml, NULL,
               _("The program printed a one-time code when it started: with it you become the station's first "
                 "admin. You can invite others afterwards."));
  page_form(xml, visit, "/api/join", "card");
  page_field(xml, &(Field){.name = "code",
                           .label = _("The one-time code"),
                           .type = "text",
                           .value = visit_value(visit, "code"),
                           .complete = "one-time-code",
                           .is_required = true});
  if (is_first)
    page_field(xml, &(Field){.name = "name",
                             .label = _("Your name"),
                             .type = "text",
                             .value = visit_value(visit, "name"),
                             .hint = _("as colleagues see it beside what you change"),
                             .complete = "username",
                             .is_required = true});
  g_autofree char *hint = g_strdup_printf(_("%d characters or more"), PASSWORD_LEAST);
  page_field(xml, &(Field){.name = "password",
                           .label = _("A new password"),
                           .type = "password",
                           .hint = hint,
                           .complete = "new-password",
                           .is_required = true});
  close_form(xml, _("Begin"));
  page_close(visit, xml, status);
}

void page_join(Visit *visit) {
  show_join(visit, NULL, 200);
}

/* --- one's account -------------------------------------------------------------------------------------- */

static void add_tokens(Xml *xml, const Visit *visit, const char *made) {
  static const char *const scopes[] = {N_("calendar")};
  g_autoptr(GPtrArray) tokens = logins_tokens(visit->session->store, visit->user->id, NULL);
  xml_open_class(xml, "section", "card");
  xml_element(xml, "h2", _("Tokens for programs"));
  page_words(xml, "soft",
             _("A program sends one with each request, and may then what you may. /api/openapi.json tells "
               "what there is to ask for."));
  if (made) {
    page_words(xml, "good", _("Here is the token. It is shown once: keep it now."));
    xml_element(xml, "code", made);
  }
  xml_open_class(xml, "ul", "plain");
  for (guint i = 0; tokens && i < tokens->len; i++) {
    const Login *token = tokens->pdata[i];
    g_autofree char *since = page_instant(visit, token->created_us);
    xml_open(xml, "li");
    page_form(xml, visit, "/api/tokens/revoke", "row");
    xml_element(xml, "span", token->name);
    page_words(xml, "soft", since);
    page_hidden(xml, "digest", token->digest);
    page_button(xml, _("Take back"), "quiet");
    xml_close(xml);
    xml_close(xml);
  }
  xml_close(xml);
  page_form(xml, visit, "/api/tokens", NULL);
  page_field(xml, &(Field){.name = "name", .label = _("What it is for"), .type = "text", .is_required = true});
  page_choice(xml, "scope", _("What it may"), scopes, 1, "calendar", _("all that you may"));
  page_button(xml, _("Make a token"), NULL);
  xml_close(xml);
  xml_close(xml);
}

void show_account(Visit *visit, const char *token) {
  Xml *xml = page_open(visit, &(DeskPage){.title = visit->user->name});
  page_words(xml, "soft", _(role_name(visit->user->role)));
  xml_open_class(xml, "div", "row");
  page_form(xml, visit, "/api/logout", NULL);
  page_button(xml, _("Log out"), "main");
  xml_close(xml);
  page_form(xml, visit, "/api/logout-everywhere", NULL);
  page_button(xml, _("Log out everywhere"), "quiet");
  xml_close(xml);
  xml_close(xml);
  page_form(xml, visit, "/api/password", "card");
  xml_element(xml, "h2", _("Change your password"));
  page_field(xml, &(Field){.name = "password",
                           .label = _("Your password"),
                           .type = "password",
                           .complete = "current-password",
                           .is_required = true});
  page_field(xml, &(Field){.name = "new",
                           .label = _("A new password"),
                           .type = "password",
                           .complete = "new-password",
                           .is_required = true});
  page_button(xml, _("Change it"), NULL);
  xml_close(xml);
  add_tokens(xml, visit, token);
  page_close(visit, xml, 200);
}

void page_account(Visit *visit) {
  show_account(visit, NULL);
}
