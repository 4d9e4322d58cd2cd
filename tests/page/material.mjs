// The pages that the tests open, each made by the program from documents that stand here or in fixtures/.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const { FINDINGS, ROOT, PAGES } = process.env;
if (!FINDINGS || !ROOT || !PAGES) throw new Error("run these tests by tests/page/run");

/** Reports of others, which stand beside the repository where they are at all. */
export const corpus = process.env.CORPUS ?? path.join(ROOT, "..", "shared", "corpus");

const letters = ["monitoring-1", "monitoring-2", "monitoring-3", "press", "minutes"].map(
  (name) => `fixtures/letters/wexcombe-${name}.txt`,
);

function findings(...args) {
  return execFileSync(FINDINGS, args, { cwd: ROOT, maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "pipe"] });
}

function page(name, ...args) {
  const file = path.join(PAGES, `${name}.html`);
  findings("report", ...args, "-o", file);
  return file;
}

// Dates that press and minutes leave out.
const facts = ["--facts", "fixtures/facts.toml"];

/** The example of the README: three visits with press and minutes beside the second. */
export const series = () => page("series", ...letters, ...facts);

/** The same call again, to compare bytes; on one thread. */
export const seriesAgain = () => page("series-again", ...letters, ...facts, "--jobs", "1");

/** Several authorities, one of them with several visits. */
export const authorities = () =>
  page(
    "authorities",
    ...letters,
    "fixtures/letters/harrowmere-inspection.txt",
    "fixtures/letters/stanbridge-joint.txt",
  );

/** One visit alone. */
export const single = () => page("single", letters[0]);

/** From labels made earlier: there is no text between the sentences. */
export function labels() {
  const file = path.join(PAGES, "labels.jsonl");
  findings("tag", letters[0], letters[1], "-o", file);
  return page("labels", file);
}

/** Text that acts, closes its element or breaks out of its attribute if it is written as it is. */
const HOSTILE = [
  "<script>window.hit = 'script'</script>",
  "<img src=x onerror=\"window.hit = 'image'\">",
  "<svg onload=\"window.hit = 'svg'\">",
  "</title></style></textarea></span></p></details><script>window.hit = 'closed'</script>",
  "\" onmouseover=\"window.hit = 'attribute'\" autofocus onfocus=\"window.hit = 'focus'\" x=\"",
  "' onclick='window.hit = 1' x='",
  "<a href=\"javascript:window.hit = 'link'\">click</a>",
  "<iframe srcdoc=\"<script>parent.hit = 'frame'</script>\"></iframe>",
  "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:9/\">",
  "<base href=http://127.0.0.1:9/>",
  "<link rel=stylesheet href=http://127.0.0.1:9/a.css>",
  "<form action=http://127.0.0.1:9/><button>send</button></form>",
  "<style>body{background:url(http://127.0.0.1:9/)}</style>",
  "--><script>window.hit = 'comment'</script><!--",
  "]]><script>window.hit = 'cdata'</script>",
  "{{ 7*7 }} {% raw %} {# #} ${7*7} &lt;script&gt; &#60;script&#62;",
  "\u202e\u001b[31m\u2028",
];

/** Documents, headings, file names, facts, further columns, labels and ids that are hostile. */
export function hostile() {
  const folder = path.join(PAGES, "hostile");
  mkdirSync(folder, { recursive: true });
  const name = "'\"><img src=x onerror=window.hit='name'>&amp;.txt";
  const text = (visit) =>
    `Dear ${HOSTILE[0]}\n\nMonitoring visit ${HOSTILE[1]}\n\nFindings ${HOSTILE[3]}\n\n` +
    HOSTILE.map(
      (bad) =>
        `Caseloads are too high ${bad} in ${visit} teams. Supervision ${bad} is regular. Plans ${bad} were looked at.\n\n` +
        `• Assessments ${bad} are ${visit === "two" ? "late" : "timely"}.\n\n${bad}\n\n`,
    ).join("");
  const files = [path.join(folder, name), path.join(folder, "second <b onclick=1>visit.txt")];
  writeFileSync(files[0], text("two"));
  writeFileSync(files[1], text("three"));

  // A file of labels, each of whose texts comes from outside.
  const labelled = path.join(PAGES, "hostile.jsonl");
  findings("tag", files[1], "-o", labelled);
  const rows = findings("tag", files[1], "--format", "jsonl").toString().trim().split("\n").map((line) => JSON.parse(line));
  rows.forEach((row, n) => {
    // A document with a zero byte is no text, but a file of labels can hold one.
    const bad = `${HOSTILE[n % HOSTILE.length]}\u0000`;
    row.document = `third ${bad}`;
    row.id = n % 2 ? `x" onfocus="window.hit = 'id'` : row.id;
    row.section = bad;
    row.paragraph = bad;
    row.rules = bad;
    for (const label of row.labels) {
      label.theme = n % 3 ? label.theme : bad;
      for (const evidence of label.evidence) evidence.rule = bad;
    }
  });
  writeFileSync(labelled, rows.map((row) => JSON.stringify(row)).join("\n") + "\n");

  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const given = path.join(PAGES, "hostile.csv");
  const line = (document, date) =>
    [document, HOSTILE[3], date, date, "monitoring_letter", HOSTILE[4]].map(quoted).join(",") + "\n";
  writeFileSync(
    given,
    `document,authority,inspection_start,inspection_end,kind,${quoted(HOSTILE[0])}\n` +
      line(files[0], "2024-01-10") +
      line(files[1], "2024-09-10"),
  );
  return page("hostile", ...files, labelled, "--facts", given, "--force");
}

/** All reports of the corpus, or why there is no page of them. */
export function everyReport() {
  if (!existsSync(corpus)) return [null, `${corpus} is not there`];
  try {
    return [page("corpus", corpus), null];
  } catch (error) {
    if (String(error.stderr).includes("has no reader for PDF")) return [null, "this build of the program reads no PDF"];
    throw error;
  }
}

/** A page of somebody else's, with and without a report as a part of it; it has names and styles of its own. */
export function host(part) {
  const file = path.join(PAGES, part ? "host-with-part.html" : "host.html");
  const report = part ? findings("report", ...letters, ...facts, "--format", "html-fragment").toString() : "";
  writeFileSync(
    file,
    `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Intranet</title>
<style>body{margin:24px;font:18px serif;color:#222;background:#fffff0}h2{color:#004400}.key{color:#440000}</style></head>
<body><main><h1>Our page</h1><h2 id="visits">Ours</h2><p class="key" id="theme">Text</p>
<table id="filters"><caption>Ours</caption><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
<details id="letters"><summary>More</summary>Text</details>${report}</main></body></html>`,
  );
  return file;
}
