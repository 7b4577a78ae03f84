// The editors' desk in a real browser, one case at a time. usage: desk.cjs SOCKET
// One program and one browser for all cases: each is asked for by a POST of its name to the socket, with what it is given,
//   {"root": the desk's URL, "folder": its own, "password", "code" of a first visit, "jingle", "carnet", "station"}.
// Nothing is timed: each step waits for what it needs, and the whole is stopped by bats when that never comes.
const { chromium } = require("playwright-core");
const axe = require("fs").readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const assert = require("assert/strict"), fs = require("fs"), http = require("http"), path = require("path");
const { spawn } = require("child_process");

let given = {}; // to the case that runs
let told = []; // by it
const phone = { name: "phone", viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, locale: "fr-FR", colorScheme: "light" };
const desktop = { name: "desktop", viewport: { width: 1280, height: 900 }, locale: "en-GB", colorScheme: "dark" };

/* --- helpers ---------------------------------------------------------------------------------------------- */

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
  const answer = await context.request.post("/api/login", { form: { name, password: given.password }, headers: { Accept: "application/json" } });
  assert.equal(answer.status(), 200, await answer.text());
  context.csrf = (await answer.json()).csrf;
  context.ask = async (method, address, form) => {
    const said = await context.request.fetch(address, { method, form, headers: { Accept: "application/json", "X-CSRF-Token": context.csrf } });
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

async function axe_finds_nothing(page, what) {
  if (!(await page.evaluate(() => window.axe))) await page.evaluate(axe);
  const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false, iframes: false }),
    ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
  return found.violations.map((rule) => `${what}: ${rule.id}: ${rule.nodes.map((node) => node.html.slice(0, 200)).join(" ")}`);
}

const cases = {};

/* --- an editor's day -------------------------------------------------------------------------------------- */

const pad = ["Réunion du quartier", "", "- Question : qui a la clé de la salle des fêtes ? (Gwenn, Kervalan)",
  "- Le four à pain s’allume samedi matin (Aurelle)", ""].join("\n");

