// The public pages in a real browser: phone and desktop, light and dark, with and without JavaScript, by mouse and by
// keyboard, over HTTP and from a disk. usage: browse.cjs SITE-URL FOLDER EDITION ENGLISH-EDITION
const { chromium } = require("playwright-core");
const { axe_finds_nothing } = require("./axe.cjs");
const assert = require("assert/strict"), fs = require("fs"), path = require("path");

const [root, folder, edition, english] = process.argv.slice(2);
const month = fs.readdirSync(folder).find((name) => name.startsWith("archive-"));
const pages = ["index.html", "archive.html", month, `episodes/${edition}.html`, `episodes/${english}.html`,
  `episodes/${edition}.embed.html`, `episodes/${edition}.read.html`];
const devices = [
  { name: "phone", viewport: { width: 360, height: 740 }, colorScheme: "light", isMobile: true, hasTouch: true },
  { name: "desktop", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
];

const cases = [];
const test = (name, run) => cases.push([name, run]);

// Everything that goes wrong on a page, and whatever is asked of anybody but the station.
async function open(context, address) {
  const page = await context.newPage();
  page.troubles = [];
  page.bytes = 0;
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error" && !/\/now\.json|status-json/.test(message.location().url)) page.troubles.push(message.text()); });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["127.0.0.1", ""].includes(url.hostname)) page.troubles.push(`asks ${url}`);
  });
  page.on("response", async (response) => {
    if (!/^(audio|video)/.test(response.headers()["content-type"] ?? "")) page.bytes += (await response.body().catch(() => "")).length;
  });
  await page.goto(address);
  return page;
}

test("axe finds nothing, nothing is wider than the screen, nobody else is asked", async (browser) => {
  for (const device of devices) {
    const context = await browser.newContext(device), page = await open(context, "about:blank");
    const wire = await context.newCDPSession(page);
    await wire.send("Network.enable");
    await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
    for (const name of pages) {
      page.bytes = 0;
      await page.goto(root + name);
      // Light, on a phone, all of them; dark, at a desk, those that have all of the colours between them.
      if (device === devices[0] || [pages[0], pages[3], pages[5]].includes(name))
        assert.deepEqual(await axe_finds_nothing(page, `${name} (${device.name})`), []);
      const over = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${name} is ${over} pixels wider than a ${device.name}`);
      assert.deepEqual(page.troubles, []);
      assert.ok(page.bytes > 0 && page.bytes < 51200, `${name}: ${page.bytes} bytes`);
    }
    await context.close();
  }
});

const heard = (page) => page.evaluate(() => { const audio = document.querySelector("main .card audio"); return { at: audio.currentTime, paused: audio.paused, length: audio.duration, error: audio.error?.message }; });
const ready = (page) => page.waitForFunction(() => document.querySelector("main .card audio").readyState >= 1);
const near = (value, wanted, what) => assert.ok(value >= wanted - 0.05 && value < wanted + 1.5, `${what}: ${value} s, ${wanted} s wanted`);
const playing = (page) => page.waitForFunction(() => { const audio = document.querySelector("main .card audio"); return !audio.paused && audio.currentTime > 0 && audio.readyState >= 3; });

async function jumps(page) {
  await ready(page);
  // The part that is clicked is the one that is heard, and the transcript follows.
  const parts = await page.$$eval(".at", (buttons) => buttons.map((button) => Number(button.dataset.from) / 1000));
  assert.ok(parts.length >= 2);
  await page.click(`.parts li:nth-child(${parts.length}) .at`);
  await playing(page);
  near((await heard(page)).at, parts.at(-1), "the part's button");
  await page.waitForSelector(".said p.now[aria-current=true]");
  const now = await page.$eval(".said p.now", (p) => Number(p.dataset.from) / 1000);
  assert.ok(Math.abs(now - (await heard(page)).at) < 12);
  // A sentence, by mouse.
  const second = await page.$eval(".said p:nth-of-type(2)", (p) => Number(p.dataset.from) / 1000);
  await page.click(".said p:nth-of-type(2) a");
  await page.waitForFunction((at) => Math.abs(document.querySelector("main .card audio").currentTime - at) < 1.5, second);
  assert.match(page.url(), /#t=\d+\.\d{3}$/);
  // The middle of the waveform is the middle of the bulletin.
  await page.evaluate(() => document.querySelector("main .card audio").pause()); // it does not get there by itself
  const box = await (await page.$(".wave")).boundingBox();
  await page.click(".wave", { position: { x: box.width / 2, y: box.height / 2 } });
  const half = (await heard(page)).length / 2;
  near((await heard(page)).at, half - 0.2, "the waveform's middle");
  await page.evaluate(() => document.querySelector("main .card audio").pause());
}

test("it plays: parts, sentences and the waveform are heard where they are clicked, the transcript follows", async (browser) => {
  for (const device of devices) {
    const context = await browser.newContext(device);
    for (const address of [`${root}episodes/${edition}.html`, `file://${folder}/episodes/${edition}.html`]) {
      const page = await open(context, address);
      await jumps(page);
      assert.deepEqual(page.troubles, []);
      await page.close();
    }
    await context.close();
  }
});

