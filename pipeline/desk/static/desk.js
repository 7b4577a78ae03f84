/* What the pages do by themselves; without it they work by forms and links. Plain modules of today's browsers, no library. */
const $ = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const csrf = $("meta[name=csrf]")?.content ?? "";
const word = (name) => $(`#words [data-word=${name}]`)?.textContent ?? "";

/* --- telling -------------------------------------------------------------------------------------- */

function say(text, bad = false) {
  const line = $("#said");
  line.classList.toggle("bad", bad);
  line.textContent = "";
  requestAnimationFrame(() => { line.textContent = text; }); /* the same words again are read again */
}

/* --- asking ----------------------------------------------------------------------------------------- */

/* A page that answers a form (what a pad holds, two texts of a conflict) stands at the form's address: it cannot be asked for. */
const answers_form = location.pathname.startsWith("/api/");
const address = () => location.pathname + location.search;

async function post(action, body) {
  let answer;
  try {
    answer = await fetch(action, { method: "POST", body, headers: { Accept: "application/json", "X-CSRF-Token": csrf } });
  } catch {
    throw new Error(word("offline"));
  }
  const text = await answer.json().catch(() => ({}));
  /* Not before the words have come: what was typed is put aside by who asked, while this page is still there. */
  if (answer.status === 401) location.href = "/login?next=" + encodeURIComponent(answers_form ? "/" : address());
  if (!answer.ok) throw Object.assign(new Error(text.error ?? answer.statusText), { status: answer.status });
  return text;
}

/* Where the keyboard was: found again in what was drawn anew. */
function place() {
  const it = document.activeElement, at = it?.closest("#list [id], #list [data-item]");
  if (!at) return null;
  const selector = at.id ? "#" + at.id : `[data-item="${at.dataset.item}"]`;
  const field = it.name ? `${selector} [name="${it.name}"]` + (it.type === "radio" ? `[value="${it.value}"]` : "") : "";
  return { selector, field, key: it.dataset?.key };
}

function back(where) {
  const at = where && $(where.selector);
  (at && ((where.key && $(`[data-key="${where.key}"]`, at)) || (where.field && $(where.field)) || at))?.focus({ preventScroll: true });
}

/* What was typed or chosen and is not sent. */
const own_value = (field) => (["radio", "checkbox"].includes(field.type) ? field.checked : field.value);
const is_changed = (field) => field.tagName === "SELECT"
  ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
  : own_value(field) !== (["radio", "checkbox"].includes(field.type) ? field.defaultChecked : field.defaultValue);
const fields_of = (from) => all("textarea, select, input:not([type=hidden]):not([type=file])", from);
/* Where a field is found again: by its form's address, what the form is about, and its own name. */
const about = (form) => [...["edition", "item", "word"].map((name) => all(`input[type=hidden][name=${name}]`, form)[0]?.value ?? ""),
  form.closest("[data-item]")?.dataset.item].join();
const known_as = (field) => field.form && [field.form.getAttribute("action"), about(field.form), field.name, field.type === "radio" ? field.value : ""].join(" ");

const unsent = (fields) => fields.filter(is_changed).map((field) => [known_as(field), own_value(field)]);

/* What is open, and the words that are changed there: known again by the words that they are to change, else by their place. */
function opened(details) {
  const area = $("textarea", details);
  return { item: details.closest("[data-item]")?.dataset.item, was: area?.defaultValue, value: area?.value };
}

function reopen({ item, was, value }, list) {
  const same = all("textarea", list).filter((area) => area.defaultValue === was);
  const area = same.find((each) => each.closest("[data-item]")?.dataset.item === item) ?? same[0] ?? $(`[data-item="${item}"] textarea`, list);
  area?.closest("details")?.setAttribute("open", "");
  if (area && value !== was) area.value = value;
}