// From the first page to the air, by what stands on the pages alone. What is counted is told.
async function day(browser, device) {
  const context = await browser.newContext({ ...device, baseURL: given.root });
  const page = await watched(context);
  const counted = { clicks: 0, direct: 0, fields: 0 };
  const press = async (selector, { is_direct = true, ...options } = {}) => {
    const it = page.locator(selector).first();
    counted.clicks++;
    if (is_direct) counted.direct++;
    await (device.hasTouch ? it.tap(options) : it.click(options));
  };
  const type = async (selector, text) => { counted.fields++; await page.fill(selector, text); };
  const aside = { is_direct: false }; // one may, and need not

  // The first visit: whatever page is asked for, it is the one where the code goes.
  await page.goto("/");
  await page.waitForURL(/\/join$/);
  assert.deepEqual(await axe_finds_nothing(page, "the first visit"), []);
  await type("[name=code]", given.code);
  await type("[name=name]", "Gwenn");
  await type("[name=password]", given.password);
  await press("main form button");
  await page.waitForURL(/\/logbook/);
  assert.equal(await page.locator("article").count(), 0);
  assert.ok(await page.locator(".empty").isVisible());

  // A line by the keyboard, without a reload.
  await page.evaluate(() => { window.mark = true; });
  if (device.hasTouch) await press("#new"); else await page.keyboard.press("n");
  await page.waitForFunction(() => document.activeElement.id === "new");
  counted.fields++;
  await page.keyboard.insertText("Le marché de Kervalan ouvre à neuf heures.");
  await page.keyboard.press("Enter");
  await page.waitForSelector("article.pending");
  await page.waitForFunction(() => document.querySelector("#said").textContent && !document.querySelector("#new").value);
  assert.ok(await page.evaluate(() => window.mark));

  // A pad: pasted, looked at, then written.
  await press("a[href='/import']", aside);
  await page.waitForURL(/\/import/);
  await page.focus("textarea[name=text]");
  await page.keyboard.insertText(pad);
  await press("main form button >> nth=0", aside);
  await page.waitForSelector("button[name=write]");
  assert.equal(await page.locator(".entries li").count(), 2);
  assert.equal(await page.inputValue("textarea[name=text]"), pad);
  assert.equal((await (await context.request.get("/api/entries")).json()).entries.length, 1); // nothing is written yet
  await press("button[name=write]", aside);
  await page.waitForURL(/\/logbook\?.*done=/);
  assert.equal(await page.locator("article").count(), 3);

  // Approved, one by one.
  for (let left = 3; left > 0; left--) {
    await press("article.pending [data-key=approved]", { is_direct: left === 3 });
    await page.waitForFunction((n) => document.querySelectorAll("article.pending").length === n, left - 1);
  }

  // The bulletin: chosen; an item moved, by a finger or by the mouse; other words.
  await press("main a.main[href='/rundown']");
  await press("form[action='/api/rundown'] button.main");
  await page.waitForSelector(".items > li.speech");
  await page.waitForSelector("form[action='/api/rundown/produce'] button");
  const before = await texts(page);
  assert.ok(before.length >= 4, before.join("|"));
  const made = await page.getAttribute(".items", "data-made");
  if (device.hasTouch)
    await press(".items > li.speech:has(a[href^='/entries/']) [data-key=down]", aside);
  else { // all of the way on the screen, since a page that scrolls under a mouse that is held drags something else
    await page.locator(".items > li.speech").nth(1).evaluate((item) => item.scrollIntoView({ block: "start" }));
    await page.locator(".items > li.speech").nth(1).locator(".marks").dragTo(page.locator(".items > li.speech").nth(3).locator(".marks"));
  }
  await page.waitForFunction((was) => document.querySelector(".items")?.dataset.made !== was, made);
  const moved = await texts(page);
  assert.deepEqual([...moved].sort(), [...before].sort());
  assert.notDeepEqual(moved, before); // past what is heard, not past a pause alone
  const item = page.locator(".items > li.speech", { hasText: "neuf heures" });
  counted.clicks++;
  await (device.hasTouch ? item.locator("summary").tap() : item.locator("summary").click());
  await item.locator("textarea").fill("Le marché ouvre à dix heures.");
  counted.clicks++;
  await item.locator("form[action='/api/rundown/words'] button").click();
  await page.waitForFunction(() => [...document.querySelectorAll(".items .text")].some((p) => p.textContent.includes("dix heures")));

  // Made, and heard: as long as its items.
  await press("form[action='/api/rundown/produce'] button");
  await page.waitForSelector("#list audio");
  await page.waitForFunction(() => document.querySelector("audio").readyState >= 1);
  const box = await page.locator("audio").boundingBox();
  await press("audio", { position: { x: 28, y: box.height / 2 } });
  await page.waitForFunction(() => { const audio = document.querySelector("audio"); return !audio.paused && audio.currentTime > 0.2; });
  const { length, whole } = await page.evaluate(() => ({ length: document.querySelector("audio").duration,
    whole: [...document.querySelectorAll(".items > li")].reduce((sum, each) => sum + Number(each.dataset.seconds), 0) }));
  assert.ok(whole > 5 && Math.abs(length - whole) < 0.2, `${length} s, ${whole} s of items`);
  await page.waitForSelector(".items > li.now");
  told.push(`# ${device.name}: heard after ${counted.direct} clicks and ${counted.fields} fields; with all that one may do before, ${counted.clicks} clicks`);
  await page.evaluate(() => document.querySelector("audio").pause());

  // A slot is planned.
  await press("nav a[href='/schedule']");
  const tomorrow = new Date(Date.now() + 86400000).toISOString().slice(0, 10);
  await page.fill("[name=when]", `${tomorrow} 18:00`);
  await press("form[action='/api/schedule'] button");
  await page.waitForSelector("table.slots a[href*='script=midi']");

  // On the air: three lights that are good, what comes next; then what cannot wait.
  await press("nav a[href='/air']");
  await page.waitForFunction(() => document.querySelectorAll(".mounts .light.good").length === 3);
  assert.equal((await (await context.request.get("/api/status")).json()).mounts[0].connection, "on-air");
  assert.deepEqual(await axe_finds_nothing(page, "on the air"), []);
  const title = await page.textContent(".mounts .text");
  await page.fill(".urgent textarea", "La rue du Port est fermée.");
  await press(".urgent .danger");
  await page.waitForURL(/\/air\?done=/);
  await page.evaluate(() => { window.mark = true; });
  await page.waitForFunction((was) => document.querySelector(".mounts .text")?.textContent !== was, title);
  assert.ok(await page.evaluate(() => window.mark)); // told, not asked for
  assert.equal(await page.locator(".mounts .light.good").count(), 3);
  assert.deepEqual(page.troubles, []);
}

cases.phone = (browser) => day(browser, phone);
cases.desktop = (browser) => day(browser, desktop);

/* --- two at once ------------------------------------------------------------------------------------------- */