test("by keyboard alone: skip to the content, reach a sentence, hear it; a moment's address opens there", async (browser) => {
  const context = await browser.newContext(devices[1]);
  const page = await open(context, `${root}episodes/${edition}.html`);
  await ready(page);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#content");
  await page.keyboard.press("Enter");
  let reached = "";
  for (let i = 0; i < 80 && !reached; i++) {
    await page.keyboard.press("Tab");
    reached = await page.evaluate(() => document.activeElement.closest(".said p:nth-of-type(3)")?.dataset.from ?? "");
    const outline = await page.evaluate(() => document.activeElement.matches("audio, body") || getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, "none"); // where one is can be seen (a player draws its own)
  }
  assert.notEqual(reached, "");
  await page.keyboard.press("Enter");
  await playing(page);
  near((await heard(page)).at, Number(reached) / 1000, "the sentence");
  const again = await open(context, page.url());
  await ready(again);
  await again.waitForFunction((at) => Math.abs(document.querySelector("main .card audio").currentTime - at) < 0.1, Number(reached) / 1000);
  await context.close();
});

test("the search finds what was said, without its accents, also from a disk", async (browser) => {
  const context = await browser.newContext(devices[0]);
  for (const address of [root + "archive.html", `file://${folder}/archive.html`]) {
    const page = await open(context, address);
    await page.fill("input[type=search]", "PASSERELLE fermee");
    await page.waitForFunction(() => document.querySelector("#found").textContent === "2");
    assert.match(await page.textContent(".search li"), /passerelle/i);
    await page.fill("input[type=search]", "rien de tel");
    await page.waitForFunction(() => document.querySelector("#found").textContent === "0");
    await page.fill("input[type=search]", "passerelle");
    await page.click(".search li a");
    await page.waitForSelector("article h1");
    assert.deepEqual(page.troubles, []);
    await page.close();
  }
  await context.close();
});

test("without JavaScript: read, played, downloaded; nothing is there that does nothing", async (browser) => {
  for (const device of devices) {
    const context = await browser.newContext({ ...device, javaScriptEnabled: false });
    const page = await open(context, `${root}episodes/${edition}.html`);
    assert.equal(await page.locator(".at:visible").count(), 0);
    assert.ok(await page.locator("audio[controls]").isVisible());
    assert.ok((await page.locator(".said").innerText()).includes("passerelle"));
    for (const href of await page.locator(".get a").evaluateAll((links) => links.map((link) => link.href)).catch(() => [])) {
      const answer = await context.request.get(href);
      assert.equal(answer.status(), 200, href);
    }
    await page.goto(root + "archive.html");
    assert.equal(await page.locator("input:visible").count(), 0);
    await page.click(".months a");
    await page.click(`.list a >> nth=0`);
    await page.waitForSelector("article h1");
    await context.close();
  }
});

