// Unsaved work survives a reload, on this machine alone, until it is erased.

const NAME = "huisuan-workbench";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("work");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within(mode, body) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction("work", mode);
      const request = body(transaction.objectStore("work"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** What was kept, or nothing. */
export const load = () => within("readonly", (store) => store.get("draft"));

/** Keeps the draft. */
export const keep = (draft) => within("readwrite", (store) => store.put(draft, "draft"));

/** Erases everything that was kept. */
export const erase = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    request.onblocked = () => resolve();
  });