cases.two = async (browser) => {
  const one = await somebody(browser, "admin", desktop), other = await somebody(browser, "editor", phone);
  const id = await one.add("Le bac part à huit heures. [deux]");
  const list = await watched(one);
  await list.goto("/logbook?search=[deux]");
  await list.evaluate(() => { window.mark = true; });
  const mine = await other.newPage(), theirs = await one.newPage();
  for (const page of [mine, theirs]) await page.goto(`/entries/${id}`);
  await theirs.fill("textarea[name=text]", "Le bac part à neuf heures. [deux]");
  await theirs.click("form.keep button");
  await theirs.waitForURL(/done=saved/);
  await list.waitForSelector(`#e${id} .text:has-text('neuf heures')`); // seen elsewhere, without a reload
  // Who saves second has both texts before his eyes, and loses neither.
  await mine.fill("textarea[name=text]", "Le bac part à sept heures. [deux]");
  await mine.fill("[name=place]", "Kervalan");
  await mine.click("form.keep button");
  await mine.waitForSelector(".there .text");
  assert.match(await mine.textContent(".there .text"), /neuf heures/);
  assert.match(await mine.inputValue("textarea[name=text]"), /sept heures/);
  assert.equal(await mine.inputValue("[name=place]"), "Kervalan");
  assert.deepEqual(await axe_finds_nothing(mine, "the conflict"), []);
  assert.equal(await mine.evaluate(() => document.scrollingElement.scrollWidth - innerWidth), 0);
  assert.match((await one.get(`/api/entries/${id}`)).text, /neuf heures/);
  await mine.click("form.keep button");
  await mine.waitForURL(/done=saved/);
  await list.waitForSelector(`#e${id} .text:has-text('sept heures')`);
  const { text, history } = await one.get(`/api/entries/${id}`);
  assert.match(text, /sept heures/);
  assert.ok(history.some((each) => each.text.includes("neuf heures"))); // and it can be taken back
  assert.ok(await list.evaluate(() => window.mark));
  assert.deepEqual(list.troubles, []);
  // A page that nobody looks at asks for nothing, and is as it should be when somebody does.
  const shown = (is_hidden) => list.evaluate((is_hidden) => {
    Object.defineProperty(document, "hidden", { value: is_hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, is_hidden);
  await shown(true);
  const unseen = await other.add("Ajouté pendant ce temps. [deux]");
  await shown(false);
  await list.waitForSelector(`#e${unseen}`);
  // What he had typed and left, and is changed by somebody else meanwhile, is not put in its place unseen either.
  await mine.goto(`/entries/${id}`);
  await mine.fill("textarea[name=text]", "Le bac part à six heures. [deux]");
  await one.post(`/api/entries/${id}`, { text: "Le bac ne part pas. [deux]" });
  await mine.goto(`/entries/${id}`);
  assert.match(await mine.inputValue("textarea[name=text]"), /six heures/);
  await mine.click("form.keep button");
  await mine.waitForSelector(".there .text");
  assert.match(await mine.textContent(".there .text"), /ne part pas/);
  await mine.click("form.keep button");
  await mine.waitForURL(/done=saved/);
};

cases.ended = async (browser) => {
  const context = await somebody(browser, "editor", phone), page = await context.newPage();
  const id = await context.add("Le puits est à sec. [session]");
  const log_in = async (next) => {
    await page.waitForURL(/\/login/);
    await page.fill("[name=name]", "editor");
    await page.fill("[name=password]", given.password);
    await page.click("main form button");
    await page.waitForURL((url) => url.pathname === next);
  };
  // A line that is added when the session has ended is there after the log-in.
  await page.goto("/logbook?search=[session]");
  await page.fill("#new", "Une ligne longue à écrire. [session]");
  await context.clearCookies();
  await page.press("#new", "Enter");
  await log_in("/logbook");
  assert.equal(await page.inputValue("#new"), "Une ligne longue à écrire. [session]");
  await page.press("#new", "Enter");
  await page.waitForSelector("article .text:has-text('Une ligne longue')");
  await page.reload();
  assert.equal(await page.inputValue("#new"), "");
  // So are an entry's words.
  await page.goto(`/entries/${id}`);
  await page.fill("textarea[name=text]", "Le puits est plein. [session]");
  await context.clearCookies();
  await page.click("form.keep button");
  await page.waitForSelector("p.bad");
  await page.goto(`/entries/${id}`);
  await log_in(`/entries/${id}`);
  assert.equal(await page.inputValue("textarea[name=text]"), "Le puits est plein. [session]");
  await page.click("form.keep button");
  await page.waitForURL(/done=saved/);
};

cases.two_rundown = async (browser) => {
  const one = await somebody(browser, "admin", desktop), other = await somebody(browser, "editor", desktop);
  await one.add("La salle est ouverte à tous. [conducteur]", { status: "approved" });
  await choose(one, "deux");
  const page = await watched(other);
  await page.goto("/rundown?script=deux");
  const items = page.locator(".items > li.speech");
  const last = (await items.count()) - 1;
  await items.nth(last).locator("summary").click();
  await items.nth(last).locator("textarea").fill("Mes mots à moi.");
  await page.keyboard.press("Tab"); // to the button: he does not write any more, and has not saved
  // Somebody else takes the first item out: it is seen here, and what is typed is still there.
  const { made } = await one.get("/api/rundown?script=deux");
  await one.post("/api/rundown/drop", { script: "deux", item: 0, made });
  await page.waitForSelector("#list"); // the page may show it, or wait until he has done
  await items.last().locator("form[action='/api/rundown/words'] button").click();
  await page.waitForFunction((was) => document.querySelector(".items").dataset.made !== was, made);
  assert.equal(await items.last().locator("textarea").inputValue(), "Mes mots à moi.");
  assert.equal((await one.get("/api/rundown?script=deux")).items.some((item) => item.text === "Mes mots à moi."), false); // refused: he looks first
  await items.last().locator("form[action='/api/rundown/words'] button").click();
  await page.waitForSelector(".items .text:has-text('Mes mots à moi.')");
};

/* --- one item stays, another gives its place, a jingle comes ---------------------------------------------------- */

cases.lock_swap = async (browser) => {
  const context = await somebody(browser, "admin", desktop), page = await watched(context);
  for (let i = 0; i < 14; i++) await context.add(`L'attente numéro ${i} est longue, mais elle finit bien. [attente]`, { status: "approved", kind: "question" });
  await choose(context, "attente");
  await page.goto("/rundown?script=attente");
  const said = () => page.waitForFunction(() => document.querySelector("#said").textContent);
  const drawn = async (act) => {
    const made = await page.getAttribute(".items", "data-made");
    await act();
    await page.waitForFunction((was) => document.querySelector(".items").dataset.made !== was, made);
  };
  assert.equal(await page.locator(".marks:has-text('goes first if another grows')").count(), 1);
  // Locked, with the keyboard where it was.
  const first = page.locator(".items > li:has([data-key=keep])").first();
  const number = await first.getAttribute("data-item"), words = await first.locator(".text").textContent();
  await drawn(() => first.locator("[data-key=keep]").press("Enter"));
  assert.equal(await first.locator(".marks:has-text('locked')").count(), 1);
  await page.waitForFunction((item) => document.activeElement.matches(`[data-item="${item}"] [data-key=keep]`), number);
  await said();
  // The next one gives its place to one that waits: the form knows which is meant.
  const second = page.locator(".items > li:has([data-key=keep])").nth(1);
  const place = await second.getAttribute("data-item"), before = await second.locator(".text").textContent();
  await second.locator("a:has-text('Swap')").click();
  await page.waitForURL(/swap=/);
  assert.equal(await page.inputValue("#waiting select"), place);
  const title = await page.locator("#waiting label").nth(1).locator("strong").textContent();
  await page.locator("#waiting input[type=radio]").nth(1).check();
  await drawn(() => page.click("#waiting button"));
  assert.notEqual(await second.locator(".text").textContent(), before);
  assert.ok((await second.textContent()).includes(title.slice(0, 20)));
  // Chosen anew, what is locked stays.
  await choose(context, "attente");
  await page.reload();
  assert.ok((await texts(page)).includes(words));
  assert.deepEqual(page.troubles, []);
};

cases.jingle = async (browser) => {
  const context = await somebody(browser, "admin", phone), page = await watched(context);
  await page.goto("/jingles");
  await page.setInputFiles("form.upload [name=file]", given.jingle);
  assert.equal(await page.inputValue("form.upload [name=name]"), path.parse(given.jingle).name);
  await page.click("form.upload button"); // there is one of that name
  await page.waitForSelector("#said.bad:has-text('--replace')");
  await page.fill("form.upload [name=name]", "carillon");
  await page.click("form.upload button");
  await page.waitForSelector("#list h2:has-text('carillon')");
  const length = await page.evaluate(async () => {
    const sound = document.querySelector("audio[src*=carillon]");
    sound.preload = "metadata";
    sound.load();
    await new Promise((resolve) => { sound.onloadedmetadata = resolve; });
    return sound.duration;
  });
  assert.ok(length > 1);
  page.troubles = page.troubles.filter((each) => !/422/.test(each)); // the refusal above
  assert.deepEqual(page.troubles, []);
};

cases.recording = async (browser) => {
  const context = await somebody(browser, "editor", phone), page = await watched(context);
  await page.goto("/import");
  await page.setInputFiles("form[action='/api/import'] input[type=file]", given.jingle);
  await page.waitForURL(/\/entries\/new\?sound=desk-/);
  await page.fill("textarea[name=text]", "Le forgeron raconte. [enregistrement]");
  await page.click("form.keep button");
  await page.waitForURL(/done=added/);
  const { entries } = await context.get("/api/entries?search=[enregistrement]");
  assert.match(entries[0].sound, /^desk-[0-9a-f]{16}\.flac$/);
  assert.deepEqual(page.troubles, []);
};

/* --- listening while it is made ---------------------------------------------------------------------------------- */

// What makes it is held for as long as one listens to what there is.
const making = () => fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)).find((name) => {
  try {
    const words = fs.readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
    return words.includes("produce") && words.includes(given.station);
  } catch { return false; }
});
const drafted = (edition) => {
  const at = path.join(given.station, "editions", edition);
  const name = fs.existsSync(at) && fs.readdirSync(at).find((each) => each.startsWith(".bulletin.mp3.part-"));
  return name ? fs.statSync(path.join(at, name)).size : 0;
};

cases.making = async (browser) => {
  const context = await somebody(browser, "editor", desktop), page = await watched(context);
  await page.goto("/rundown?script=long");
  const { job } = await context.post("/api/rundown/produce", { script: "long" }), { edition } = await context.get("/api/rundown?script=long");
  while (drafted(edition) < 900000) await new Promise((resolve) => setTimeout(resolve, 2));
  const pid = Number(making());
  process.kill(pid, "SIGSTOP");
  await page.reload();
  const audio = page.locator("audio");
  await page.waitForSelector("audio source[src$='/making']", { state: "attached" });
  assert.deepEqual(await axe_finds_nothing(page, "making"), []);
  await page.click("h1");
  await audio.evaluate((it) => it.play());
  await page.waitForFunction(() => document.querySelector("audio").currentTime > 2.5); // it outlives a drawing
  await page.waitForSelector(".items .now"); // the words that are heard are marked
  process.kill(pid, "SIGCONT");
  await ended(context, job);
  await page.waitForSelector("audio source[src$='/bulletin.mp3']", { state: "attached" });
  await page.waitForFunction(() => document.querySelector("audio").currentTime > 3 && !document.querySelector("audio").paused);
  assert.equal(await audio.count(), 1);
  assert.deepEqual(page.troubles, []);
};

/* --- by the keyboard alone ----------------------------------------------------------------------------------- */

const screens = (entry) => ["/logbook", `/entries/${entry}`, "/entries/new", "/import", "/rundown?script=axe", "/read?script=axe", "/schedule", "/air", "/podcast",
  "/station", "/settings", "/jingles", "/downloads", "/account", "/nowhere"];

// Tab from the top to the end: where one is can be seen, and nothing that can be used is left out.
async function tabs_through(page, what) {
  const faults = [];
  const n = await page.evaluate(() => document.querySelectorAll("a, button, input, select, textarea, summary, [tabindex], audio").length);
  for (let i = 0; i < 3 * n + 20; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const it = document.activeElement;
      if (it === document.body || it.dataset.reached === "last") return null;
      for (const each of document.querySelectorAll("[data-reached=last]")) each.dataset.reached = "yes";
      const first = it.dataset.reached === undefined;
      it.dataset.reached = first ? "last" : "yes";
      const style = getComputedStyle(it), box = it.getBoundingClientRect();
      const other = it.matches(".read li") && [...document.querySelectorAll(".read li")].find((each) => each !== it);
      const is_seen = it.matches("audio") || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) ||
        (other && getComputedStyle(other).borderLeftColor !== style.borderLeftColor);
      const is_on_screen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      return { first, fault: is_seen && is_on_screen ? "" : it.outerHTML.slice(0, 150) };
    });
    if (at === null && i > 0 && (await page.evaluate(() => document.activeElement === document.body))) break;
    if (at && !at.first) break; // around, from the end to the beginning
    if (at?.fault) faults.push(`${what}: not seen: ${at.fault}`);
  }
  const left = await page.$$eval("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], audio", (all) =>
    all.filter((it) => it.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !it.closest("dialog:not([open])") && it.dataset.reached === undefined && !(it.type === "radio" && document.querySelector(`[name=${it.name}][data-reached]`))).map((it) => it.outerHTML.slice(0, 150))); // arrows go from one radio to the next
  return [...faults, ...left.map((it) => `${what}: not reached: ${it}`)];
}