function put_back(kept, list) {
  for (const field of fields_of(list)) {
    const value = field.tagName === "TEXTAREA" ? undefined : kept.get(known_as(field));
    if (value === undefined) continue;
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
  }
}

/* The session has ended: what is typed and not sent is found again after the log-in, on the same page. No password is. */
function put_aside() {
  const open = all("#list details[open]").map(opened);
  const kept = unsent(fields_of(document).filter((field) => field.type !== "password"));
  if (kept.length) sessionStorage.setItem("typed", JSON.stringify({ page: address(), open, kept }));
}

function take_up() {
  const typed = JSON.parse(sessionStorage.getItem("typed") ?? "null");
  if (typed?.page !== address()) return;
  sessionStorage.removeItem("typed");
  for (const each of typed.open) reopen(each, $("#list"));
  put_back(new Map(typed.kept), document);
  say(word("kept"));
}

/* It is sent: nothing of it is carried on. */
function sent_off(form) {
  for (const field of fields_of(form)) {
    if (field.tagName === "SELECT") for (const option of field.options) option.defaultSelected = option.selected;
    else if (typeof own_value(field) === "boolean") field.defaultChecked = field.checked;
    else field.defaultValue = field.value;
  }
}

/* Who listens goes on to listen: in the same player, in that of the finished bulletin, or as soon as there is one again. */
let heard_until = null;
function play_on(sound, player) {
  if (player && sound?.innerHTML === player.innerHTML) { player.replaceWith(sound); return; }
  if (sound && !sound.paused) heard_until = sound.currentTime;
  if (!player || heard_until === null) return;
  player.currentTime = heard_until;
  heard_until = null;
  player.play().catch(() => {});
}

let wanted = 0, wish = null; /* wish: where the keyboard is to be after the next drawing, whichever comes first */
async function redraw(where = null) {
  if (answers_form || !$("#list")) return;
  wish = where ?? wish;
  const turn = ++wanted;
  const answer = await fetch(location.href.split("#")[0], { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || turn !== wanted) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const here = $("#list"), there = $("#list", fresh);
  if (!here || !there) return;
  const to = wish ?? place();
  if (here.innerHTML === there.innerHTML) { back(wish); wish = null; watch(); return; }
  wish = null;
  const open = all("details[open]", here).map(opened);
  const kept = new Map(unsent(fields_of(here)));
  const sound = $("audio", here);
  here.replaceChildren(...there.childNodes);
  play_on(sound, $("audio", here));
  for (const each of open) reopen(each, here);
  put_back(kept, here);
  back(to);
  settle();
}

/* Somebody who writes is not disturbed; what he missed is shown when he has done. */
const writes = () => ["INPUT", "TEXTAREA", "SELECT"].includes(document.activeElement?.tagName);
const writes_there = () => (writes() && document.activeElement.closest("#list")) || ($("#list") && fields_of($("#list")).some(is_changed));
let missed = false;
function show() {
  missed = writes_there();
  if (!missed) redraw();
}
document.addEventListener("focusout", () => setTimeout(() => { if (missed) show(); }));

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(".act, .job, .quick, .misread")) return;
  event.preventDefault();
  const where = place(), button = event.submitter;
  if (button) button.disabled = true;
  try {
    await post(form.action, new URLSearchParams(new FormData(form)));
    say(word(form.matches(".job") ? "started" : form.matches(".quick") ? "added" : "done"));
    if (form.matches(".quick")) form.elements.text.value = "";
    sent_off(form);
    if (form.matches(".waiting")) history.replaceState(null, "", location.href.replace(/[?&]swap=\d*/, "").replace(/#.*/, ""));
    await redraw(where);
  } catch (error) {
    if (error.status === 401) put_aside();
    say(error.message, true);
    if (error.status === 409) await redraw(where);
  }
  if (button) button.disabled = false;
});

/* --- what happens elsewhere ---------------------------------------------------------------------------- */

