// Checks that our scripts and styles hold for Chromium 90 (the oldest browser on an offline office PC).
//   node tools/check_browser.mjs [--syntax] FILE.js FILE.css …
// Scripts must parse as classic ES2017; names that MDN's compatibility data dates after Chrome 90 are findings.
// --syntax leaves it at the parsing: for third-party files, which test for what they use at run time.
// Styles inside @supports are not judged: there the author has already asked the browser.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "acorn";
import postcss from "postcss";

const CHROME = 90;
const bcd = createRequire(import.meta.url)("@mdn/browser-compat-data");

/** First Chrome version that has the feature unprefixed and without a flag; Infinity when none has, 0 when unknown. */
function since(feature) {
  const support = feature?.__compat?.support?.chrome;
  if (!support) return 0;
  const plain = [support].flat().filter((s) => !s.flags && !s.prefix && !s.alternative_name && !s.partial_implementation);
  const versions = plain.map((s) => (typeof s.version_added === "string" ? parseInt(s.version_added.replace("≤", ""), 10) : Infinity));
  return Math.min(...versions, Infinity);
}
const late = (feature) => since(feature) > CHROME;
const said = (feature) => (since(feature) === Infinity ? "in no Chrome" : `since Chrome ${since(feature)}`);

// --- scripts -------------------------------------------------------------------------------------------------------

/** Member names that no interface or builtin had by Chrome 90: `.at(`, `.toSorted(` … */
function lateMembers() {
  const oldest = new Map();
  for (const group of [bcd.api, bcd.javascript.builtins, bcd.javascript.builtins.Intl]) {
    for (const owner of Object.values(group)) {
      for (const [name, member] of Object.entries(owner)) {
        const key = name.replace(/_static$/, "");
        if (key !== "__compat" && member.__compat) oldest.set(key, Math.min(oldest.get(key) ?? Infinity, since(member)));
      }
    }
  }
  return new Map([...oldest].filter(([, version]) => version > CHROME));
}
let members;

function* nodes(node) {
  if (Array.isArray(node)) for (const child of node) yield* nodes(child);
  else if (node && typeof node.type === "string") {
    yield node;
    for (const child of Object.values(node)) if (child && typeof child === "object") yield* nodes(child);
  }
}

function script(file, text, syntaxOnly, report) {
  let tree;
  try {
    tree = parse(text, { ecmaVersion: 2017, sourceType: "script", locations: true, allowHashBang: false });
  } catch (error) {
    return report(file, error.loc?.line ?? 1, `not ES2017: ${error.message}`);
  }
  if (syntaxOnly) return;
  members ??= lateMembers();
  // A name that the file gives to something of its own is not the browser's.
  const own = new Set();
  for (const node of nodes(tree)) {
    if (node.type === "Property") own.add(node.key.name ?? node.key.value);
    if (node.type === "MethodDefinition") own.add(node.key.name);
    if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") own.add(node.left.property.name);
    if (/^(Variable|Function|Class)Declar/.test(node.type) && node.id) own.add(node.id.name);
  }
  for (const node of nodes(tree)) {
    if (node.type === "MemberExpression" && !node.computed) {
      const owner = bcd.javascript.builtins[node.object.name] ?? bcd.api[node.object.name];
      const name = node.property.name;
      const direct = owner?.[`${name}_static`] ?? owner?.[name];
      if (direct && late(direct)) report(file, node.loc.start.line, `${node.object.name}.${name}: ${said(direct)}`);
      else if (!direct && members.has(name) && !own.has(name)) report(file, node.loc.start.line, `.${name}: not in Chrome ${CHROME}`);
    }
    if ((node.type === "CallExpression" || node.type === "NewExpression") && node.callee.type === "Identifier" && !own.has(node.callee.name)) {
      const called = bcd.api[node.callee.name] ?? bcd.javascript.builtins[node.callee.name];
      if (called && late(called)) report(file, node.loc.start.line, `${node.callee.name}: ${said(called)}`);
    }
  }
}

