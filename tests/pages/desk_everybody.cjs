// Cases of desk.cjs: for everybody who comes: by the keyboard alone, without JavaScript, on each screen; after a desk was killed; with a cold cache.
const assert = require("assert/strict"), fs = require("fs"), path = require("path"), { spawn } = require("child_process");
const { given, told, phone, desktop, watched, somebody, choose, make, texts, axe_finds_nothing, pad, screens } = require("./desk_helpers.cjs");

const cases = module.exports;

/* --- by the keyboard alone ----------------------------------------------------------------------------------- */

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

const on = (device) => async (browser) => {
  const found = [];
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
cases.screens_on_a_phone = on(phone);
cases.screens_at_a_desk = on(desktop);

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
