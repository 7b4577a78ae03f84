// A feed as two programs of others read it, every field back. usage: read_feed.cjs FEED ROOT EDITION < its record
const { parseFeed } = require("podcast-partytime"), { parseRssFeed } = require("feedsmith");
const assert = require("assert/strict"), fs = require("fs");

const [file, root, edition] = process.argv.slice(2);
const xml = fs.readFileSync(file, "utf8"), record = JSON.parse(fs.readFileSync(0, "utf8"));
const below = (name) => root + encodeURI(name);
const [mp3, opus] = record.media;
const links = record.parts.flatMap((part) => part.links ?? []);
const date = new Date(record.published_us / 1000 - (record.published_us / 1000) % 1000);
const seconds = Math.round(record.duration_ms / 1000);
const transcripts = [["vtt", "text/vtt"], ["srt", "application/x-subrip"], ["transcript.json", "application/json"]];

// --- podcast-partytime
const podcast = parseFeed(xml);
assert.ok(podcast, "partytime reads nothing");
assert.equal(podcast.title, "Le carnet d'Aurelle & environs");
assert.equal(podcast.language, "fr");
assert.equal(podcast.explicit, false);
assert.deepEqual(podcast.owner, { name: "Radio d'Aurelle", email: "radio@example.org" });
assert.equal(podcast.author, "Radio d'Aurelle");
assert.equal(podcast.itunesType, "episodic");
assert.deepEqual(podcast.itunesCategory, ["News"]);
assert.equal(podcast.itunesImage, below("cover.jpg"));
assert.equal(podcast.pubsub.self, below("feed.xml"));
assert.equal(podcast.pubsub.hub, "https://hub.example/");
assert.equal(podcast.locked, false);
assert.equal(podcast.medium, "podcast");
assert.match(podcast.guid, /^[0-9a-f]{8}-[0-9a-f]{4}-5/);
assert.equal(podcast.license.identifier.toUpperCase(), "CC-BY-4.0");
assert.equal(podcast.podcastLocation.name, "Kervalan");
assert.equal(podcast.podcastLocation.geo, "geo:48.39,-4.48");
assert.deepEqual(podcast.podcastPeople.map(({ name, role }) => [name, role]), [["N. Riou", "Host"]]); // as it writes them
assert.equal(podcast.trailers[0].url.startsWith(below("media/trailer-")), true);
assert.equal(podcast.newestItemPubDate.getTime(), new Date(podcast.newestItemPubDate).getTime());
const item = podcast.items.find(({ guid }) => guid === record.guid);
assert.ok(item, "the episode is not there");
assert.equal(item.title, record.title);
assert.equal(item.link, below(`episodes/${edition}.html`));
assert.equal(item.pubDate.getTime(), date.getTime());
assert.equal(item.duration, seconds);
assert.equal(item.itunesEpisodeType, "full");
assert.deepEqual(item.enclosure, { url: below(mp3.file), length: mp3.bytes, type: "audio/mpeg" });
assert.deepEqual(item.alternativeEnclosures.map(({ length, source }) => [length, source[0].uri]), [[opus.bytes, below(opus.file)]]);
assert.deepEqual(item.podcastTranscripts.map(({ url, language }) => [url, language]),
  transcripts.map(([ending]) => [below(`episodes/${edition}.${ending}`), record.language]));
assert.deepEqual(item.podcastChapters, { url: below(`episodes/${edition}.chapters.json`), type: "application/json+chapters" });
assert.ok(links.length > 0, "the record has no links");
assert.ok(links.every((link) => [link, link.replaceAll("&", "&amp;"), link.replaceAll("&", "&amp;amp;")].some((written) => item.content.includes(written))), item.content);

// --- feedsmith
const feed = parseRssFeed(xml);
assert.equal(feed.title, podcast.title);
assert.equal(feed.link, root);
assert.equal(feed.podcast.guid, podcast.guid);
assert.deepEqual(feed.podcast.license, { display: "CC-BY-4.0", url: "https://creativecommons.org/licenses/by/4.0/" });
assert.deepEqual(feed.podcast.persons.map(({ display, role }) => [display, role]), [["N. Riou", "host"]]);
assert.equal(feed.itunes.owner.email, "radio@example.org");
assert.deepEqual(feed.atom.links.map(({ rel, href }) => [rel, href]), [["self", below("feed.xml")], ["hub", "https://hub.example/"]]);
const entry = feed.items.find(({ guid }) => guid.value === record.guid);
assert.equal(entry.guid.isPermaLink, false);
assert.equal(new Date(entry.pubDate).getTime(), date.getTime());
assert.ok(links.every((link) => entry.content.encoded.includes(`href="${link.replaceAll("&", "&amp;")}"`)));
assert.deepEqual(entry.enclosures, [{ url: below(mp3.file), length: mp3.bytes, type: "audio/mpeg" }]);
assert.equal(entry.itunes.duration, seconds);
assert.deepEqual(entry.podcast.transcripts.map(({ url, type, language }) => [url, type, language]),
  transcripts.map(([ending, type]) => [below(`episodes/${edition}.${ending}`), type, record.language]));
assert.equal(entry.podcast.chapters.url, below(`episodes/${edition}.chapters.json`));
assert.deepEqual(entry.podcast.alternateEnclosures.map(({ length, sources }) => [length, sources[0].uri]), [[opus.bytes, below(opus.file)]]);
if (process.env.LIVE) {
  assert.equal(podcast.podcastLiveItems[0].status, "live");
  assert.equal(podcast.podcastLiveItems[0].enclosure.url, process.env.LIVE);
  assert.equal(feed.podcast.liveItems[0].status, "live");
}
console.log(`${feed.items.length} episodes read back`);