cases.keyboard = async (browser) => {
  const context = await somebody(browser, "admin", desktop), page = await watched(context);
  const ids = [];
  for (const n of ["un", "deux", "trois"]) ids.unshift(await context.add(`La ligne ${n}. [touches]`));
  await page.goto("/logbook?search=[touches]");
  const focus = () => page.evaluate(() => document.activeElement.id);
  const seen = () => page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== "none");
  // The first Tab is the way past the head.
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#content");
  // ? tells the keys, Escape puts them away.
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  assert.ok((await page.locator("dialog kbd").count()) >= 6);
  assert.deepEqual(await axe_finds_nothing(page, "the keys"), []);
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "hidden" });
  // From one to the next, and back; not past the ends.
  for (const [key, at] of [["j", 0], ["j", 1], ["j", 2], ["j", 2], ["k", 1], ["k", 0], ["k", 0]]) {
    await page.keyboard.press(key);
    assert.equal(await focus(), `e${ids[at]}`, key);
    assert.ok(await seen());
  }
  // Approved and rejected where the focus is, which stays.
  await page.keyboard.press("a");
  await page.waitForSelector(`#e${ids[0]}.approved`);
  await page.waitForFunction((id) => document.activeElement.id === id, `e${ids[0]}`);
  await page.keyboard.press("j");
  assert.equal(await focus(), `e${ids[1]}`);
  await page.keyboard.press("r");
  await page.waitForSelector(`#e${ids[1]}.rejected`);
  await page.waitForFunction((id) => document.activeElement.id === id, `e${ids[1]}`);
  assert.equal(await page.locator(`#e${ids[2]}.pending`).count(), 1);
  // A letter that is typed is a letter.
  await page.keyboard.press("n");
  assert.equal(await focus(), "new");
  await page.keyboard.type("jkaren ? [touches]");
  assert.equal(await page.inputValue("#new"), "jkaren ? [touches]");
  await page.keyboard.press("Enter");
  await page.waitForSelector("article.pending .text:has-text('jkaren')");
  assert.equal(await focus(), "new"); // ready for the next line
  // Search, and the entry's own page.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.type), "search");
  await page.keyboard.press("Tab");
  while (!(await page.evaluate(() => document.activeElement.closest("article")))) await page.keyboard.press("Tab");
  await page.keyboard.press("e");
  await page.waitForURL(/\/entries\/\d+$/);
  // Letters can be switched off (WCAG 2.1.4).
  await page.goto("/logbook?search=[touches]");
  await page.keyboard.press("?");
  await page.locator("#letters").press("Space");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "hidden" });
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => document.activeElement.closest("article")), null);
  await page.evaluate(() => localStorage.clear());
  assert.deepEqual(page.troubles, []);
};