function listen() {
  const section = document.body.className;
  const wants = { logbook: ["logbook"], rundown: ["rundown", "job"], podcast: ["job"], air: ["status"] }[section] ?? [];
  let source = null;
  const open = () => {
    let first = true;
    source = new EventSource("/api/events");
    for (const name of ["logbook", "rundown", "job", "status"])
      source.addEventListener(name, () => { if (wants.includes(name) && !first) show(); });
    source.onopen = () => {
      if (!$("#lost").hidden) { $("#lost").hidden = true; say(word("back")); show(); }
      setTimeout(() => { first = false; }, 300); /* how things stood is on the page already */
    };
    source.onerror = () => {
      $("#lost").hidden = false;
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 5000); /* refused: it does not try again by itself */
    };
  };
  /* A browser holds six connections to one server: pages that nobody looks at leave them to the others. */
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) source.close();
    else if (source.readyState === EventSource.CLOSED) { open(); show(); }
  });
  open();
}

/* --- what is typed is not lost --------------------------------------------------------------------------- */

/* What a setting was when the page came. */
const was_of = (field) => field.form.elements[`was.${field.name}`];

/* What differs from what the page came with, and which version that was: what somebody else has changed meanwhile is
   told when it is saved. On a page that tells it already (".there") it stands as it was sent. */
function keep(form) {
  const name = "carnet " + new URL(form.action).pathname, version = form.elements.version;
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const came = new Map(fields.map((field) => [field, field.value]));
  const stored = JSON.parse(localStorage.getItem(name) ?? "{}");
  if (!$(".there") && fields.some((field) => (stored[field.name] ?? field.value) !== field.value)) {
    for (const field of fields) {
      const typed = stored[field.name] ?? field.value, was = was_of(field);
      if (was && typed !== field.value) was.value = stored[was.name] ?? was.value;
      field.value = typed;
    }
    if (version && stored.version) version.value = stored.version;
    say(word("kept"));
  }
  form.addEventListener("input", () => {
    for (const field of fields) {
      if (field.value === came.get(field) && !(field.name in stored)) continue;
      const was = was_of(field);
      stored[field.name] = field.value;
      if (was) stored[was.name] ??= was.value;
    }
    if (version) stored.version = version.value;
    localStorage.setItem(name, JSON.stringify(stored));
  });
  let sure = false;
  form.addEventListener("submit", async (event) => {
    if ($("#lost").hidden || sure) { sessionStorage.setItem("sent", name); return; }
    event.preventDefault(); /* rather than the browser's own page of error */
    const button = event.submitter;
    sure = await fetch("/static/icon.svg", { cache: "no-store" }).then(() => true, () => false);
    if (sure) form.requestSubmit(button);
    else say(word("offline"), true);
  });
}

const sent = sessionStorage.getItem("sent");
if (sent && new URLSearchParams(location.search).has("done")) localStorage.removeItem(sent);
sessionStorage.removeItem("sent");

/* --- the bulletin: order by dragging, listening ------------------------------------------------------------ */

async function move(item, to) {
  const list = item.closest(".items"), body = new URLSearchParams(new FormData($("#list form.job, #list form.act")));
  body.set("item", item.dataset.item);
  body.set("to", to);
  body.set("made", list.dataset.made);
  try {
    await post("/api/rundown/move", body);
    say(word("moved").replace("%d", String(Number(to) + 1)));
    await redraw({ selector: `[data-item="${to}"]` });
  } catch (error) {
    say(error.message, true);
    await redraw();
  }
}

/* Pauses go with what they follow: a step is to the next item that is none. */
function neighbour(item, step) {
  let at = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  while (at?.matches(".pause")) at = step < 0 ? at.previousElementSibling : at.nextElementSibling;
  return at;
}

