// Opening and saving: a file on the person's own device, never anywhere else.

const LARGEST = 1_000_000;

/** `{ date, household }` from a file, or `{ error }` with a code. `date` may be missing. */
export async function readFile(file) {
  if (file.size > LARGEST) return { error: "too-large" };
  try {
    const content = JSON.parse(await file.text());
    if (content === null || typeof content !== "object") return { error: "invalid-json" };
    return "household" in content ? { date: content.date, household: content.household } : { household: content };
  } catch {
    return { error: "invalid-json" };
  }
}

/** Hands the household to the person as a file. */
export function saveFile(household, date) {
  const text = `${JSON.stringify({ date, household }, null, 2)}\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `huisuan-${date}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** One of the example households that come with the page. */
export async function readExample(name) {
  const answer = await fetch(new URL(`examples/${name}.json`, import.meta.url));
  return answer.json();
}