cases.keyboard_rundown = async (browser) => {
  const context = await somebody(browser, "admin", desktop), page = await watched(context);
  for (const n of ["un", "deux", "trois"]) await context.add(`L'article ${n}. [ordre]`, { status: "approved" });
  await choose(context, "ordre");
  await make(context, "ordre");
  await page.goto("/rundown?script=ordre");
  const before = await texts(page);
  for (const key of ["j", "j"]) await page.keyboard.press(key);
  const held = () => page.evaluate(() => document.activeElement.querySelector(".text")?.textContent);
  const said = () => page.textContent("#said");
  assert.equal(await held(), before[1]);
  for (const [key, at] of [["Alt+ArrowDown", 2], ["Alt+ArrowDown", 3], ["Alt+ArrowUp", 2]]) {
    const made = await page.getAttribute(".items", "data-made");
    await page.keyboard.press(key);
    await page.waitForFunction((was) => document.querySelector(".items").dataset.made !== was, made);
    await page.waitForFunction(() => document.activeElement.matches(".items > li"));
    assert.equal(await held(), before[1]);                    // the focus goes with it
    assert.equal((await texts(page)).indexOf(before[1]), at); // one place a press
    assert.ok(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== "none"));
    await page.waitForFunction(() => document.querySelector("#said").textContent);
    assert.match(await said(), /\d/); // and it is told
    // Between two that are heard there is a pause still.
    assert.equal(await page.locator(".items > li:not(.pause) + li:not(.pause)").count(), 0);
  }
  const there = await context.get("/api/rundown?script=ordre");
  assert.deepEqual(there.items.filter((item) => item.type === "speech").map((item) => item.text), await texts(page));
  // p listens from there, once it is made.
  await make(context, "ordre");
  await page.goto("/rundown?script=ordre");
  await page.waitForFunction(() => document.querySelector("audio").readyState >= 1);
  for (const key of ["j", "j", "p"]) await page.keyboard.press(key);
  await page.waitForFunction(() => !document.querySelector("audio").paused && document.querySelector(".items > li.now") === document.activeElement);
  await page.keyboard.press("p");
  await page.waitForFunction(() => document.querySelector("audio").paused);
  assert.deepEqual(page.troubles, []);
};