function drag(list) {
  let held = null;
  for (const item of all("li:not(.pause)", list)) item.draggable = true;
  list.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("li[data-item]");
    held?.classList.add("drag");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held?.dataset.item ?? ""); /* Firefox drags nothing without */
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li[data-item]");
    for (const item of all(".drop", list)) item.classList.remove("drop");
    if (held && over && over !== held) { event.preventDefault(); over.classList.add("drop"); }
  });
  list.addEventListener("drop", (event) => {
    const over = event.target.closest("li[data-item]");
    if (!held || !over) return;
    event.preventDefault();
    const from = Number(held.dataset.item), to = Number(over.dataset.item);
    move(held, from < to ? to - 1 : to);
  });
  list.addEventListener("dragend", () => { held?.classList.remove("drag"); held = null; });
}

function follow(audio) {
  audio.addEventListener("timeupdate", () => {
    for (const item of all(".items > li")) {
      const start = Number(item.dataset.start), now = audio.currentTime;
      item.classList.toggle("now", !audio.paused && now >= start && now < start + Number(item.dataset.seconds));
    }
  });
}

/* Words that are not made yet are spoken by the desk. */
async function speak(text, voice, language) {
  try {
    const answer = await fetch("/api/say", { method: "POST", body: new URLSearchParams({ text, voice, language }),
      headers: { Accept: "application/json", "X-CSRF-Token": csrf } });
    if (!answer.ok) throw new Error((await answer.json()).error);
    const sound = new Audio(URL.createObjectURL(await answer.blob()));
    sound.onended = () => URL.revokeObjectURL(sound.src);
    await sound.play();
  } catch (error) { say(error.message, true); }
}

function play(item) {
  const audio = $("audio");
  if (!audio) {
    const words = $(".text", item);
    if (words && item.matches(".speech")) speak(words.textContent, item.dataset.voice ?? "", words.lang);
    return;
  }
  const here = audio.currentTime >= Number(item.dataset.start) && item.matches(".now");
  if (!audio.paused && here) { audio.pause(); return; }
  audio.currentTime = Number(item.dataset.start);
  audio.play().catch(() => {});
}

function button(text, label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "quiet icon-only", textContent: text, onclick: act });
  made.setAttribute("aria-label", label);
  return made;
}

/* --- a person's own voice: recorded as WAV, or a file; it takes the item's place ---------------------------- */

function wav(pieces, rate) {
  const n = pieces.reduce((sum, piece) => sum + piece.length, 0), view = new DataView(new ArrayBuffer(44 + 2 * n));
  const text = (at, words) => [...words].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF"); view.setUint32(4, 36 + 2 * n, true); text(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, rate, true); view.setUint32(28, 2 * rate, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true);
  text(36, "data"); view.setUint32(40, 2 * n, true);
  let at = 44;
  for (const piece of pieces) for (const sample of piece) { view.setInt16(at, Math.max(-1, Math.min(1, sample)) * 32767, true); at += 2; }
  return new Blob([view], { type: "audio/wav" });
}

/* A sound is sent again while the desk has too much to do: it is not lost for that. */
async function send_file(address, file) {
  for (let times = 0; ; times++) {
    const answer = await fetch(address, { method: "POST", body: file, headers: { Accept: "application/json", "X-CSRF-Token": csrf,
      "Content-Type": file.type.startsWith("audio/") ? file.type : "audio/x-file" } });
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said;
    if (answer.status !== 503 || times === 30) throw new Error(said.error ?? answer.statusText);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function send_sound(item, sound) {
  const form = new URLSearchParams(new FormData($("form.act", item))), list = item.closest(".items");
  const query = new URLSearchParams({ script: form.get("script"), date: form.get("date"), item: item.dataset.item, made: list.dataset.made });
  try {
    await send_file("/api/rundown/sound?" + query, sound);
    say(word("done"));
  } catch (error) { say(error.message, true); }
  await redraw();
}

async function record(item, made) {
  if (made.recording) { made.recording(); return; }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }), context = new AudioContext(), pieces = [];
    await context.audioWorklet.addModule("/static/recorder.js");
    const node = new AudioWorkletNode(context, "recorder");
    node.port.onmessage = (event) => pieces.push(event.data);
    context.createMediaStreamSource(stream).connect(node);
    made.textContent = "■";
    made.setAttribute("aria-label", word("stop"));
    made.recording = async () => {
      made.recording = null;
      for (const track of stream.getTracks()) track.stop();
      await context.close();
      await send_sound(item, wav(pieces, context.sampleRate));
    };
  } catch { say(word("nomike"), true); }
}

