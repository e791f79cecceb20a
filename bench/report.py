"""Figures of the runs, and the table a person reads."""

from statistics import median

from bench.load import Result

HEADINGS = "{:21} {:>9} {:>10} {:>9} {:>7} {:>7} {:>7} {:>6} {:>7} {:>7} {:>7}"


def run(measured: dict, bare: dict) -> dict:
    """One page's run beside the bare run of the same round. ``rate`` and
    ``ratio`` are requests per second; ``cpu_ratio`` compares the processor the
    two servers used for a request, which the clients' own share does not blur."""
    result: Result = measured["result"]
    found = {
        "rate": result.rate,
        "ratio": result.rate / bare["result"].rate,
        "bare_rate": bare["result"].rate,
        "p50_ms": result.percentile(0.5),
        "p99_ms": result.percentile(0.99),
        "client_cpu": result.client_cpu / result.seconds,
    }
    if measured["cpu"] and bare["cpu"] and result.times:
        found["cpu_ms"] = measured["cpu"] * 1000 / len(result.times)
        found["cpu_ratio"] = (bare["cpu"] / len(bare["result"].times)) / (measured["cpu"] / len(result.times))
    return found


def spread(runs: list[dict], name: str) -> dict | None:
    values = [run[name] for run in runs if name in run]
    return {"min": min(values), "median": median(values), "max": max(values)} if values else None


def page(wanted, runs: dict[int, list[dict]]) -> dict:
    """Sizes → spreads, and the growth from the small to the large database:
    the median time of a round's large run by that of its small run, less one."""
    sizes = sorted(runs)
    names = ("ratio", "cpu_ratio", "rate", "bare_rate", "p50_ms", "p99_ms", "cpu_ms", "client_cpu")
    found: dict = {"reach": wanted.reach, "sizes": {size: {name: spread(runs[size], name) for name in names} for size in sizes}}
    if len(sizes) == 2:
        pairs = zip(runs[sizes[0]], runs[sizes[1]], strict=True)
        growth = [small["rate"] / large["rate"] - 1 for small, large in pairs if large["rate"]]
        found["growth"] = {"min": min(growth), "median": median(growth), "max": max(growth)} if growth else None
    return found


def row(name: str, size: int, run: dict, found: dict) -> str:
    ratio, cpu, grown = run["ratio"], run["cpu_ratio"], found.get("growth") if size == max(found["sizes"]) else None
    return HEADINGS.format(
        name if size == min(found["sizes"]) else "",
        f"{size:,}",
        f"{run['rate']['median']:,.0f}",
        *(f"{ratio[which]:.3f}" for which in ("min", "median", "max")),
        f"{cpu['median']:.3f}" if cpu else "",
        found["reach"] or "",
        f"{run['p50_ms']['median']:.1f}",
        f"{run['p99_ms']['median']:.1f}",
        f"{grown['median']:+.0%}" if grown else "",
    )


def table(figures: dict) -> str:
    settings = figures["settings"]
    lines = [
        "",
        f"{settings['workers']} workers, {settings['clients']} clients, {settings['rounds']} rounds of {settings['seconds']:g} s; "
        "F = a bare Flask page under the same server",
        "",
        HEADINGS.format("page", "cases", "requests/s", "of F: min", "median", "max", "by cpu", "reach", "p50 ms", "p99 ms", "growth"),
    ]
    for name, found in figures["pages"].items():
        for size, run in found["sizes"].items():
            lines.append(row(name, size, run, found))
    lines += ["", "Bytes on the wire, head and body: " + ", ".join(f"{name} {count:,}" for name, count in figures["bytes"].items())]
    slow = figures["slow_phones"]
    lines.append(
        f"Median alone {slow['alone_ms']:.1f} ms; beside {slow['phones']} phones that stopped while asking {slow['asking_ms']:.1f} ms, "
        f"while sending {slow['sending_ms']:.1f} ms"
    )
    if painted := figures["first_paint"]:
        ratio = " / ".join(f"{painted['ratio'][which]:.2f}" for which in ("min", "median", "max"))
        lines.append(
            f"First paint at 240 kbit/s, 400 ms, a processor four times slower: {painted['resident_ms']:.0f} ms, "
            f"a plain page {painted['plain_ms']:.0f} ms; ratio {ratio} (least, of the medians, most)"
        )
    load = figures["load"]
    lines.append(f"Load average when it began {load['begin']:.1f}, when it ended {load['end']:.1f}")
    lines.append(
        "Memory of all processes, shared pages counted once (PSS): "
        + ", ".join(f"{name} {amount:.0f} MB" for name, amount in figures["megabytes"].items())
    )
    if figures["refused"]:
        lines.append("NOT ANSWERED AS ASKED: " + ", ".join(f"{name} × {count}" for name, count in figures["refused"].items()))
    return "\n".join(lines)