cases.focus = async (browser) => {
  const context = await somebody(browser, "admin", desktop), page = await watched(context);
  const faults = [];
  for (const screen of ["/login", "/join"]) {
    const stranger = await browser.newContext({ ...desktop, baseURL: given.root });
    const its = await stranger.newPage();
    await its.goto(screen);
    faults.push(...await tabs_through(its, screen));
    await stranger.close();
  }
  for (const screen of screens(1)) {
    await page.goto(screen.replace("/logbook", "/logbook?kind=alert"));
    faults.push(...await tabs_through(page, screen));
  }
  assert.deepEqual(faults, []);
};

/* --- without JavaScript ---------------------------------------------------------------------------------------- */

cases.plain = async (browser) => {
  const context = await browser.newContext({ ...phone, baseURL: given.root, javaScriptEnabled: false });
  const page = await watched(context);
  const send = (selector) => page.locator(selector).first().click();
  await page.goto("/import"); // after the log-in one is where one wanted to be
  await page.waitForURL(/\/login/);
  await page.fill("[name=name]", "editor");
  await page.fill("[name=password]", given.password);
  await send("main form button");
  await page.waitForURL(/\/import/);
  // An import: seen, then written.
  await page.fill("textarea[name=text]", pad);
  await page.fill("[name=source]", "sans script");
  await send("main form button");
  await page.waitForSelector(".entries li");
  await send("button[name=write]");
  await page.waitForURL(/\/logbook\?.*done=/);
  assert.ok(await page.locator("#said").isVisible());
  assert.equal(await page.locator(".text", { hasText: "four à pain" }).count(), 1);
  assert.doesNotMatch(await page.textContent("#list"), /\\x/); // a form's ends of lines are no words
  // Added, changed, approved.
  await page.fill("#new", "Le puits est à sec. [sans]");
  await page.press("#new", "Enter");
  await page.waitForURL(/done=added/);
  await page.goto("/logbook?search=[sans]");
  await send("article [data-key=edit]");
  await page.waitForURL(/\/entries\//);
  await page.fill("textarea[name=text]", "Le puits est plein. [sans]");
  await send("form.keep button");
  await page.waitForURL(/done=saved/);
  await page.goto("/logbook?search=[sans]");
  assert.match(await page.textContent("article .text"), /plein/);
  await send("article [data-key=approved]");
  await page.waitForURL(/done=approved/);
  await page.goto("/logbook?search=[sans]&status=approved");
  assert.equal(await page.locator("article.approved").count(), 1);
  // A bulletin: chosen and made; the page asks again by itself while that goes on.
  await page.goto("/rundown?script=sans");
  await send("form[action='/api/rundown'] button");
  await page.waitForSelector(".items > li.speech");
  const before = await texts(page);
  assert.ok(before.some((text) => text.includes("puits")));
  await send("form[action='/api/rundown/produce'] button");
  await page.waitForSelector("audio[controls]");
  const sound = await context.request.get(await page.getAttribute("audio source", "src"));
  assert.equal(sound.status(), 200);
  assert.ok((await sound.body()).length > 100000);
  // Read aloud by a person, too; nothing is there that does nothing.
  await page.goto("/read?script=sans");
  assert.equal(await page.locator(".read li").count(), before.length);
  assert.deepEqual(page.troubles, []);
};

/* --- for everybody ---------------------------------------------------------------------------------------------- */

// Each screen as a stranger and as an admin meets it; an import that was looked at has no address.
async function each_screen(browser, device, look) {
  const stranger = await browser.newContext({ ...device, baseURL: given.root });
  const page = await watched(stranger);
  for (const screen of ["/login", "/join", "/contribute"]) {
    await page.goto(screen);
    await look(page, screen);
  }
  assert.deepEqual(page.troubles, []);
  await page.goto("/login");
  await page.fill("[name=name]", "nobody of that name");
  await page.fill("[name=password]", "wrong");
  await page.click("main form button");
  await page.waitForSelector("p.bad:visible");
  await look(page, "/login, refused");
  await stranger.close();
  const context = await somebody(browser, "admin", device), own = await watched(context);
  for (const screen of ["/logbook?kind=alert", "/logbook?search=12", "/logbook?search=nothing+of+that+kind", ...screens(1).slice(1, -1)]) {
    await own.goto(screen);
    await look(own, screen);
  }
  await own.goto("/import");
  await own.fill("textarea[name=text]", pad);
  await own.click("main form button");
  await own.waitForSelector(".entries li");
  await look(own, "/import, looked at");
  assert.deepEqual(own.troubles, []);
  await own.goto(screens(1).at(-1)); // an error
  await look(own, screens(1).at(-1));
  await context.close();
}

// Nothing is wider than the screen; where one is can be seen, where the places are.
async function widths(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth, over = document.scrollingElement.scrollWidth - wide;
    const who = [...document.querySelectorAll("main *")].filter((it) => over > 0 && !it.children.length && it.getBoundingClientRect().right > wide + 1);
    const here = document.querySelector("nav [aria-current]")?.getBoundingClientRect();
    return [over > 0 ? [`${over} pixels: ${who.slice(0, 3).map((it) => it.outerHTML.slice(0, 120)).join(" ")}`] : [],
      !here || (here.left >= 0 && here.right <= innerWidth) ? [] : ["its place is not seen"]].flat().map((it) => `${innerWidth} wide: ${it}`);
  });
}