test("what is read aloud prints on one sheet; an episode prints without its buttons", async (browser) => {
  const context = await browser.newContext(devices[1]);
  const page = await open(context, `${root}episodes/${edition}.read.html`);
  const sheet = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.equal(sheet.match(/\/Type\s*\/Page\b/g).length, 1);
  await page.goto(`${root}episodes/${edition}.html`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("audio:visible, nav:visible, .at:visible").count(), 0);
  assert.ok(await page.locator(".said").isVisible());
  await context.close();
});

test("the browser's own WebVTT parser reads the cues, their voices and the times of words", async (browser) => {
  const context = await browser.newContext(devices[1]);
  const page = await open(context, `${root}episodes/${edition}.html`);
  const cues = await page.evaluate((src) => new Promise((resolve, reject) => {
    const video = document.createElement("video"), track = document.createElement("track");
    track.src = src;
    track.kind = "captions";
    track.default = true;
    track.onload = () => resolve([...track.track.cues].map((cue) => {
      const html = cue.getCueAsHTML();
      const walk = document.createTreeWalker(html, NodeFilter.SHOW_PROCESSING_INSTRUCTION); // a time is one
      let times = 0;
      while (walk.nextNode()) times++;
      return { from: cue.startTime, until: cue.endTime, text: html.textContent, voice: html.querySelector("span")?.title, times };
    }));
    track.onerror = () => reject(new Error("no track"));
    video.append(track);
    document.body.append(video);
    track.track.mode = "showing";
  }), `${root}episodes/${edition}.vtt`);
  const shown = await page.$$eval(".said p", (list) => list.map((p) => [Number(p.dataset.from) / 1000, p.textContent]));
  assert.deepEqual(cues.map((cue) => [cue.from, cue.text]), shown);
  assert.ok(cues.every((cue) => cue.until > cue.from && cue.voice));
  assert.ok(cues.some((cue) => cue.times > 3), "words have times");
  await context.close();
});

test("the embedded player plays in somebody else's page, and its link leaves the frame", async (browser) => {
  const context = await browser.newContext(devices[1]);
  const page = await open(context, `${root}episodes/${edition}.html`);
  await page.click("details summary");
  const code = (await page.textContent("details code")).replace(/src="[^"]*\/episodes/, `src="${root}episodes`);
  await page.setContent(`<!DOCTYPE html><html lang="fr"><title>x</title>${code}`);
  const frame = await (await page.waitForSelector("iframe")).contentFrame();
  await frame.waitForSelector("audio");
  await frame.evaluate(() => document.querySelector("audio").play());
  await frame.waitForFunction(() => document.querySelector("audio").currentTime > 0.2);
  await frame.click("p a");
  await page.waitForURL(/episodes\/[^.]*\.html$/);
  await context.close();
});

test("what is on the air is told: by the program that serves the page, else by the server that has the stream", async (browser) => {
  const sources = { icestats: { source: [{ listenurl: "http://127.0.0.1:9/bulletin.mp3", title: "Le soir <b>" }] } };
  for (const [asked, answer, told] of [["**/now.json", { title: "Le midi" }, "Le midi"], ["**/status-json.xsl", sources, "Le soir <b>"]]) {
    const context = await browser.newContext(devices[0]);
    await context.route("**/now.json", (route) => route.fulfill({ status: 404, body: "" }));
    await context.route(asked, (route) => route.fulfill({ json: answer, headers: { "Access-Control-Allow-Origin": "*" } }));
    const page = await open(context, root);
    await page.waitForSelector("#now:not([hidden])");
    assert.equal(await page.textContent("#now strong"), told);
    await context.close();
  }
});

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--disable-gpu"] });
  let failed = 0;
  console.log(`1..${cases.length}`);
  for (const [i, [name, run]] of cases.entries()) {
    const from = Date.now();
    const error = await run(browser).then(() => null, (reason) => reason);
    failed += error ? 1 : 0;
    console.log(`${error ? "not ok" : "ok"} ${i + 1} ${name} # ${Date.now() - from} ms`);
    if (error) console.log(String(error.stack).replace(/^/gm, "# "));
  }
  await browser.close();
  process.exitCode = failed ? 1 : 0;
})();