// --- styles --------------------------------------------------------------------------------------------------------

/** Functions and units of values, wherever the compatibility data files them below css.types. */
function lateFunctions(tree, found = new Map()) {
  for (const [name, feature] of Object.entries(tree)) {
    if (name === "__compat" || typeof feature !== "object") continue;
    if (feature.__compat && /^[a-z-]+$/.test(name)) found.set(name, Math.min(found.get(name) ?? Infinity, since(feature)));
    lateFunctions(feature, found);
  }
  return found;
}
let functions;
const LATE_UNIT = /(^|[\s,(+*/-])-?[\d.]+(?:[sld]v(?:w|h|i|b|min|max)|cq(?:w|h|i|b|min|max)|rcap|cap|rch|rex|ric|lh|rlh)\b/;

const guarded = (node) => {
  for (let up = node.parent; up; up = up.parent) if (up.type === "atrule" && up.name === "supports") return true;
  return false;
};

function style(file, text, syntaxOnly, report) {
  let tree;
  try {
    tree = postcss.parse(text, { from: file });
  } catch (error) {
    return report(file, error.line ?? 1, error.reason ?? String(error));
  }
  if (syntaxOnly) return;
  functions ??= lateFunctions(bcd.css.types);
  tree.walk((node) => {
    if (guarded(node)) return;
    const line = node.source.start.line;
    if (node.type === "atrule") {
      const rule = bcd.css["at-rules"][node.name];
      if (!rule) report(file, line, `@${node.name}: unknown`);
      else if (late(rule)) report(file, line, `@${node.name}: ${said(rule)}`);
      if (node.name === "media" && /[<>=]/.test(node.params)) report(file, line, "@media with < > =: since Chrome 104");
    } else if (node.type === "rule") {
      if (node.parent.type === "rule") report(file, line, "nested rule: since Chrome 112");
      for (const [, name] of node.selector.matchAll(/::?([a-z-]+)/g)) {
        const selector = bcd.css.selectors[name];
        if (selector && late(selector)) report(file, line, `:${name}: ${said(selector)}`);
      }
    } else if (node.type === "decl" && !node.prop.startsWith("--")) {
      const descriptors = node.parent.type === "atrule" && bcd.css["at-rules"][node.parent.name];
      const property = (descriptors && descriptors[node.prop]) || bcd.css.properties[node.prop];
      if (!property) {
        if (!node.prop.startsWith("-")) report(file, line, `${node.prop}: unknown`);
        return;
      }
      if (late(property)) return report(file, line, `${node.prop}: ${said(property)}`);
      const value = node.value.replace(/"[^"]*"|'[^']*'|url\([^)]*\)/g, "");
      for (const [, word, call] of value.matchAll(/(?<![\w-])([a-z][a-z-]*)(\(?)/g)) {
        if (property[word] && late(property[word])) report(file, line, `${node.prop}: ${word}: ${said(property[word])}`);
        else if (call && functions.get(word) > CHROME) report(file, line, `${word}(): not in Chrome ${CHROME}`);
      }
      if (LATE_UNIT.test(value)) report(file, line, `${node.prop}: ${node.value}: a unit not in Chrome ${CHROME}`);
    }
  });
}

// --- runner --------------------------------------------------------------------------------------------------------

let findings = 0;
const report = (file, line, message) => {
  findings += 1;
  console.log(`${file}:${line} ${message}`);
};
const args = process.argv.slice(2);
const syntaxOnly = args.includes("--syntax");
const files = args.filter((arg) => !arg.startsWith("--"));
if (files.length === 0) {
  console.error("usage: node tools/check_browser.mjs [--syntax] FILE…");
  process.exit(2);
}
for (const file of files) (file.endsWith(".css") ? style : script)(file, readFileSync(file, "utf8"), syntaxOnly, report);
process.exit(findings ? 1 : 0);
