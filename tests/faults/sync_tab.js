// One tab of the phone: the app's own modules in a realm that can be killed,
// with a clock that may be wrong and a storage that may be full.
import { uuid7 } from "/static/js/field/ids.js";
import { keep, localTime } from "/static/js/field/keep.js";
import { flush } from "/static/js/field/queue.js";
import { fetchSession, kept, personOf } from "/static/js/field/session.js";
import { addPhoto, record, records, saveRecord } from "/static/js/field/store.js";

const wrong = Number(new URL(import.meta.url).searchParams.get("clock"));
const RealDate = Date;
if (wrong) {
  self.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length ? given : [RealDate.now() + wrong]));
    }

    static now() {
      return RealDate.now() + wrong;
    }
  };
}

// "at once": the write is refused; "at the end": the whole transaction is taken back.
let full = null;
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...given) {
  if (full === "at once") throw new DOMException("full", "QuotaExceededError");
  const request = put.apply(this, given);
  if (full === "at the end") request.addEventListener("success", () => this.transaction.abort());
  return request;
};

self.tab = { uuid7, keep, localTime, flush, fetchSession, kept, personOf, addPhoto, record, records, saveRecord, fill: (how) => (full = how) };
