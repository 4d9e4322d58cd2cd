// Nothing here is needed to read the page: filters work by style alone. This counts what they leave, and opens the
// letters that hold it.
(() => {
  "use strict";
  const form = document.getElementById("filters");
  if (!form) return;
  const [theme, polarity, visit, only] = ["theme", "polarity", "visit", "only"].map((id) => document.getElementById(id));
  const said = document.getElementById("said");
  const letters = [...document.querySelectorAll(".letter")];

  const wanted = () => {
    const tone = polarity.value;
    if (theme.value && ["p", "c", "n"].includes(tone)) return `.s.${theme.value}${tone}`;
    const of = { p: ":is(.p,.m)", c: ":is(.c,.m)", m: ".m", n: ".n" }[tone] ?? "";
    return `.s${theme.value ? "." + theme.value : ""}${of}`;
  };

  const tell = () => {
    const filtered = theme.value || polarity.value;
    let sentences = 0;
    let holding = 0;
    for (const letter of letters) {
      const shown = !visit?.value || letter.classList.contains(visit.value);
      const found = shown && filtered ? letter.querySelectorAll(wanted()).length : 0;
      sentences += found;
      holding += found > 0;
      const tally = letter.querySelector(".found");
      tally.textContent = shown && filtered ? ` · ${found} match` : "";
      letter.hidden = Boolean(filtered && only.checked && !found);
    }
    said.textContent = filtered
      ? `${sentences} ${sentences === 1 ? "sentence matches" : "sentences match"}, in ${holding} of ${letters.length} documents.`
      : "";
  };

  const open = (wide) => {
    for (const letter of letters) {
      const matches = !theme.value && !polarity.value ? true : letter.querySelector(wanted()) !== null;
      letter.open = wide && matches;
    }
  };

  form.addEventListener("change", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("open").addEventListener("click", () => open(true));
  document.getElementById("shut").addEventListener("click", () => open(false));
  for (const id of ["open", "shut"]) document.getElementById(id).hidden = false;
  tell();
})();