// All of them light, in French, on a phone. Dark and in English, at a desk, those that have the most words and all of the
// colours between them; and how wide each is. (200 % of 1280 pixels is a screen of 640.)
const rich = ["/login, refused", "/logbook?kind=alert", "/entries/1", "/rundown?script=axe", "/schedule", "/air", "/station", "/settings",
  "/import, looked at"];

cases.screens = async (browser) => {
  const found = [];
  for (const device of [phone, desktop])
    await each_screen(browser, device, async (page, screen) => {
      const lang = await page.getAttribute("html", "lang");
      assert.equal(lang, device.locale.slice(0, 2));
      await page.$$eval("details", (all) => { for (const each of all) each.open = true; });
      if (device === phone || rich.includes(screen)) found.push(...await axe_finds_nothing(page, `${screen}, ${lang}, ${device.colorScheme}`));
      if (device === desktop) await page.setViewportSize({ width: 640, height: 450 });
      found.push(...(await widths(page)).map((it) => `${screen}: ${it}`));
      if (device === desktop) await page.setViewportSize(desktop.viewport);
    });
  assert.deepEqual([...new Set(found)], []);
};

/* --- killed during an edit ----------------------------------------------------------------------------------------- */

// A desk of our own on the same station, to be killed: its address once it answers.
async function desk(port) {
  const child = spawn(given.carnet, ["-C", given.station, "desk", "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  fs.writeFileSync(path.join(given.folder, "killed.pid"), String(child.pid));
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const kill = () => { child.kill("SIGKILL"); return gone; };
  let told = "";
  for await (const some of child.stdout) {
    told += some;
    const found = /^the desk: (http:\/\/127\.0\.0\.1:(\d+))\/$/m.exec(told);
    if (found) return { child, address: found[1], port: Number(found[2]), kill };
  }
  throw new Error("no desk");
}

cases.killed = async (browser) => {
  let one = await desk(0);
  try {
    const context = await somebody(browser, "admin", phone);
    const id = await context.add("Le pont est ouvert. [tué]");
    let page = await context.newPage();
    await page.goto(`${one.address}/entries/${id}`);
    const at_list = await context.newPage();
    await at_list.goto(`${one.address}/logbook?search=[tu%C3%A9]`);
    await page.fill("textarea[name=text]", "Le pont est fermé");
    await page.focus("textarea[name=text]");
    await one.kill();
    await page.waitForSelector("#lost:visible");
    await at_list.waitForSelector("#lost:visible");
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText(" jusqu'à lundi. [tué]");
    // A line that cannot be sent stays in its field, and it is told why.
    await at_list.fill("#new", "Une autre ligne. [tué]");
    await at_list.press("#new", "Enter");
    await at_list.waitForFunction(() => document.querySelector("#said").matches(".bad") && document.querySelector("#said").textContent);
    assert.equal(await at_list.inputValue("#new"), "Une autre ligne. [tué]");
    one = await desk(one.port);
    for (const each of [page, at_list]) {
      await each.waitForSelector("#lost", { state: "hidden" });
      await each.waitForFunction(() => document.querySelector("#said").textContent && !document.querySelector("#said").matches(".bad"));
    }
    assert.equal(await page.inputValue("textarea[name=text]"), "Le pont est fermé jusqu'à lundi. [tué]");
    await at_list.press("#new", "Enter");
    await at_list.waitForSelector("article .text:has-text('Une autre ligne')");
    // Killed once more, and saved while it is away: told on this page, which stays. Then the page is closed.
    await one.kill();
    await page.waitForSelector("#lost:visible");
    await page.click("form.keep button");
    await page.waitForFunction(() => document.querySelector("#said").matches(".bad") && document.querySelector("#said").textContent);
    assert.equal(await page.inputValue("textarea[name=text]"), "Le pont est fermé jusqu'à lundi. [tué]");
    await page.close();
    one = await desk(one.port);
    page = await context.newPage();
    await page.goto(`${one.address}/entries/${id}`);
    assert.equal(await page.inputValue("textarea[name=text]"), "Le pont est fermé jusqu'à lundi. [tué]");
    await page.waitForFunction(() => document.querySelector("#said").textContent); // it says that it kept it
    await page.click("form.keep button");
    await page.waitForURL(/done=saved/);
    assert.equal((await context.get(`/api/entries/${id}`)).text, "Le pont est fermé jusqu'à lundi. [tué]");
    await page.goto(`${one.address}/entries/${id}`);
    assert.equal(await page.textContent("#said"), ""); // what was saved is not kept any longer
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("carnet ")).length), 0);
  } finally {
    await one.kill();
  }
};

