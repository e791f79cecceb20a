"""Faults planted into the phone's own modules, which the histories must catch:
address of the module → what stands there → what stands there instead."""

JS = "/static/js/field"

SYNC_BUGS = {
    "lets go of whatever was answered with ok": {
        f"{JS}/send.js": (
            "  const said = await json(answer);\n",
            "  if (answer.ok) return received(value, { missing: [] }, false, changed);\n  const said = await json(answer);\n",
        )
    },
    "calls kept what is not yet on the disk": {f"{JS}/store.js": ("  await tx.done;\n", "  tx.done.catch(() => {});\n")},
    "sends from every tab at once": {f"{JS}/queue.js": ("if (navigator.locks)", "if (!navigator.locks)")},
    "lets go before the photos are confirmed": {
        f"{JS}/send.js": ("  if (!missing.length && !alone)", "  missing.length = 0;\n  if (!missing.length && !alone)")
    },
    "sends under whoever is signed in": {
        f"{JS}/queue.js": ("own: all.filter(isOwn)", "own: all"),
        f"{JS}/send.js": ("  if (value.author !== personOf(carrier.session)) return null;\n", ""),
        f"{JS}/carry.js": ("|| personOf(fresh.session) !== personOf(carrier.session)", ""),
    },
}
