/*
 * What only the reader's clock can tell. Pages are whole without it; it stores nothing and asks nobody.
 * Its words and the site's time zone are the data attributes of its own <script> element.
 */
(() => {
  const MINUTE = 60_000, DAY = 1440;
  const words = document.currentScript.dataset;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);

  /* How old the page is, and what was due since it was built. */
  const ages = all(".since");
  const built = Date.parse(ages[0]?.dataset.built);

  function age(now) {
    const minutes = Math.floor((now - built) / MINUTE);
    if (minutes < 1) return minutes < -1 ? "" : words.now; // a clock that is slow tells nothing
    const [n, unit] = minutes < 60 ? [minutes, "minute"]
      : minutes < 2 * DAY ? [minutes / 60, "hour"] : [minutes / DAY, "day"];
    return new Intl.RelativeTimeFormat(words.locale).format(-Math.floor(n), unit);
  }

  function refresh() {
    const now = Date.now();
    ages.forEach((place) => say(place, age(now)));
    for (const place of all(".later")) {
      const at = Date.parse(place.dataset.at);
      say(place, built < at && at <= now ? place.dataset.words : "");
    }
    if (now - built > words.hours * 60 * MINUTE) {
      all(".stale").forEach((note) => say(note, fill(words.stale, { age: age(now) })));
      // Nobody knows whether all is still well.
      all(".tone-good").forEach((calm) => calm.classList.replace("tone-good", "tone-unknown"));
    }
  }

  if (built) {
    refresh();
    setInterval(refresh, MINUTE);
  }

  /* Times in the reader's zone, on request, behind those of the page: "gegen 11:14 Uhr (bei Ihnen gegen …)". */
  function clockIn(timeZone) {
    const format = (options) => new Intl.DateTimeFormat(words.locale, { ...options, timeZone });
    const day = format({ day: "numeric", month: "long" });
    const time = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return (instant) => [day, time].map((form) => form.format(new Date(instant)));
  }

  const here = clockIn(), there = clockIn(words.zone);

  function tell(instant) {
    const [day, figures] = here(instant);
    const time = fill(words.clock, { time: figures });
    return day === there(instant)[0] ? time : fill(words.at, { day, time });
  }

  function append(element) {
    const { form, end } = element.dataset;
    const a = tell(element.dateTime), b = end && tell(end);
    const local = document.createElement("span");
    local.className = "local";
    local.textContent = " " + fill(words.local, { time: form ? fill(words[form], { a, b }) : a });
    element.append(local);
  }

  // A mere day has no "T".
  const times = all("time[datetime*=T]").filter(({ dateTime }) => `${here(dateTime)}` !== `${there(dateTime)}`);
  if (times.length) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.mine;
    button.addEventListener("click", () => {
      const shown = all(".local");
      shown.length ? shown.forEach((local) => local.remove()) : times.forEach(append);
      say(button, shown.length ? words.mine : words.site);
    });
    document.querySelector(".bottom .column").append(button);
  }
})();
