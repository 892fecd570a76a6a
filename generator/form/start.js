// Starts the form's program with our configuration, and has it read and write records the way we do.
// What is here: a record as a file <-> a record as the form shows it. Nothing is fetched but from the site and the git host.

import CMS from "./cms/index.js";
import { dump, FAILSAFE_SCHEMA, load } from "./yaml.js";

const page = document.querySelector("script[data-languages]").dataset;
const languages = page.languages.split(" ");

// The program would ask others, too: the git host's status page, and whoever has the picture of who has signed in. The
// answer is no, before the page's policy has to give it.
const ask = window.fetch;
const withoutPicture = async answer => {
  if (!answer.ok) return answer;
  return Response.json({ ...(await answer.json()), avatar_url: "" }, { headers: answer.headers });
};
window.fetch = async (what, ...more) => {
  const { origin, pathname, protocol } = new URL(what.url ?? what, location.href);
  const isHost = origin === page.origin;
  if (!isHost && origin !== location.origin && !["blob:", "data:"].includes(protocol)) {
    throw new TypeError(`${origin} is not asked`);
  }
  const answer = await ask.call(window, what, ...more);
  return isHost && pathname.endsWith("/user") ? withoutPicture(answer) : answer;
};

const isText = value => typeof value === "string";
const isMap = value => value !== null && typeof value === "object" && !Array.isArray(value);
const isEmpty = value => value === undefined || value === null || value === "" || value === false ||
  (Array.isArray(value) ? !value.length : isMap(value) && !Object.keys(value).length);

const areNamed = (fields, names) => fields.map(field => field.name).join(" ") === names;
const isMoment = fields => areNamed(fields, "exact inexact");
const isWords = fields => areNamed(fields, page.languages);

// From the file to the form. -----------------------------------------------------------------------------------------

const openMoment = ([, inexact], value) => {
  if (!isText(value)) return { inexact: openField(inexact, value) };
  if (value.startsWith("~")) return { inexact: { about: value.slice(1).trim() } };
  return /^\d{4}-\d\d-\d\d$/.test(value) ? { inexact: { day: value } } : { exact: value };
};

const openObject = (fields, value) => {
  if (isMoment(fields)) return openMoment(fields, value);
  if (isWords(fields) && isText(value)) return { [languages[0]]: value };
  return isMap(value) ? openFields(fields, value) : value;
};

const openField = (field, value) => {
  if (field.widget === "object") return openObject(field.fields, value);
  if (field.widget === "list" && Array.isArray(value) && field.fields) {
    return value.map(item => openObject(field.fields, item));
  }
  return value;
};

const openFields = (fields, value) => Object.fromEntries(Object.entries(value).map(([name, inner]) => {
  const field = fields.find(known => known.name === name);
  return [name, field ? openField(field, inner) : inner];
}));

// From the form to the file: what is empty, or what it is when left out, is left out. ---------------------------------

const closeMoment = ({ exact, inexact }) => {
  if (isEmpty(inexact)) return exact;
  const names = Object.keys(inexact);
  if (!isEmpty(exact) || names.length > 1) return isEmpty(exact) ? inexact : { exact, ...inexact };
  return inexact.about ? `~${inexact.about}` : inexact.day ?? inexact;
};

const closeObject = (fields, value) => {
  const kept = closeFields(fields, value);
  if (isMoment(fields)) return closeMoment(kept);
  const onlyFirst = Object.keys(kept).length === 1 && kept[languages[0]];
  return isWords(fields) && onlyFirst ? kept[languages[0]] : kept;
};

const closeList = (field, value) => value
  .map(item => (field.fields && isMap(item) ? closeObject(field.fields, item) : closeText(item)))
  .filter(item => !isEmpty(item));

const closeText = value => (isText(value) ? value.trim() : value);

const closeField = (field, value) => {
  if (field?.widget === "object" && isMap(value)) return closeObject(field.fields, value);
  if (Array.isArray(value)) return closeList(field ?? {}, value);
  const text = closeText(value);
  return field?.widget === "select" && text === field.default ? undefined : text;
};

const closeFields = (fields, value) => Object.fromEntries(Object.entries(value)
  .map(([name, inner]) => [name, closeField(fields.find(known => known.name === name), inner)])
  .filter(([, inner]) => !isEmpty(inner)));

// As `incidents new` does it: an outage that is noticed is written down now, and this is one box less on a telephone.
const dated = record => {
  const [first, ...more] = record.timeline ?? [];
  if (!first || more.length || first.at) return record;
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: page.zone, dateStyle: "short", timeStyle: "short" });
  return { ...record, timeline: [{ at: clock.format(new Date()), ...first }] };
};

// ---------------------------------------------------------------------------------------------------------------------

const start = async () => {
  const config = await (await fetch("config.json")).json();
  const { fields, format, extension } = config.collections[0];
  CMS.registerCustomFormat(format, extension, {
    // Every value is the text that stands there, as the build reads it: no is a word, 1.10 is not 1.1.
    fromFile: text => openFields(fields, load(text, { schema: FAILSAFE_SCHEMA }) ?? {}),
    toFile: record => dump(dated(closeFields(fields, record)), { lineWidth: 118 }),
  });
  await CMS.init({ config: { ...config, load_config_file: false } });
};

start();