function own_voice(item) {
  const details = $("details", item), row = document.createElement("p"), mike = button("●", word("record"), () => record(item, mike));
  const label = document.createElement("label"), file = document.createElement("input");
  if (!details || $(".own", details)) return;
  row.className = "row own";
  label.textContent = word("upload") + " ";
  Object.assign(file, { type: "file", accept: "audio/*", onchange: () => file.files[0] && send_sound(item, file.files[0]) });
  label.append(file);
  row.append(mike, label);
  details.append(row);
}

/* A jingle: the file is the body, what is said of it stands in the address. */
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.upload");
  if (form && event.target.type === "file" && !form.elements.name.value)
    form.elements.name.value = event.target.files[0]?.name.replace(/\.[^.]*$/, "") ?? "";
});
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(".upload")) return;
  event.preventDefault();
  const file = form.elements.file.files[0], query = new URLSearchParams({ name: form.elements.name.value });
  if (form.elements.replace.checked) query.set("replace", "yes");
  try {
    await send_file(form.action + "?" + query, file);
    say(word("added"));
    form.reset();
    await redraw();
  } catch (error) { say(error.message, true); }
});

/* --- how long until the next ----------------------------------------------------------------------------------- */

setInterval(() => {
  const next = $(".next time");
  if (!next) return;
  const seconds = Math.round((new Date(next.dateTime) - Date.now()) / 1000);
  if (seconds < 0 || seconds > 86400) return;
  const pad = (n) => String(n).padStart(2, "0");
  next.textContent = word("in").replace("%s", `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`);
}, 1000);

/* While something is made: how far it is, and an event may be lost. */
let watching = 0;
function watch() {
  clearTimeout(watching);
  if ($("[data-job]")) watching = setTimeout(() => { if (writes_there()) watch(); else redraw(); }, 2000);
}

/* After each drawing. */
function settle() {
  const list = $(".items"), audio = $("audio");
  if (list) drag(list);
  for (const item of all(".items > li:not(.pause)"))
    if ($(".row", item) && !$("[data-key=play]", item)) {
      const listen = button("▶", word("listen") + " " + (Number(item.dataset.item) + 1), () => play(item));
      listen.dataset.key = "play";
      $(".row", item).prepend(listen);
    }
  for (const item of all(".items > .speech, .items > .sound")) own_voice(item);
  for (const voice of all(".voices li"))
    if (!$("button", voice)) voice.prepend(button("▶", word("hear") + " " + voice.dataset.voice,
      () => speak(voice.parentElement.dataset.sample, voice.dataset.voice, document.documentElement.lang)));
  for (const form of all("form.misread"))
    if (!$(".hear", form)) {
      const hear = button("▶", word("hear"), () => speak(form.elements.say.value, form.elements.voice?.value ?? "", form.elements.language?.value ?? ""));
      hear.classList.add("hear");
      $(".row", form).prepend(hear);
    }
  if ($(".wave") && audio) $(".wave").onclick = (event) => {
    const box = $(".wave").getBoundingClientRect();
    audio.currentTime = (event.clientX - box.left) / box.width * audio.duration;
    audio.play().catch(() => {});
  };
  if (audio && !audio.dataset.followed) { audio.dataset.followed = "yes"; follow(audio); }
  watch();
}

/* --- keys ---------------------------------------------------------------------------------------------------- */