/* --- the first paint ------------------------------------------------------------------------------------------------ */

cases.cold = async (browser) => {
  for (const device of [phone, desktop]) {
    const context = await somebody(browser, "admin", device), page = await watched(context);
    const wire = await context.newCDPSession(page);
    let bytes = 0;
    await wire.send("Network.enable");
    wire.on("Network.loadingFinished", (event) => { bytes += event.encodedDataLength; });
    await page.goto("/logbook", { waitUntil: "load" });
    assert.equal(await page.locator("article").count(), 50);
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length);
    const asked = await page.evaluate(() => performance.getEntriesByType("resource").map((each) => each.name));
    assert.ok(asked.length > 0 && asked.every((name) => name.startsWith(given.root + "/")), asked.join(" "));
    const paint = await page.evaluate(() => Math.round(performance.getEntriesByName("first-contentful-paint")[0].startTime));
    told.push(`# ${device.name}: ${bytes} bytes, ${asked.length + 1} requests, painted after ${paint} ms`);
    assert.ok(bytes > 1000 && bytes < 100 * 1024, `${bytes} bytes`);
    assert.deepEqual(page.troubles, []);
    await context.close();
  }
};

/* -------------------------------------------------------------------------------------------------------------------- */

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--mute-audio"], handleSIGTERM: false });
  process.once("SIGTERM", () => browser.close().then(() => process.exit()));
  http.createServer(async (request, answer) => {
    let asked = "";
    for await (const some of request) asked += some;
    given = JSON.parse(asked);
    told = [];
    const failed = await cases[request.url.slice(1)](browser).then(() => [], (error) => [error.stack]);
    for (const context of browser.contexts()) await context.close();
    answer.writeHead(failed.length ? 500 : 200).end([...told, ...failed, ""].join("\n"));
  }).listen(process.argv[2]);
})();
