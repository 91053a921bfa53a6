// Keys, links between words and cards, and review without loading whole pages. Everything works without this file.
"use strict";

const keysOn = () => localStorage.getItem("dragoman-keys") !== "off";
const say = (text) => { const place = document.getElementById("said"); if (place) place.textContent = text; };

function printKeys() {
  const place = document.getElementById("keys-state");
  if (place) place.textContent = keysOn() ? "Keys are on." : "Keys are off.";
}

// ---- words and cards

function light(ids, on) {
  for (const one of document.querySelectorAll("[data-r]")) {
    if (one.dataset.r.split(" ").some((id) => ids.includes(id))) one.classList.toggle("on", on);
  }
}

let lit = [];
function lightOnly(ids) {
  light(lit, false);
  lit = ids;
  light(lit, true);
}

// Words and cards stand side by side in panes of their own: what is lit in the other one is brought into its view.
function reach(from) {
  const article = from.closest(".article");
  if (!article) return;
  const id = from.dataset.r.split(" ")[0];
  const other = from.matches("mark") ? document.getElementById("c-" + id) : article.querySelector(`mark[data-r~="${CSS.escape(id)}"]`);
  const pane = other && other.closest(".text, .cards");
  if (!pane || pane.scrollHeight <= pane.clientHeight || pane.contains(from)) return;
  const [there, frame] = [other.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (there.top < frame.top || there.bottom > frame.bottom) pane.scrollTop += there.top - frame.top - frame.height / 4;
}

document.addEventListener("pointerover", (event) => {
  const found = event.target.closest && event.target.closest("[data-r]");
  if (!found) return;
  lightOnly(found.dataset.r.split(" "));
  reach(found);
});
document.addEventListener("focusin", (event) => {
  const found = event.target.closest && event.target.closest("[data-r]");
  if (found) lightOnly(found.dataset.r.split(" "));
});
document.addEventListener("click", (event) => {
  const mark = event.target.closest && event.target.closest("mark[data-r]");
  const card = mark && document.getElementById("c-" + mark.dataset.r.split(" ")[0]);
  if (card) { card.scrollIntoView({ block: "nearest" }); card.focus({ preventScroll: true }); }
  if (event.target.closest && event.target.closest("[data-toggle-keys]")) {
    event.preventDefault();
    localStorage.setItem("dragoman-keys", keysOn() ? "off" : "on");
    printKeys();
  }
});

function step(by) {
  const cards = [...document.querySelectorAll(".cards .card")];
  if (!cards.length) return false;
  const now = cards.indexOf(document.activeElement);
  const next = cards[Math.min(cards.length - 1, Math.max(0, now + by))] || cards[0];
  next.focus();
  const words = document.getElementById("s-" + next.dataset.r);
  if (words) words.scrollIntoView({ block: "nearest" });
  return true;
}

// ---- words selected with the mouse or by keys

let picked = null; // what is selected in the report: {at, words}
let walk = null; // selecting by keys: {words, from, to, field}

// Characters as the server counts them: one for a pair of surrogates, and one where an unseen one is shown by its number.
const lengthOf = (text) => [...text.replace(/⟨U\+[0-9A-F]{4,6}⟩/g, "x")].length;

function placeOf(node, offset) {
  const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
  if (!line) return null;
  const range = document.createRange();
  range.setStart(line, 0);
  range.setEnd(node, offset);
  return Number(line.dataset.at) + lengthOf(range.toString());
}

function readSelection() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const [start, end] = [placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset)];
  const words = chosen.toString().trim();
  return start === null || end === null || !words ? null : { at: start + "-" + end, words };
}

document.addEventListener("selectionchange", () => {
  const bar = document.getElementById("picked");
  if (!bar) { picked = null; return; }
  const found = readSelection();
  if (!found && bar.contains(document.activeElement)) return; // the bar's own button takes the selection away
  picked = found;
  bar.hidden = !picked && !walk;
  const words = picked ? picked.words : "";
  document.getElementById("picked-words").textContent = words.length > 160 ? words.slice(0, 159) + "…" : words;
  const add = document.getElementById("picked-add");
  if (!add) return;
  const query = new URLSearchParams({ ...(picked || {}), then: add.dataset.then });
  add.href = add.dataset.add + "?" + query;
  add.hidden = !picked;
});

// A press on these leaves the selection as it is.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest && event.target.closest("[data-take], [data-walk], #picked")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const take = event.target.closest && event.target.closest("[data-take]");
  const start = event.target.closest && event.target.closest("[data-walk]");
  if (take && picked) fill(take.dataset.take);
  else if (take) startWalk(take.dataset.take);
  else if (start) startWalk("");
});

function fill(id) {
  const [field, at] = [document.getElementById(id), document.getElementById(id + "-at")];
  field.value = picked.words.replace(/\s+/g, " ");
  if (at) at.value = picked.at;
  field.focus();
  say("Taken: " + field.value);
}

function startWalk(field) {
  const root = document.querySelector("[data-words]");
  const words = root ? wordsOf(root) : [];
  if (!words.length) return;
  const lit = root.querySelector("mark.on") || root.querySelector("mark.chosen");
  const first = lit ? words.findIndex((word) => lit.contains(word.node)) : 0;
  walk = { words, from: Math.max(0, first), to: Math.max(0, first), field, back: document.activeElement };
  root.focus({ preventScroll: true });
  document.getElementById("picked-keys").hidden = false;
  showWalk();
}

