// Cases of desk.cjs: an editor's day, two at once, what is done to a bulletin's items, listening while it is made.
const assert = require("assert/strict"), fs = require("fs"), path = require("path");
const { given, told, phone, desktop, watched, somebody, ended, choose, texts, axe_finds_nothing, pad } = require("./desk_helpers.cjs");

const cases = module.exports;

/* --- an editor's day -------------------------------------------------------------------------------------- */

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
  // Nor a setting.
  const settings = await one.newPage(), late = "[name='run.late']";
  const set = (value, was) => one.post("/api/settings", { "run.late": value, "was.run.late": was });
  await settings.goto("/settings");
  const before = await settings.inputValue(late);
  await settings.fill(late, "9:00");
  await set("7:00", before);
  await settings.goto("/settings");
  assert.equal(await settings.inputValue(late), "9:00");
  await settings.click("form.keep button");
  await settings.waitForSelector(".bad:has-text('7:00')");
  assert.equal(await settings.inputValue(late), "9:00");
  await set(before, "7:00");
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
  // A line that is added when the session has ended is there after the log-in, however slowly the refusal comes.
  await page.addInitScript(() => {
    const json = Response.prototype.json;
    Response.prototype.json = async function () { await new Promise((go) => setTimeout(go, 500)); return json.call(this); };
  });
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
  // And an item's, and how a word is to be read: of this item, and of no other.
  const admin = await somebody(browser, "admin", desktop);
  await admin.add("La salle est ouverte. [session]", { status: "approved" });
  await choose(admin, "deux");
  await page.goto("/rundown?script=deux");
  const items = page.locator(".items > li.speech"), item = items.last();
  await item.locator("summary").first().click();
  await item.locator("textarea").fill("Des mots à moi. [session]");
  await item.locator("[name=word]").fill("Kervalan");
  await item.locator("[name=say]").fill("kèr valane");
  await context.clearCookies();
  await item.locator("form[action='/api/rundown/words'] button").click();
  await log_in("/rundown");
  assert.match(page.url(), /script=deux/);
  assert.equal(await item.locator("textarea").inputValue(), "Des mots à moi. [session]");
  assert.equal(await item.locator("[name=say]").inputValue(), "kèr valane");
  assert.equal(await items.first().locator("[name=say]").inputValue(), "");
  await item.locator("form[action='/api/rundown/words'] button").click();
  await page.waitForSelector(".items > li .text:has-text('Des mots à moi')");
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