const letters_off = () => localStorage.getItem("carnet letters") === "off";
const step = (selector, by) => {
  const items = all(selector), at = items.indexOf(document.activeElement?.closest(selector));
  const to = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))];
  to?.focus();
  to?.scrollIntoView({ block: "nearest" });
};
const press = (key) => $(`[data-key="${key}"]`, document.activeElement?.closest("article, [data-item]") ?? undefined)?.click();
const keys = {
  j: () => step("#list article, .items > li:not(.pause)", 1),
  k: () => step("#list article, .items > li:not(.pause)", -1),
  a: () => document.activeElement?.closest("article") && press("approved"),
  r: () => document.activeElement?.closest("article") && press("rejected"),
  e: () => document.activeElement?.closest("article") && press("edit"),
  n: () => $("#new")?.focus(),
  "/": () => $("input[type=search]")?.focus(),
  p: () => { const item = document.activeElement?.closest(".items > li"); if (item) play(item); },
};

document.addEventListener("keydown", (event) => {
  const item = document.activeElement?.closest?.(".items > li");
  if (item && event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    const next = neighbour(item, event.key === "ArrowUp" ? -1 : 1);
    event.preventDefault();
    if (next) move(item, next.dataset.item);
    return;
  }
  if (event.altKey || event.ctrlKey || event.metaKey || writes()) return;
  if (event.key === "?") { event.preventDefault(); $("#keys")?.showModal(); return; }
  if (letters_off() || !keys[event.key] || $("dialog[open]")) return;
  event.preventDefault();
  keys[event.key]();
});

/* --- reading aloud oneself ----------------------------------------------------------------------------------- */

function reader(list) {
  const items = all("li", list);
  const go = (by) => {
    const at = items.indexOf(document.activeElement);
    const to = items[Math.min(items.length - 1, Math.max(0, at + by))];
    for (const item of items) item.classList.toggle("now", item === to);
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  };
  document.addEventListener("keydown", (event) => {
    if (![" ", "ArrowDown", "ArrowUp", "PageDown", "PageUp"].includes(event.key) || event.target.closest("a, button")) return;
    event.preventDefault();
    go(["ArrowUp", "PageUp"].includes(event.key) ? -1 : 1);
  });
  const awake = () => navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", () => { if (!document.hidden) awake(); });
  awake();
}

/* --- begin ------------------------------------------------------------------------------------------------------ */

for (const form of all("form.keep")) keep(form);
take_up();
for (const area of all("form.keep textarea")) {
  area.addEventListener("dragover", (event) => event.preventDefault());
  area.addEventListener("drop", async (event) => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    if (file.type.startsWith("audio/")) { take_sound(file); return; }
    area.value = await file.text();
    const form = area.form;
    if (form.elements.source && !form.elements.source.value) form.elements.source.value = file.name.replace(/\.[^.]*$/, "");
    if (form.elements.format && /\.csv$/i.test(file.name)) form.elements.format.value = "csv";
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
/* A recording is kept, and becomes an entry when its form is saved. */
async function take_sound(file) {
  try {
    const said = await send_file("/api/sounds", file);
    location.href = "/entries/new?sound=" + encodeURIComponent(said.file);
  } catch (error) { say(error.message, true); }
}
for (const form of all("form[action='/api/import']")) {
  const label = document.createElement("label"), file = document.createElement("input"), text = document.createElement("span");
  text.textContent = word("recording");
  Object.assign(file, { type: "file", accept: "audio/*", onchange: () => file.files[0] && take_sound(file.files[0]) });
  label.append(text, file);
  form.append(label);
}
if ($(".read")) reader($(".read"));
$("#letters")?.addEventListener("change", (event) => localStorage.setItem("carnet letters", event.target.checked ? "on" : "off"));
if ($("#letters")) $("#letters").checked = !letters_off();
$("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }); /* a phone shows half of the places */
if (csrf && $("#lost")) listen();
settle();
