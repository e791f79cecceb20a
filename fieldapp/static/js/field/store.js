// What the phone keeps: one record per key, photos beside it, a few facts.
import { openDB } from "../../vendor/idb-8.0.4.min.js";

let opening = null;

export function store() {
  opening = opening || openDB("field", 1, {
    upgrade(db) {
      db.createObjectStore("records", { keyPath: "id" });
      db.createObjectStore("photos", { keyPath: ["record", "sha256"] });
      db.createObjectStore("facts");
    },
    blocking: (_old, _new, event) => {
      event.target.close();
      opening = null;
    },
    terminated: () => (opening = null),
  });
  opening.catch(() => (opening = null));
  return opening;
}

// Nothing is called kept before its transaction is done; "strict" waits for the disk.
export async function within(names, work) {
  const tx = (await store()).transaction(names, "readwrite", { durability: "strict" });
  const result = await work(tx);
  await tx.done;
  return result;
}

export const fact = async (name) => (await store()).get("facts", name);
export const setFact = (name, value) => within("facts", (tx) => tx.store.put(value, name));
export const dropFact = (name) => within("facts", (tx) => tx.store.delete(name));

export const records = async () => (await store()).getAll("records");
export const record = async (id) => (await store()).get("records", id);
export const saveRecord = (value) => within("records", (tx) => tx.store.put(value));

// Changes what is there; a record that went meanwhile stays gone.
export function changeRecord(id, change) {
  return within("records", async (tx) => {
    const value = await tx.store.get(id);
    if (!value) return null;
    change(value);
    await tx.store.put(value);
    return value;
  });
}

export function dropRecord(id) {
  return within(["records", "photos"], async (tx) => {
    tx.objectStore("records").delete(id);
    tx.objectStore("photos").delete(IDBKeyRange.bound([id, ""], [id, "\uffff"]));
  });
}

export const photo = async (id, sha256) => (await store()).get("photos", [id, sha256]);

// A photo and its mention in the record come together or not at all.
export function addPhoto(value, picture) {
  return within(["records", "photos"], async (tx) => {
    tx.objectStore("photos").put({ record: value.id, ...picture });
    await tx.objectStore("records").put(value);
  });
}

export function removePhoto(value, sha256) {
  return within(["records", "photos"], async (tx) => {
    tx.objectStore("photos").delete([value.id, sha256]);
    await tx.objectStore("records").put(value);
  });
}
