// The engine runs beside the page; households go there as text, answers come back as plain objects.

const [household, date, ask, answer] = ["household", "date", "ask", "answer"].map((id) => document.getElementById(id));
const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });

worker.addEventListener("message", ({ data }) => {
  if (data.ready) ask.disabled = false;
  else answer.textContent = JSON.stringify(data.answer, null, 1);
});
ask.addEventListener("click", () => worker.postMessage({ household: household.value, date: date.value }));
