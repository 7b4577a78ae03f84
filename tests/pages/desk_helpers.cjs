// What the cases of desk.cjs share.
const assert = require("assert/strict");
const { axe_finds_nothing } = require("./axe.cjs");

const given = {}; // to the case that runs
const told = []; // by it
const phone = { name: "phone", viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, locale: "fr-FR", colorScheme: "light" };
const desktop = { name: "desktop", viewport: { width: 1280, height: 900 }, locale: "en-GB", colorScheme: "dark" };

// Everything that goes wrong on a page, and whatever is asked of anybody but the desk.
async function watched(context) {
  const page = await context.newPage();
  page.troubles = [];
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") page.troubles.push(`${message.text()} (${message.location().url})`); });
  page.on("request", (request) => { if (!request.url().startsWith(given.root + "/")) page.troubles.push(`asks ${request.url()}`); });
  return page;
}

// A browser of its own, in which somebody is logged in.
async function somebody(browser, name, device) {
  const context = await browser.newContext({ ...device, baseURL: given.root });
  // A connection that was left idle may be closed by the desk at the very moment it is used again: once more.
  const answer = await context.request.post("/api/login", { form: { name, password: given.password }, maxRetries: 1, headers: { Accept: "application/json" } });
  assert.equal(answer.status(), 200, await answer.text());
  context.csrf = (await answer.json()).csrf;
  context.ask = async (method, address, form) => {
    const said = await context.request.fetch(address, { method, form, maxRetries: 1, headers: { Accept: "application/json", "X-CSRF-Token": context.csrf } });
    assert.ok(said.ok(), `${address}: ${said.status()} ${await said.text()}`);
    return said.json();
  };
  context.post = (address, form) => context.ask("POST", address, form);
  context.get = (address) => context.ask("GET", address);
  context.add = async (text, more = {}) => (await context.post("/api/entries", { text, ...more })).id;
  return context;
}

// A job of the desk, to its end.
async function ended(context, job) {
  for (;;) {
    const { state, why } = await context.get(`/api/jobs/${job}`);
    if (state === "done") return;
    assert.notEqual(state, "failed", why);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const choose = async (context, script) => ended(context, (await context.post("/api/rundown", { script, again: "yes" })).job);
const make = async (context, script) => ended(context, (await context.post("/api/rundown/produce", { script })).job);
const texts = (page) => page.$$eval(".items > li.speech", (items) => items.map((item) => item.querySelector(".text").textContent));

const pad = ["Réunion du quartier", "", "- Question : qui a la clé de la salle des fêtes ? (Gwenn, Kervalan)",
  "- Le four à pain s’allume samedi matin (Aurelle)", ""].join("\n");


const screens = (entry) => ["/logbook", `/entries/${entry}`, "/entries/new", "/import", "/rundown?script=axe", "/read?script=axe", "/schedule", "/air", "/podcast",
  "/station", "/settings", "/jingles", "/downloads", "/account", "/nowhere"];


module.exports = { given, told, phone, desktop, watched, somebody, ended, choose, make, texts, axe_finds_nothing, pad, screens };