function wordsOf(root) {
  const found = [];
  for (const line of root.querySelectorAll("[data-at]")) {
    const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      for (const one of node.data.matchAll(/[\p{L}\p{N}](?:\S*[\p{L}\p{N}])?/gu)) {
        found.push({ node, start: one.index, end: one.index + one[0].length });
      }
    }
  }
  return found;
}

function showWalk() {
  const [first, last] = [walk.words[Math.min(walk.from, walk.to)], walk.words[Math.max(walk.from, walk.to)]];
  getSelection().setBaseAndExtent(first.node, first.start, last.node, last.end);
  walk.words[walk.to].node.parentElement.scrollIntoView({ block: "nearest" });
  say(getSelection().toString());
}

function endWalk() {
  const back = walk.back;
  walk = null;
  document.getElementById("picked-keys").hidden = true;
  if (back && back.isConnected) back.focus();
}

// The word of the next or previous line that stands nearest below or above.
function besides(by) {
  const box = (at) => {
    const range = document.createRange();
    range.setStart(walk.words[at].node, walk.words[at].start);
    range.setEnd(walk.words[at].node, walk.words[at].end);
    return range.getBoundingClientRect();
  };
  const here = box(walk.to);
  let best = walk.to;
  let line = null;
  for (let at = walk.to + by; at >= 0 && at < walk.words.length; at += by) {
    const there = box(at);
    if (Math.abs(there.top - here.top) < here.height / 2) continue;
    if (line === null) line = there.top;
    if (Math.abs(there.top - line) >= here.height / 2) break;
    if (best === walk.to || Math.abs(there.left - here.left) < Math.abs(box(best).left - here.left)) best = at;
  }
  return best;
}

function walkKey(event) {
  const last = walk.words.length - 1;
  const to = {
    ArrowRight: () => walk.to + 1, ArrowLeft: () => walk.to - 1, ArrowDown: () => besides(1), ArrowUp: () => besides(-1),
    Home: () => 0, End: () => last,
  }[event.key];
  if (to) {
    walk.to = Math.min(last, Math.max(0, to()));
    if (!event.shiftKey) walk.from = walk.to;
    showWalk();
    return true;
  }
  if (event.key === "Enter") {
    const field = walk.field;
    picked = readSelection();
    endWalk();
    const add = document.getElementById("picked-add");
    if (field) fill(field);
    else if (add) location.assign(add.href);
    return true;
  }
  if (event.key === "Escape") {
    getSelection().removeAllRanges();
    endWalk();
    return true;
  }
  return false;
}

function showWhatNeedsScripts() {
  for (const one of document.querySelectorAll("[data-js]")) one.hidden = false;
}
document.addEventListener("dragoman:shown", showWhatNeedsScripts);

// ---- review: a form is sent and the answer's main part takes the place of this one

let sending = false;
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-swap]")) return;
  event.preventDefault();
  if (sending) return; // a second press while the first is on its way
  sending = true;
  const fields = new URLSearchParams(new FormData(form));
  if (event.submitter && event.submitter.name) fields.append(event.submitter.name, event.submitter.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { accept: "text/html" } });
    show(await answer.text(), answer);
  } catch {
    say("The server did not answer. The decision was not kept: try again.");
    const note = document.createElement("p");
    note.className = "conflict";
    note.textContent = "The server did not answer. The decision was not kept: try again.";
    document.getElementById("main").prepend(note);
  } finally {
    sending = false;
  }
});

function show(html, answer) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("main");
  if (!fresh) { location.reload(); return; }
  document.getElementById("main").replaceWith(fresh);
  document.title = page.title;
  if (answer.ok) history.replaceState(null, "", answer.url);
  const card = document.getElementById("card");
  (card || fresh).focus({ preventScroll: true });
  window.scrollTo(0, 0);
  const line = card && card.querySelector(".line");
  const alert = fresh.querySelector(".conflict, [data-say]");
  say(alert ? alert.textContent.replace(/\s+/g, " ") : line ? "Next: " + line.textContent.replace(/\s+/g, " ") : "Nothing waits.");
  printKeys();
  document.dispatchEvent(new Event("dragoman:shown"));
}

// ---- keys

const typing = (place) => place.closest && place.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (walk && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey && walkKey(event)) {
    event.preventDefault();
    return;
  }
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const onButton = event.target.closest && event.target.closest("button, a, summary, input");
  if (event.key === " " && onButton) return; // space presses what has the focus
  if (press(event.key)) event.preventDefault();
});

function press(key) {
  if (key === "?") { location.assign("/help"); return true; }
  if ((key === "j" || key === "k") && step(key === "j" ? 1 : -1)) return true;
  const found = document.querySelector(`main [data-key="${CSS.escape(key === "Backspace" ? "u" : key)}"]`)
    || document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found) return false;
  if (found.matches("input, select")) {
    const hidden = found.closest("details");
    if (hidden) hidden.open = true;
    found.focus();
  } else {
    found.click();
  }
  return true;
}

printKeys();
showWhatNeedsScripts();

// What is open beside the content on a wide window would push it down on a narrow one.
if (matchMedia("(max-width: 62rem)").matches) {
  for (const one of document.querySelectorAll("aside > details[data-narrow]")) one.open = false;
}
if (matchMedia("(max-width: 40rem)").matches) {
  for (const one of document.querySelectorAll("nav > details[data-narrow]")) one.open = false;
}
